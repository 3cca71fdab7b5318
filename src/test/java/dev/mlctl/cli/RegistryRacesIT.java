package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes of the packaged program at work on one registry at the same moment. */
class RegistryRacesIT {
  private static final int WRITERS = 16;
  private static final int OPERATIONS = 25;

  /**
   * What each writer does, one process after the other: mostly deploys, and every third a rollback
   * to the last good release, which for half of the writers must still be what they saw before. The
   * reason tells in the log whose operation it was; {@code told} has a line for each: the reason,
   * the exit code and, of a success, what was said.
   */
  private static final String WRITER =
      """
      for i in $(seq %d); do
        reason=$1-$i
        case $((i %% 3))$(($1 %% 2)) in
          00) mlctl --format json rollback line@prod --reason $reason >out-$1 2>err-$1 ;;
          01) now=$(($(ls registry/models/line/prod/log | wc -l)))
              mlctl --format json rollback line@prod --reason $reason --expect-current $now \\
                >out-$1 2>err-$1 ;;
          *) mlctl --format json deploy $reason.mlb --to prod --reason $reason >out-$1 2>err-$1 ;;
        esac
        echo "$reason $? $(tr -d '\\n' <out-$1)" >>told-$1
        [ ! -s err-$1 ] || cat err-$1 >>errors-$1
      done
      """;

  @TempDir Path folder;

  @Test
  void sixteen_processes_with_25_operations_each_lose_double_and_misreport_none() throws Exception {
    Program program = Program.in(folder).with("MLCTL_REGISTRY", folder.resolve("registry") + "");
    for (String first : List.of("first", "second")) {
      program.run("deploy", LineBundles.write(folder, first), "--to", "prod").exits(0);
    }
    for (int writer = 1; writer <= WRITERS; writer++) {
      for (int i = 1; i <= OPERATIONS; i++) {
        LineBundles.write(folder, writer + "-" + i);
      }
    }
    Files.writeString(folder.resolve("writer"), WRITER.formatted(OPERATIONS));
    program
        .shell("for w in $(seq " + WRITERS + "); do sh ./writer $w & done; wait")
        .exits(0)
        .says("");
    check(told(), program);
  }

  /** The lines of all writers. */
  private List<String[]> told() throws IOException {
    List<String[]> lines = new ArrayList<>();
    for (int writer = 1; writer <= WRITERS; writer++) {
      for (String line : Files.readAllLines(folder.resolve("told-" + writer))) {
        lines.add(line.split(" ", 3));
      }
    }
    assertEquals(WRITERS * OPERATIONS, lines.size());
    return lines;
  }

  private void check(List<String[]> told, Program program) throws IOException {
    Map<Long, String> acknowledged = new TreeMap<>();
    int conflicts = 0;
    for (String[] line : told) {
      if (line[1].equals("6")) {
        conflicts++;
        continue;
      }
      assertEquals("0", line[1], () -> String.join(" ", line) + "\n" + errors());
      Map<String, Object> said = json(line[2]);
      if ((Boolean) said.get("changed")) {
        long number = ((Number) said.get("number")).longValue();
        String before = acknowledged.put(number, line[0] + " " + said.get("operation"));
        assertEquals(null, before, "two were told that they made release " + number);
      }
    }
    Map<Long, String> log = log(program);
    assertEquals(acknowledged, log);
    assertEquals(LongStream.range(3, 3 + log.size()).boxed().toList(), List.copyOf(log.keySet()));
    assertTrue(conflicts > 0, "nobody ever lost a race");
  }

  private String errors() {
    StringBuilder text = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder, "errors-*")) {
      for (Path file : files) {
        text.append(Files.readString(file));
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  /** Reason and operation of each release from the third on; {@code history} verifies the chain. */
  private static Map<Long, String> log(Program program) {
    Program.Result history = program.run("--format", "json", "history", "line@prod").exits(0);
    Map<Long, String> releases = new TreeMap<>();
    for (Object each : (List<?>) json(history.out()).get("releases")) {
      Map<?, ?> release = (Map<?, ?>) each;
      long number = ((Number) release.get("number")).longValue();
      if (number > 2) {
        releases.put(number, release.get("reason") + " " + release.get("operation"));
      }
    }
    return releases;
  }

  private static Map<String, Object> json(String text) {
    return Json.readObject("mlctl", text.getBytes(StandardCharsets.UTF_8));
  }
}
