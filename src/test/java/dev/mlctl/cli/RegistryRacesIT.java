package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes of the packaged program at work on one registry at the same moment. */
class RegistryRacesIT {
  private static final int WRITERS = 16;
  private static final int OPERATIONS = 25;

  @TempDir Path folder;

  /** Operation and reason of each release that the program said it had made. */
  private final Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();

  private final AtomicInteger conflicts = new AtomicInteger();

  @Test
  void sixteen_processes_with_25_operations_each_lose_double_and_misreport_none() throws Exception {
    make("deploy " + LineBundles.write(folder, "first") + " --to prod --reason first");
    make("deploy " + LineBundles.write(folder, "second") + " --to prod --reason second");
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Callable<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      writers.add(() -> write(number));
    }
    try {
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Map<Long, String> log = log();
    assertEquals(acknowledged, log);
    assertEquals(LongStream.rangeClosed(1, log.size()).boxed().toList(), List.copyOf(log.keySet()));
    assertEquals(log.size(), log.values().stream().distinct().count());
    assertTrue(conflicts.get() > 0, "nobody ever lost a race");
    assertTrue(log.size() > WRITERS * OPERATIONS / 2, "only " + log.size() + " were made");
  }

  /**
   * What one writer does: mostly deploys; every third operation is a rollback to the last good
   * release, and every other of those only if a certain release is still the current one.
   */
  private Void write(int writer) throws IOException {
    for (int i = 0; i < OPERATIONS; i++) {
      String name = writer + "-" + i;
      if (i % 3 < 2) {
        make("deploy " + LineBundles.write(folder, name) + " --to prod --reason " + name);
      } else if (i % 2 == 0) {
        make("rollback line@prod --reason " + name);
      } else {
        make("rollback line@prod --reason " + name + " --expect-current " + newest());
      }
    }
    return null;
  }

  private long newest() {
    return acknowledged.keySet().stream().reduce(0L, Math::max);
  }

  /** One operation: it is made and told of, or changes nothing, or loses a race and says so. */
  private void make(String command) {
    Program.Result result = program().run(("--format json " + command).split(" "));
    if (result.exit() == 6) {
      conflicts.incrementAndGet();
      return;
    }
    Map<String, Object> said = json(result.exits(0).says("").out());
    if (said.get("changed").equals(true)) {
      String other = acknowledged.put((Long) said.get("number"), operation(said));
      assertNull(other, () -> "another was told that it made this release: " + result);
    }
  }

  /** The same from the log, which {@code history} verifies whole. */
  private Map<Long, String> log() {
    String history = program().run("--format", "json", "history", "line@prod").exits(0).out();
    Map<Long, String> releases = new TreeMap<>();
    for (Object each : (List<?>) json(history).get("releases")) {
      Map<?, ?> release = (Map<?, ?>) each;
      releases.put((Long) release.get("number"), operation(release));
    }
    return releases;
  }

  private static String operation(Map<?, ?> release) {
    return String.join(
        " ", "" + release.get("kind"), "" + release.get("operation"), "" + release.get("reason"));
  }

  private static Map<String, Object> json(String text) {
    return Json.readObject("mlctl", text.getBytes(StandardCharsets.UTF_8));
  }

  private Program program() {
    return Program.in(folder).with("MLCTL_REGISTRY", folder.resolve("registry").toString());
  }
}
