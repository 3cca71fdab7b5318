package dev.mlctl.train;

import dev.mlctl.config.Json;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.BundleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a training leaves behind: {@code model.pb} (the bundle's bytes), {@code metrics.json},
 * {@code train.yaml} (the configuration as resolved), {@code profile.json} (the baseline), {@code
 * report.html} (the same for people, as one page) and {@code train.log}. It appears whole or not at
 * all.
 */
public final class RunDirectory {
  /** The file that holds the bundle's bytes. */
  public static final String MODEL = "model.pb";

  /** The file that shows the training to a person. */
  public static final String REPORT = "report.html";

  private RunDirectory() {}

  /**
   * The bundle's bytes of a run.
   *
   * @throws Failure of kind NOT_FOUND when there is no such directory or it holds no run, INVALID
   *     when the file is too large to be a bundle
   */
  public static byte[] read(Path directory) {
    Path model = directory.resolve(MODEL);
    if (!Files.isRegularFile(model)) {
      String what = Files.isDirectory(directory) ? "is no run directory" : "does not exist";
      throw Failure.of(FailureKind.NOT_FOUND, "%s %s", directory, what)
          .hint("a run directory is what mlctl train writes; it holds " + MODEL);
    }
    return BundleFile.read(model);
  }

  /**
   * Checks, before any work is done, that a run can be written.
   *
   * @throws Failure of kind CONFLICT when something is there already
   */
  static void requireAbsent(Path directory) {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(directory);
    }
  }

  static void write(
      Path directory, TrainResult result, byte[] bundle, String report, List<String> log) {
    requireAbsent(directory);
    Path absolute = directory.toAbsolutePath().normalize();
    Path temporary = null;
    try {
      Files.createDirectories(absolute.getParent());
      temporary = Files.createTempDirectory(absolute.getParent(), ".train-");
      Files.write(temporary.resolve(MODEL), bundle);
      put(temporary, "metrics.json", Json.pretty(result.toMap()));
      put(temporary, "train.yaml", result.config());
      put(temporary, "profile.json", Json.pretty(ProfileJson.toMap(result.bundle().baseline())));
      put(temporary, REPORT, report);
      put(temporary, "train.log", String.join("\n", log) + "\n");
      publish(temporary, absolute);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      throw exists(directory).causedBy(e);
    } catch (IOException e) {
      throw Failure.of(
              FailureKind.STORAGE, "cannot write the run directory: %s", BundleFile.reason(e))
          .at(directory.toString())
          .causedBy(e);
    } finally {
      delete(temporary);
    }
  }

  private static void put(Path directory, String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  /** A rename replaces an empty directory but never one that holds something. */
  private static void publish(Path temporary, Path target) throws IOException {
    // Made private by createTempDirectory; a run is as readable as any file of its owner's.
    if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path probe = Files.createDirectory(temporary.resolve("permissions"));
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(probe));
      Files.delete(probe);
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target);
    }
  }

  private static Failure exists(Path directory) {
    return Failure.of(FailureKind.CONFLICT, "%s exists already", directory)
        .hint("name another run directory with -o");
  }

  private static void delete(Path temporary) {
    if (temporary == null || !Files.exists(temporary)) {
      return;
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // What is left over begins with a dot and harms nobody; the failure that led here counts.
    }
  }
}
