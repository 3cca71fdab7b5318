package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same configuration on every engine gives the same rows in the same order in the same files,
 * beside the direct runner's.
 *
 * <p>A million rows run on all of them. The two trained models run on a cluster each; with {@code
 * -Dmlctl.engines=all} on all, too, which takes a minute and a half more.
 */
final class EnginesIT {
  private static final int ROWS = 1_000_000;
  private static final Map<String, EngineRun.Output> EXPECTED = new LinkedHashMap<>();

  @TempDir private static Path directory;
  private static EngineRun runs;

  @BeforeAll
  static void prepare() throws IOException {
    runs = new EngineRun(directory);
    EngineInputs inputs = new EngineInputs(directory);
    inputs.million(ROWS);
    inputs.bikes();
    inputs.income();
    for (String input : List.of("million", "bikes", "income")) {
      EXPECTED.put(input, runs.score(Engines.DIRECT, input));
    }
    assertEquals(ROWS - 4L, EXPECTED.get("million").summary().get("rows_out"));
    assertTrue((Long) EXPECTED.get("million").summary().get("parts") > 4);
    assertEquals(12L, EXPECTED.get("bikes").summary().get("parts"));
    assertEquals(6, EXPECTED.get("bikes").files().size());
    assertEquals(3L, EXPECTED.get("income").summary().get("rejected"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DIRECT")
  void every_engine_scores_a_million_rows_as_the_direct_runner_does(Engines engine)
      throws IOException {
    same("million", engine);
  }

  static List<Engines> forBikes() {
    return EngineRun.wanted(Engines.FLINK_CLUSTER);
  }

  @ParameterizedTest
  @MethodSource("forBikes")
  void engines_score_hires_of_bikes_as_the_direct_runner_does(Engines engine) throws IOException {
    same("bikes", engine);
  }

  static List<Engines> forIncome() {
    return EngineRun.wanted(Engines.SPARK_CLUSTER);
  }

  @ParameterizedTest
  @MethodSource("forIncome")
  void engines_score_incomes_as_the_direct_runner_does(Engines engine) throws IOException {
    same("income", engine);
  }

  private static void same(String input, Engines engine) throws IOException {
    EngineRun.Output expected = EXPECTED.get(input);
    EngineRun.Output actual = runs.score(engine, input);
    for (String key :
        List.of("rows_digest", "rows_in", "rows_out", "rejected", "reasons", "parts", "digest")) {
      assertEquals(expected.summary().get(key), actual.summary().get(key), key);
    }
    assertEquals(expected.files(), actual.files());
    runs.checkNothingIsLeft();
  }
}
