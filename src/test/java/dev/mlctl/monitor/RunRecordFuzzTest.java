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
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void a_changed_run_record_is_refused_or_usable() throws Exception {
    Fuzzer.run(
        RunRecordFuzzTest.class,
        SECONDS,
        List.of(record("ok"), record("failed")),
        new JsonMutator(),
        RunRecordFuzzTest::use);
  }

  @Test
  void a_run_record_cut_short_or_with_a_bit_flipped_is_refused_or_usable() throws Exception {
    byte[] bytes = record("ok");
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

  private static byte[] record(String status) {
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
    map.put("rows_in", 12L);
    map.put("rows_rejected", 1L);
    map.put("profile", ProfileJson.toMap(PROFILE));
    return Json.pretty(map).getBytes(StandardCharsets.UTF_8);
  }

  private static String use(byte[] bytes) {
    try {
      RunRecord run = RunRecord.from(Json.readObject("run.json", bytes));
      assertTrue(Double.isFinite(run.seconds()));
      assertTrue(run.rowsIn() >= 0 && run.rowsRejected() >= 0, "a negative count of rows");
      return run.profile(new ProfileFormat(PROFILE)).map(profile -> "a profile").orElse("none");
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind());
      return Fuzzer.shape(e.getMessage());
    }
  }
}
