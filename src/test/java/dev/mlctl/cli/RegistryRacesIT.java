package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program against one registry: killed at any moment, and eight at once. */
class RegistryRacesIT {
  private static final Pattern ACKNOWLEDGED =
      Pattern.compile("line@prod is now at release (\\d+) \\(bundle ([0-9a-f]{12})");

  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void use_one_registry() {
    program = Program.in(folder).with("MLCTL_REGISTRY", folder.resolve("registry").toString());
  }

  @Test
  void after_kill_9_at_fifty_random_moments_every_acknowledged_release_is_in_the_log()
      throws Exception {
    Random random = new Random(20261123);
    long start = System.nanoTime();
    program.run("deploy", bundle("first"), "--to", "prod").exits(0);
    double whole = System.nanoTime() - start;
    Map<Long, String> acknowledged = new TreeMap<>();
    for (int round = 0; round < 50; round++) {
      Path out = folder.resolve("out-" + round);
      Process deploy = program.start(out, "deploy", bundle("victim " + round), "--to", "prod");
      long moment = (long) (whole * (0.4 + 0.7 * random.nextDouble()));
      boolean ended = deploy.waitFor(moment, TimeUnit.NANOSECONDS);
      deploy.destroyForcibly().waitFor();
      acknowledged.putAll(acknowledged(Files.readString(out)));
      // Close in on the commit, however busy the machine: half of them should come to their end.
      whole *= ended ? 0.93 : 1.07;
      if (round % 10 == 9) {
        program.run("deploy", bundle("after " + round), "--to", "prod").exits(0).says("");
      }
    }
    assertTrue(
        acknowledged.size() >= 5 && acknowledged.size() <= 45,
        acknowledged.size() + " of 50 were acknowledged: the kills came too early or too late");
    Map<Long, String> log = log();
    assertTrue(log.entrySet().containsAll(acknowledged.entrySet()), acknowledged + "\n" + log);
  }

  @Test
  void eight_processes_with_twenty_deploys_each_make_160_consecutive_releases() throws Exception {
    for (int writer = 0; writer < 8; writer++) {
      for (int i = 0; i < 20; i++) {
        bundle(writer + "-" + i);
      }
    }
    String loops =
        """
        for writer in 0 1 2 3 4 5 6 7; do
          for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
            mlctl deploy $writer-$i.mlb --to prod || echo "failed: $writer-$i"
          done >out-$writer &
        done
        wait
        """;
    program.shell(loops).exits(0).says("");
    StringBuilder out = new StringBuilder();
    for (int writer = 0; writer < 8; writer++) {
      out.append(Files.readString(folder.resolve("out-" + writer)));
    }
    Map<Long, String> acknowledged = acknowledged(out.toString());
    assertEquals(
        LongStream.rangeClosed(1, 160).boxed().toList(),
        List.copyOf(acknowledged.keySet()),
        out::toString);
    assertEquals(160, acknowledged.values().stream().distinct().count());
    assertEquals(acknowledged, log());
  }

  /** What the program said it had released: the first digits of the bundle by release. */
  private static Map<Long, String> acknowledged(String out) {
    Map<Long, String> releases = new TreeMap<>();
    for (Matcher line = ACKNOWLEDGED.matcher(out); line.find(); ) {
      releases.put(Long.valueOf(line.group(1)), line.group(2));
    }
    return releases;
  }

  /** The same from the history, which verifies the whole log, and must be without a gap. */
  private Map<Long, String> log() {
    Program.Result history = program.run("--format", "json", "history", "line@prod").exits(0);
    byte[] json = history.out().getBytes(StandardCharsets.UTF_8);
    Map<Long, String> releases = new TreeMap<>();
    for (Object each : (List<?>) Json.readObject("history", json).get("releases")) {
      Map<?, ?> release = (Map<?, ?>) each;
      String digest = ((Map<?, ?>) release.get("bundle")).get("digest").toString();
      long number = ((Number) release.get("number")).longValue();
      releases.put(number, digest.replace("sha256:", "").substring(0, 12));
    }
    assertEquals(
        LongStream.rangeClosed(1, releases.size()).boxed().toList(),
        List.copyOf(releases.keySet()));
    return releases;
  }

  /** Writes a bundle unlike all others, and comes back with its file's name. */
  private String bundle(String name) throws IOException {
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
