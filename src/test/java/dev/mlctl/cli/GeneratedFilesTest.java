package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The man pages and completions that are committed are those of the commands as they are. */
class GeneratedFilesTest {
  private static final String REGENERATE =
      "mvn -q test -Dtest=GeneratedFilesTest -Dregenerate=true";

  @Test
  void man_pages_and_completions_are_those_of_the_commands() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    CommandLine mlctl = Mlctl.commandLine();
    files.put(Path.of("man", "mlctl.1"), ManPage.of(mlctl));
    mlctl
        .getSubcommands()
        .forEach((name, sub) -> files.put(Path.of("man", "mlctl-" + name + ".1"), ManPage.of(sub)));
    files.put(
        Path.of("completions", "mlctl.bash"),
        CompletionCommand.script(CompletionCommand.Shell.bash));
    files.put(
        Path.of("completions", "_mlctl"), CompletionCommand.script(CompletionCommand.Shell.zsh));
    if (Boolean.getBoolean("regenerate")) {
      write(files);
    }
    Set<Path> there = new TreeSet<>();
    for (String folder : new String[] {"man", "completions"}) {
      try (Stream<Path> paths = Files.list(Path.of(folder))) {
        paths.filter(p -> !p.getFileName().toString().startsWith(".")).forEach(there::add);
      }
    }
    assertEquals(files.keySet(), there, "run: " + REGENERATE);
    for (Map.Entry<Path, String> file : files.entrySet()) {
      assertEquals(
          file.getValue(),
          Files.readString(file.getKey(), StandardCharsets.UTF_8),
          file.getKey() + " is stale; run: " + REGENERATE);
    }
  }

  private static void write(Map<Path, String> files) throws IOException {
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.writeString(file.getKey(), file.getValue(), StandardCharsets.UTF_8);
    }
  }
}
