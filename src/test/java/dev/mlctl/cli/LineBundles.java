package dev.mlctl.cli;

import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small bundles of one model, {@code line}, that differ in their description alone. */
final class LineBundles {
  private LineBundles() {}

  /** Writes {@code NAME.mlb}, a bundle unlike all others, and comes back with the file's name. */
  static String write(Path folder, String name) throws IOException {
    Bundle line = Bundles.linear(2);
    Bundle own =
        new Bundle(
            line.name(),
            line.model(),
            line.golden(),
            line.baseline(),
            line.metrics(),
            line.provenance(),
            line.licence(),
            name);
    Files.write(folder.resolve(name + ".mlb"), own.toBytes());
    return name + ".mlb";
  }
}
