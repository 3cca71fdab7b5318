package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Makes Beam's file systems ready that a run's paths name.
 *
 * <p>Their jars (10 to 50 MB each) lie in {@code filesystems/SCHEME} of the installation and not on
 * the class path: there they would be searched, and would start, with every run. A run that needs
 * them gets a class loader over them, as its threads' context loader, which is where Beam looks for
 * services; threads pass it on to those they start, so the runner's workers have it too.
 */
final class RemoteFileSystems {
  private static final String HOME = "mlctl.home";
  private static final String S3_OPTIONS = "org.apache.beam.sdk.io.aws2.options.S3Options";

  private static volatile ClassLoader loader;

  private RemoteFileSystems() {}

  /**
   * Puts the jars of stores within reach of this thread and of those it starts from now on. Must
   * come before Beam's options are made.
   *
   * @throws Failure of kind USAGE when the jars are not installed
   */
  static synchronized void load(Set<RemoteScheme> schemes) {
    if (schemes.isEmpty()) {
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader parent = classLoader(thread.getContextClassLoader());
    List<URL> jars = new ArrayList<>();
    for (RemoteScheme scheme : schemes) {
      if (parent.getResource(scheme.registrar().replace('.', '/') + ".class") == null) {
        jars.addAll(jars(scheme));
      }
    }
    if (!jars.isEmpty()) {
      parent = new URLClassLoader("filesystems", jars.toArray(URL[]::new), parent);
      loader = parent;
    }
    thread.setContextClassLoader(parent);
  }

  /** The loader that has the stores' jars, or else the one given. */
  static ClassLoader classLoader(ClassLoader otherwise) {
    ClassLoader loaded = loader;
    return loaded == null ? otherwise : loaded;
  }

  private static List<URL> jars(RemoteScheme scheme) {
    String home = System.getProperty(HOME);
    Path directory = home == null ? null : Path.of(home, "filesystems", scheme.text());
    if (directory == null || !Files.isDirectory(directory)) {
      throw Failure.of(FailureKind.USAGE, "this installation cannot use %s:// paths", scheme.text())
          .at(directory == null ? "" : directory.toString())
          .hint(
              "copy the directory filesystems/%s of mlctl's archive into the installation"
                  .formatted(scheme.text()));
    }
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path jar : files) {
        jars.add(jar.toUri().toURL());
      }
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw Failure.of(FailureKind.USAGE, "cannot read the installation: %s", e.getMessage())
          .at(directory.toString())
          .causedBy(e);
    }
    return jars;
  }

  /**
   * Makes Beam know the options of the stores that have been loaded; of S3's it finds only those
   * that all of Amazon's services share.
   */
  static void registerOptions(Set<RemoteScheme> schemes) {
    if (schemes.contains(RemoteScheme.S3)) {
      try {
        Class<?> options =
            Class.forName(S3_OPTIONS, true, Thread.currentThread().getContextClassLoader());
        PipelineOptionsFactory.register(options.asSubclass(PipelineOptions.class));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Starts the file systems with a run's options.
   *
   * @throws Failure of kind USAGE when they refuse the options
   */
  static void start(PipelineOptions options) {
    try {
      FileSystems.setDefaultPipelineOptions(options);
    } catch (RuntimeException e) {
      throw Failure.of(
              FailureKind.USAGE, "Beam's file systems refuse their options: %s", e.getMessage())
          .causedBy(e);
    }
  }
}
