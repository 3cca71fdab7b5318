package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.Compression;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanningTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int ROWS = 300_000;

  @TempDir Path folder;
  private final Bundle bundle = Bundles.linear(2);
  private ScoreRig rig;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, bundle);
  }

  private Forecast forecast(ScoreSpec spec, Duration time) {
    return forecast(spec, time, PriceTable.standard(), OptionalInt.empty());
  }

  private Forecast forecast(ScoreSpec spec, Duration time, PriceTable prices, OptionalInt workers) {
    byte[] bytes = bundle.toBytes();
    ScoredModel model =
        new ScoredModel(
            "m.mlb",
            "",
            OptionalLong.empty(),
            Bundle.digest(bytes),
            Optional.empty(),
            bytes,
            bundle);
    PlanHost host = new PlanHost(2, Duration.ofMillis(200), Set.of("direct", "flink"));
    return new Planning(spec, model, prices, host, time).forecast(workers, Optional.empty());
  }

  private static String rows(int count) {
    Random random = new Random(3);
    StringBuilder rows = new StringBuilder("x0,x1\n");
    for (int row = 0; row < count; row++) {
      rows.append(random.nextInt(100_000)).append(',').append(random.nextDouble()).append('\n');
    }
    return rows.toString();
  }

  private static byte[] compressed(String text, Compression compression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.compress(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void counts_the_rows_of_a_small_input_and_writes_nothing() throws IOException {
    rig.write("a.csv", "x0,x1\n1,2\n3,no\n5,6\n");
    rig.write("b.csv", "x0,x1\n\"1\",2\n");
    Forecast forecast = forecast(rig.files("out.csv", "a.csv", "b.csv"), LONG);
    assertEquals(new InputMeasure(2, 31, 4, true, 2, 0.25), forecast.input());
    assertEquals(List.of("a.csv", "b.csv"), rig.listing());
  }

  @Test
  void an_input_without_rows_takes_no_more_than_the_start() {
    rig.write("in.csv", "x0,x1\n");
    Forecast forecast = forecast(rig.files("out.csv", "in.csv"), LONG);
    assertEquals(0, forecast.input().rows());
    for (RunnerForecast runner : forecast.runners()) {
      assertTrue(runner.scoring().compareTo(Duration.ofSeconds(1)) < 0, runner::toString);
    }
  }

  /** Each thread scores a slice at least, however little time there is. */
  @ParameterizedTest
  @ValueSource(strings = {"in.csv", "in.csv.gz", "in.csv.zst"})
  void estimates_the_rows_of_a_large_input_from_slices(String name) throws IOException {
    rig.write(name, compressed(rows(ROWS), Compression.named(name)));
    Forecast forecast = forecast(rig.files("out.csv", name), Duration.ZERO);
    assertFalse(forecast.input().counted());
    assertEquals(ROWS, (double) forecast.input().rows(), 0.1 * ROWS, forecast.toMap()::toString);
    assertTrue(forecast.sample().rows() < ROWS, forecast.toMap()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"in.csv", "in.csv.gz", "in.csv.zst", "in.jsonl", "in.parquet", "in.avro"})
  void counts_the_rows_of_every_format_when_there_is_time(String name) throws IOException {
    rig.write("rows.csv", rows(ROWS / 10));
    if (name.startsWith("in.csv")) {
      rig.write(name, compressed(rows(ROWS / 10), Compression.named(name)));
    } else {
      rig.run(rig.files(name, "rows.csv"));
    }
    ScoreSpec spec = rig.files("out.csv", name);
    OutputColumns columns = new OutputColumns(Optional.of(List.of("x0")), "y", false, false);
    Forecast forecast = forecast(spec.withOutput(columns), LONG);
    assertEquals(ROWS / 10, forecast.input().rows(), forecast.toMap()::toString);
    assertTrue(forecast.input().counted());
  }

  @Test
  void an_engine_costs_what_its_workers_cost_from_start_to_end() {
    rig.write("in.csv", rows(ROWS));
    Forecast forecast =
        forecast(
            rig.files("out.csv", "in.csv"),
            LONG,
            prices(
                "{workers: 2, vcpus: 4, memory_gb: 10, disk_gb: 100, start_seconds: 36,"
                    + " vcpu_hour: 1, gb_hour: 0.1, disk_gb_hour: 0.01}"),
            OptionalInt.of(5));
    RunnerForecast flink = forecast.runners().get(1);
    assertEquals(5, flink.workers());
    assertEquals(Duration.ofSeconds(36), flink.start());
    double perSecond = 5 * (4 * 1 + 10 * 0.1 + 100 * 0.01) / 3600;
    assertEquals(perSecond * flink.time().toMillis() / 1e3, flink.cost(), 1e-6);
    assertTrue(flink.installed());
    assertFalse(forecast.runners().get(2).installed());
    assertEquals("direct", forecast.advice().runner());
  }

  private static PriceTable prices(String workers) {
    String yaml =
        """
        date: "2030-01"
        source: a test
        runners:
          flink: %s
          spark: %s
          dataflow: %s
        """
            .replace("%s", workers);
    return PriceTable.from(
        ConfigFile.parse(
            "prices.yaml", yaml, PriceTable.SHAPE, List.of(), name -> null, Path.of("")));
  }

  @Test
  void an_input_that_score_refuses_is_refused() {
    rig.write("in.csv", "x0,x2\n1,2\n");
    assertEquals(
        "column \"x1\" is missing | in.csv:1 | the columns are: x0, x2\n",
        fails(FailureKind.INPUT, rig.files("out.csv", "in.csv")));
    assertEquals(
        "no such file | no.csv\n", fails(FailureKind.NOT_FOUND, rig.files("out.csv", "no.csv")));
    assertEquals(
        "a stream cannot be measured: it can be read only once | stdin | put the rows into a file,"
            + " or some like them\n",
        fails(FailureKind.USAGE, rig.files("out.csv", "-")));
    rig.write("open.csv", "x0,x1\n1,\"2\n");
    fails(FailureKind.INPUT, rig.files("out.csv", "open.csv"));
  }

  private String fails(FailureKind kind, ScoreSpec spec) {
    return rig.problems(
        kind, Assertions.assertThrows(Failure.class, () -> forecast(spec, Duration.ZERO)));
  }
}
