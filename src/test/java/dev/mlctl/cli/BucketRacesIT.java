package dev.mlctl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.servers.GcsStandIn;
import dev.mlctl.servers.S3StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight processes of the packaged program that deploy and roll back in one bucket at once. */
class BucketRacesIT {
  private static final int WRITERS = 8;
  private static final int OPERATIONS = 7;

  /** Every third operation is a rollback; its exit code lands beside what it printed. */
  private static final String LOOPS =
      """
      for writer in 0 1 2 3 4 5 6 7; do
        for i in 0 1 2 3 4 5 6; do
          if [ $(((writer + i) % 3)) = 2 ]; then
            mlctl --format json rollback line@prod
          else
            mlctl --format json deploy $writer-$i.mlb --to prod
          fi >$writer-$i.out 2>$writer-$i.err
          echo $? >$writer-$i.exit
        done &
      done
      wait
      """;

  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void write_bundles_unlike_each_other() throws IOException {
    program = Program.in(folder).with("HOME", folder.toString());
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int i = 0; i < OPERATIONS; i++) {
        LineBundles.write(folder, writer + "-" + i);
      }
    }
  }

  @Test
  void every_acknowledged_operation_is_in_cloud_storage_once() throws IOException {
    try (GcsStandIn gcs = GcsStandIn.start().withBucket("bucket")) {
      program.with("STORAGE_EMULATOR_HOST", gcs.root());
      race("gs://bucket/registry");
    }
  }

  @Test
  void every_acknowledged_operation_is_in_s3_once() throws IOException {
    try (S3StandIn s3 = S3StandIn.start().withBucket("bucket")) {
      s3.environment().forEach(program::with);
      race("s3://bucket/registry");
    }
  }

  private void race(String registry) throws IOException {
    program.with("MLCTL_REGISTRY", registry);
    Map<Long, String> acknowledged = new TreeMap<>();
    for (String first : List.of("0-0.mlb", "1-1.mlb")) {
      Program.Result deploy = program.run("--format=json", "deploy", first, "--to=prod").exits(0);
      acknowledge(deploy.out(), acknowledged);
    }
    program.shell(LOOPS).exits(0).says("");
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int i = 0; i < OPERATIONS; i++) {
        String exit = Files.readString(folder.resolve(writer + "-" + i + ".exit")).strip();
        String err = Files.readString(folder.resolve(writer + "-" + i + ".err"));
        if (exit.equals("0")) {
          acknowledge(Files.readString(folder.resolve(writer + "-" + i + ".out")), acknowledged);
        } else {
          // A rollback that was overtaken does not undo what it has not seen.
          assertEquals("6", exit, err);
        }
      }
    }
    assertEquals(log(), acknowledged);
  }

  private static void acknowledge(String out, Map<Long, String> acknowledged) {
    Map<String, Object> release = Json.readObject("stdout", out.getBytes(UTF_8));
    if (Boolean.TRUE.equals(release.get("changed"))) {
      String before = acknowledged.put(number(release), release.get("operation").toString());
      assertEquals(null, before, "two operations were told that they made " + number(release));
    }
  }

  /** The operations by release from the history, which verifies the whole log and its chain. */
  private Map<Long, String> log() {
    Program.Result history = program.run("--format=json", "history", "line@prod").exits(0);
    Map<Long, String> operations = new TreeMap<>();
    int rollbacks = 0;
    byte[] json = history.out().getBytes(UTF_8);
    for (Object each : (List<?>) Json.readObject("history", json).get("releases")) {
      Map<?, ?> release = (Map<?, ?>) each;
      operations.put(number(release), release.get("operation").toString());
      rollbacks += release.get("kind").equals("rollback") ? 1 : 0;
    }
    assertEquals(
        LongStream.rangeClosed(1, operations.size()).boxed().toList(),
        List.copyOf(operations.keySet()));
    assertTrue(rollbacks > 0, "no rollback came through");
    return operations;
  }

  private static long number(Map<?, ?> release) {
    return ((Number) release.get("number")).longValue();
  }
}
