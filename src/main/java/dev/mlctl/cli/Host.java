package dev.mlctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, without asking the network. */
final class Host {
  private Host() {}

  /** The name the environment or the kernel gives, or empty. */
  static String name(Terminal terminal) {
    if (!terminal.variable("HOSTNAME").isEmpty()) {
      return terminal.variable("HOSTNAME");
    }
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
