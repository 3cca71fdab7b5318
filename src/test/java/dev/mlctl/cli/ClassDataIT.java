package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class-data archive of an installation: made, used, and never in the way. */
class ClassDataIT {
  private static final long SECONDS = 120;

  @TempDir Path directory;

  private Path home;
  private Path cds;

  /** An installation of its own, with what short commands need. */
  @BeforeEach
  void install() throws IOException {
    home = directory.resolve("mlctl");
    cds = home.resolve("cds");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.copy(Program.home().resolve("bin/mlctl"), home.resolve("bin/mlctl"));
    home.resolve("bin/mlctl").toFile().setExecutable(true);
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Program.home().resolve("lib"), "*.jar")) {
      for (Path jar : jars) {
        Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
      }
    }
  }

  @Test
  void is_made_on_first_use_and_neither_a_broken_nor_a_stale_one_does_harm() throws Exception {
    assertEquals("a file", sourceOfMain());
    Path archive = archive();
    assertEquals("the archive", sourceOfMain());

    Files.write(archive, new byte[8192], StandardOpenOption.TRUNCATE_EXISTING);
    assertEquals("a file", sourceOfMain());

    // Still a jar, and a day from now its date and size could be the same as today.
    Files.write(home.resolve("lib/mlctl.jar"), new byte[] {0}, StandardOpenOption.APPEND);
    assertEquals("a file", sourceOfMain());
  }

  @Test
  void a_place_it_cannot_be_written_to_is_no_failure() throws IOException {
    Files.writeString(cds, "not a folder");
    assertEquals("a file", sourceOfMain());
  }

  /** Runs a command, which must work without a word of the JVM; says where its classes are from. */
  private String sourceOfMain() throws IOException {
    Path log = directory.resolve("classes.log");
    Program.in(directory)
        .with("MLCTL_JAVA_OPTS", "-Xlog:class+load:file=" + log)
        .shell("'" + home + "/bin/mlctl' --version")
        .exits(0)
        .says("");
    List<String> main =
        Files.readAllLines(log).stream().filter(l -> l.contains("dev.mlctl.cli.Main ")).toList();
    assertEquals(1, main.size(), "Main is loaded once");
    return main.get(0).contains("shared objects file") ? "the archive" : "a file";
  }

  /** The launcher makes it in the background. */
  private Path archive() throws IOException, InterruptedException {
    assertTrue(Files.isDirectory(cds), "nobody is at it");
    for (long i = 0; i < SECONDS; i++) {
      try (DirectoryStream<Path> made = Files.newDirectoryStream(cds, "short-*.jsa")) {
        Iterator<Path> archives = made.iterator();
        if (archives.hasNext()) {
          return archives.next();
        }
      }
      TimeUnit.SECONDS.sleep(1);
    }
    return fail("no archive in " + SECONDS + " s");
  }
}
