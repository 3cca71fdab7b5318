package dev.mlctl.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Names of run directories. */
final class RunNames {
  private RunNames() {}

  /** The first of {@code NAME-1}, {@code NAME-2}, … that is not there. */
  static Path next(Path folder, String model) {
    int number = 1;
    while (Files.exists(folder.resolve(model + "-" + number))) {
      number++;
    }
    return folder.resolve(model + "-" + number);
  }
}
