package dev.mlctl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command that changes a registry, from {@code commands-at-risk.txt}.
 *
 * @param name what it is
 * @param before the commands that make the registry it works on, and in brackets what no command
 *     makes
 * @param command the command itself, without {@code mlctl}
 */
record CommandAtRisk(String name, List<String> before, String command) {
  static List<CommandAtRisk> all() throws IOException {
    try (InputStream in = CommandAtRisk.class.getResourceAsStream("commands-at-risk.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\|", -1))
          .map(part -> new CommandAtRisk(part[0].strip(), split(part[1]), part[2].strip()))
          .toList();
    }
  }

  private static List<String> split(String commands) {
    return Stream.of(commands.split(";")).map(String::strip).filter(c -> !c.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
