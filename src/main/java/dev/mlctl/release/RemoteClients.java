package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the client of a store: in {@code filesystems/SCHEME} of the installation, together with the
 * libraries it needs, or on the class path where everything is on that (in tests).
 */
final class RemoteClients {
  /** By scheme, the {@link RemoteClient.Opener}. */
  static final Map<String, String> CLASSES =
      Map.of(
          "gs", "dev.mlctl.release.gs.GcsOpener",
          "s3", "dev.mlctl.release.s3.S3Opener",
          "hdfs", "dev.mlctl.release.hdfs.HdfsOpener");

  private static final String HOME = "mlctl.home";

  private RemoteClients() {}

  /**
   * The opener of a scheme's clients.
   *
   * @throws Failure of kind USAGE when this installation has none
   */
  static RemoteClient.Opener opener(String scheme) {
    String name = CLASSES.get(scheme);
    try {
      return opener(name, RemoteClients.class.getClassLoader());
    } catch (ClassNotFoundException notOnClassPath) {
      try {
        return opener(name, loader(scheme));
      } catch (ClassNotFoundException e) {
        throw notInstalled(scheme).causedBy(e);
      }
    }
  }

  private static RemoteClient.Opener opener(String name, ClassLoader loader)
      throws ClassNotFoundException {
    try {
      return Class.forName(name, true, loader)
          .asSubclass(RemoteClient.Opener.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw e;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClassLoader loader(String scheme) {
    Path folder = folder(scheme);
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : files) {
        jars.add(jar.toUri().toURL());
      }
    } catch (IOException e) {
      throw notInstalled(scheme).causedBy(e);
    }
    return new URLClassLoader(
        "registry-" + scheme, jars.toArray(URL[]::new), RemoteClients.class.getClassLoader());
  }

  private static Path folder(String scheme) {
    return Path.of(System.getProperty(HOME, ""), "filesystems", scheme);
  }

  private static Failure notInstalled(String scheme) {
    return Failure.of(FailureKind.USAGE, "this installation cannot use %s:// registries", scheme)
        .at(folder(scheme).toString())
        .hint("copy filesystems/" + scheme + " of mlctl's archive into the installation");
  }
}
