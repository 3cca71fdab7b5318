package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same configuration, data and seed give the same bytes, wherever and whenever. */
class ReproducibleIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gradient_boosting", "random_forest", "mlp"})
  void two_trainings_with_one_seed_give_one_digest_and_another_seed_another(String algorithm)
      throws Exception {
    String here = bundle(folder.resolve("here"), algorithm, 42);
    String there = bundle(folder.resolve("quite another/place"), algorithm, 42);
    String otherSeed = bundle(folder.resolve("seed"), algorithm, 43);
    assertEquals(here, there);
    assertNotEquals(here, otherSeed);
  }

  /** Trains on the penguins in a directory, and comes back with the digest of the bundle's file. */
  private static String bundle(Path directory, String algorithm, long seed) throws Exception {
    Files.createDirectories(directory);
    Files.copy(Path.of("examples/penguins/data/penguins.csv"), directory.resolve("penguins.csv"));
    Files.writeString(
        directory.resolve("train.yaml"),
        """
        model: penguins
        task: classification
        source: {type: ReadFromCsv, config: {path: penguins.csv}}
        target: species
        split: {test: 0.2}
        algorithm: %s
        seed: %d
        """
            .formatted(algorithm, seed));
    Program program = Program.in(directory);
    program.run("train", "train.yaml", "-o", "run").exits(0);
    program.run("serialize", "run", "-o", "penguins.mlb").exits(0);
    return sha256(directory.resolve("penguins.mlb"));
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file)));
  }
}
