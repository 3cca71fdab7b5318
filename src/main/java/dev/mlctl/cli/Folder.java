package dev.mlctl.cli;

import java.nio.file.Path;

/** The folder a configuration file's relative paths start from. */
final class Folder {
  private Folder() {}

  static Path of(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
