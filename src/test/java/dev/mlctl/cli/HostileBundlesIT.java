package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.model.HostileBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files made to harm their reader, through the packaged program with a heap of 256 MB. Each must be
 * refused with less than a second of processor time over what the command takes for a sound bundle.
 * All of them are read in process by {@code BundleDamageTest}.
 */
class HostileBundlesIT {
  private static final Map<String, String> COMMANDS =
      Map.of(
          "show", "show BUNDLE",
          "deploy", "deploy BUNDLE --to prod --dry-run",
          "score", "score --model BUNDLE --input in.csv -o out.csv");

  @TempDir static Path directory;
  private static final Map<String, Double> SOUND = new TreeMap<>();
  private static Map<String, byte[]> hostile;

  /** How a command ended, and the seconds of processor time it took. */
  private record Ended(Program.Result result, String err, double seconds) {}

  @BeforeAll
  static void measureASoundBundle() throws IOException {
    hostile = HostileBundles.all();
    Toy.copyTo(directory);
    Files.writeString(directory.resolve("in.csv"), "id,size,color\n1,5,red\n");
    for (String command : COMMANDS.keySet()) {
      run(command, "toy.mlb"); // makes the class-data archive
      Ended sound = run(command, "toy.mlb");
      sound.result.exits(0);
      SOUND.put(command, sound.seconds);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "child-is-parent, show",
    "nodes-never-reached, show",
    "nested-groups, show",
    "millions-of-metrics, show",
    "millions-of-unknown-fields, deploy",
    "length-2g-field-6, deploy",
    "units-2147483647, deploy",
    "java-serialised, deploy",
    "pickle, score",
    "child-is-parent, score",
  })
  void is_refused_at_once(String kind, String command) throws IOException {
    Files.write(directory.resolve("hostile.mlb"), hostile.get(kind));
    Ended refused = run(command, "hostile.mlb");
    refused.result.exits(4);
    assertEquals("", refused.result.out());
    assertTrue(
        refused.err.matches("error: .+\n  at hostile\\.mlb\n(hint: .+\n)?"), refused::toString);
    assertTrue(refused.seconds < SOUND.get(command) + 1, refused::toString);
    assertTrue(Files.notExists(directory.resolve("pwned")), "something was executed");
  }

  private static Ended run(String command, String bundle) throws IOException {
    Files.deleteIfExists(directory.resolve("out.csv"));
    String arguments = COMMANDS.get(command).replace("BUNDLE", bundle);
    Program.Result result =
        Program.in(directory)
            .with("MLCTL_JAVA_OPTS", "-Xmx256m")
            .with("LC_ALL", "C")
            .shell("TIMEFORMAT='%U %S'; time mlctl " + arguments + " 2> err.txt");
    double seconds =
        Stream.of(result.err().strip().split(" ")).mapToDouble(Double::parseDouble).sum();
    return new Ended(result, Files.readString(directory.resolve("err.txt")), seconds);
  }
}
