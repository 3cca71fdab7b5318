package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model's life on Java 25, while the other tests run the program on the Java of the build. Needs
 * a JDK where {@code JAVA_HOME_25_X64} says or in {@code /usr/lib/jvm}.
 */
class NewestJavaIT {
  @TempDir Path directory;

  @Test
  void a_model_lives_through_releases_and_the_jvm_warns_of_nothing() throws IOException {
    String java = java25();
    assumeTrue(!java.isEmpty(), "no JDK 25 in JAVA_HOME_25_X64 or /usr/lib/jvm");
    Toy.copyTo(directory);
    Files.writeString(directory.resolve("in.csv"), "size,color\n5,red\n25,blue\n");
    Program program = Program.in(directory).with("JAVA_HOME", java);

    assertTrue(run(program, "--version").contains("(Java 25"), "another Java ran");
    run(program, "init");
    run(program, "train --data train.csv --target price --model toy --algorithm ols -o line");
    run(program, "serialize line -o line.mlb");
    run(program, "deploy line.mlb --to prod");
    run(program, "score --model toy@prod --input in.csv -o line.csv");
    run(program, "monitor toy@prod");
    run(program, "rollback toy@prod");
    run(program, "score --model toy@prod --input in.csv -o out.csv");
    assertEquals(
        "size,color,prediction\n5,red,15.0\n25,blue,30.0\n",
        Files.readString(directory.resolve("out.csv")));
  }

  /** What a command that succeeds wrote to stdout. */
  private static String run(Program program, String command) {
    Program.Result result = program.run(command.split(" ")).exits(0);
    assertFalse(result.err().contains("WARNING"), result::toString);
    return result.out();
  }

  private static String java25() throws IOException {
    String named = System.getenv().getOrDefault("JAVA_HOME_25_X64", "");
    Path folder = Path.of("/usr/lib/jvm");
    if (!named.isEmpty() || !Files.isDirectory(folder)) {
      return named;
    }
    try (DirectoryStream<Path> installed = Files.newDirectoryStream(folder, "*25*")) {
      for (Path home : installed) {
        if (Files.isExecutable(home.resolve("bin/java"))) {
          return home.toString();
        }
      }
    }
    return "";
  }
}
