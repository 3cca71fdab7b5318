package dev.mlctl.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the bundles kept as examples of format version 1. Run once per version and commit: files
 * of past versions stay as they are, for every later mlctl must read them.
 */
final class FixtureBundles {
  private FixtureBundles() {}

  /** The folder to write to is the one argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (Map.Entry<String, Model> entry : ModelFixtures.models().entrySet()) {
      Bundle bundle = ModelFixtures.bundle(entry.getKey(), entry.getValue());
      Files.write(folder.resolve(entry.getKey() + ".mlb"), bundle.toBytes());
    }
    Files.write(folder.resolve("calibrated.mlb"), CalibrationTest.calibrated().toBytes());
  }
}
