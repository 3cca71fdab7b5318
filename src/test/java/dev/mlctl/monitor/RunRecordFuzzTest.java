package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.Budget;
import dev.mlctl.Fuzzer;
import dev.mlctl.JsonMutator;
import dev.mlctl.config.Json;
import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.Slice;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Changed run records, which nothing seals, are refused or can be used. */
class RunRecordFuzzTest {
  private static final int SECONDS = 10;

  private static final Profile PROFILE =
      new Profile(
          List.of(
              new NumberProfile(
                  "temp", new double[] {-0.5, 1}, new long[] {3, 2, 1}, 4, -1, 2, 0, -1, 2, 0.5, 7),
              new CategoryProfile(
                  "weather", List.of("clear", "rain"), new long[] {1, 2}, 4, 5, Map.of("x", 5L))),
          List.of(NumberProfile.binsFor("prediction", new double[] {1, 2, 3}, 3)));

  private static final ProfileFormat FORMAT = new ProfileFormat(PROFILE);
  private static final ProfileFormat OUTPUT =
      new ProfileFormat(new Profile(List.of(), PROFILE.outputs()));

  private static String shown(RunProfile profile) {
    try {
      assertTrue(profile.whole().summary(0).distinct().orElse(0) >= 0);
      profile.whole().summary(0).quantile(0.5);
      profile.whole().summary(0).frequent();
      return "a profile";
    } catch (IllegalArgumentException e) {
      return "a profile whose sketches cannot be read";
    }
  }

  @Test
  void a_changed_run_record_is_refused_or_usable() throws Exception {
    Fuzzer.run(
        RunRecordFuzzTest.class,
        SECONDS,
        List.of(record("ok"), record("failed"), compact()),
        new JsonMutator(),
        RunRecordFuzzTest::use);
  }

  @Test
  void a_run_record_cut_short_or_with_a_bit_flipped_is_refused_or_usable() throws Exception {
    for (byte[] bytes : List.of(record("ok"), compact())) {
      cutAndFlip(bytes);
    }
  }

  private static void cutAndFlip(byte[] bytes) throws Exception {
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      Budget.spend(() -> use(cut));
    }
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Budget.spend(() -> use(flipped));
    }
  }

  /** A record as it is written now, with sketches, a window and a slice. */
  private static byte[] compact() {
    Profiler profiler = new Profiler(new Profile(List.of(), PROFILE.outputs()));
    profiler.addOutput(0, new double[] {1, 1, 2.5, 7}, 4, null);
    Profile counted = new Profile(List.of(), PROFILE.outputs()).merge(profiler.profile());
    RunProfile profile =
        new RunProfile(
            counted,
            "P1D",
            new TreeMap<>(Map.of(Instant.EPOCH, counted)),
            new TreeMap<>(Map.of(RunProfile.UNKNOWN, counted)),
            new TreeMap<>(Map.of(new Slice("x", "y"), counted)));
    return record("ok", OUTPUT.toMap(profile));
  }

  private static byte[] record(String status) {
    return record(status, ProfileJson.toMap(PROFILE));
  }

  private static byte[] record(String status, Map<String, Object> profile) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("kind", "score");
    map.put("id", "20261123T193300.123Z-9f86d081");
    map.put("digest", Town.DIGEST);
    map.put("started", "2026-11-23T19:33:00.123Z");
    map.put("finished", "2026-11-23T19:34:00Z");
    map.put("status", status);
    map.put("sink", Map.of("path", "out.csv"));
    map.put("output", Map.of("prediction", "prediction"));
    map.put("service", Map.of("latency_counts", "oAECAQU", "model_load_ms", 1.5));
    map.put("rows_in", 12L);
    map.put("rows_rejected", 1L);
    map.put("profile", profile);
    return Json.pretty(map).getBytes(StandardCharsets.UTF_8);
  }

  private static String use(byte[] bytes) {
    try {
      RunRecord run = RunRecord.from(Json.readObject("run.json", bytes));
      assertTrue(Double.isFinite(run.seconds()));
      assertTrue(run.service().latency().count() >= 0);
      assertTrue(run.rowsIn() >= 0 && run.rowsRejected() >= 0, "a negative count of rows");
      ProfileFormat format = run.profile().containsKey("format") ? OUTPUT : FORMAT;
      return run.profile(format).map(RunRecordFuzzTest::shown).orElse("none");
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind());
      return Fuzzer.shape(e.getMessage());
    }
  }
}
