package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on a real directory: at once, and killed at any moment. */
class ProcessesTest {
  @TempDir Path folder;

  @Test
  void eight_processes_with_twenty_deploys_each_make_160_consecutive_releases() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      processes.add(start("writer-" + i, 20));
    }
    for (Process process : processes) {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "a writer hangs");
      assertEquals(0, process.exitValue(), this::output);
    }
    Map<Long, String> acknowledged = acknowledged();
    assertEquals(160, acknowledged.size());
    assertEquals(
        LongStream.rangeClosed(1, 160).boxed().toList(),
        acknowledged.keySet().stream().sorted().toList());
    assertInLog(acknowledged);
  }

  @Test
  void after_kill_9_at_fifty_random_moments_nothing_acknowledged_is_missing() throws Exception {
    Random random = new Random(20261101);
    for (int round = 0; round < 25; round++) {
      long before = head();
      Process first = start("victim-" + round + "-a", 1000);
      Process second = start("victim-" + round + "-b", 1000);
      // Some are killed while they start, most while they deploy, each at a moment of its own.
      if (random.nextInt(8) > 0) {
        awaitRelease(before + 3 + random.nextInt(3), first);
      }
      for (Process victim : List.of(first, second)) {
        Thread.sleep(random.nextInt(40), random.nextInt(1_000_000));
        victim.destroyForcibly().waitFor();
      }
      if (round % 5 == 4) {
        Registries.deploy(Registries.releases(new LocalStore(registry()), round), "after-" + round);
      }
    }
    Map<Long, String> acknowledged = acknowledged();
    assertTrue(acknowledged.size() >= 20, "only " + acknowledged.size() + " were acknowledged");
    assertInLog(acknowledged);
  }

  private void awaitRelease(long number, Process process) throws InterruptedException {
    Path next = registry().resolve(new ReleaseLog(null, "bikes", "prod").key(number));
    while (!Files.exists(next) && process.isAlive()) {
      Thread.sleep(1);
    }
  }

  private long head() {
    LocalStore store = new LocalStore(registry());
    return new ReleaseLog(store, "bikes", "prod").readRecent().head();
  }

  private void assertInLog(Map<Long, String> acknowledged) {
    Releases releases = Registries.releases(new LocalStore(registry()));
    Map<Long, String> log = new HashMap<>();
    for (History.Entry entry : releases.history("bikes", "prod").entries()) {
      log.put(entry.release().number(), entry.release().operation());
    }
    acknowledged.forEach(
        (number, operation) -> assertEquals(operation, log.get(number), "release " + number));
    assertEquals(log.size(), log.values().stream().distinct().count(), "an operation is doubled");
    releases.resolve(Reference.parse("bikes@prod"));
  }

  private Map<Long, String> acknowledged() throws IOException {
    Map<Long, String> acknowledged = new HashMap<>();
    try (var files = Files.newDirectoryStream(folder, "*.acknowledged")) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          int space = line.indexOf(' ');
          // The last line of a killed process may be cut short; its release is then not known to
          // have been acknowledged.
          if (line.length() == space + 37) {
            String before =
                acknowledged.put(
                    Long.parseLong(line.substring(0, space)), line.substring(space + 1));
            assertEquals(null, before, "two were told that they made a release: " + line);
          }
        }
      }
    }
    return acknowledged;
  }

  private Path registry() {
    return folder.resolve("registry");
  }

  private Process start(String name, int deploys) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            DeployMain.class.getName(),
            registry().toString(),
            folder.resolve(name + ".acknowledged").toString(),
            name,
            Integer.toString(deploys))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".output").toFile())
        .start();
  }

  private String output() {
    StringBuilder text = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder, "*.output")) {
      for (Path file : files) {
        text.append(Files.readString(file));
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }
}
