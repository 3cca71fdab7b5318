package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Feature;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.GateResult;
import dev.mlctl.model.Golden;
import dev.mlctl.model.LabelledFile;
import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Gates on a file of rows: {@code count} is 2 × {@code temp}, and the models are off by a bit. */
class GateDataTest {
  @TempDir Path folder;
  private final RivalStore store = new RivalStore();
  private final Releases releases = releases(1);
  private Path rows;

  /** A store in which somebody else acts just before our record is created. */
  private static final class RivalStore extends MemoryStore {
    private Runnable rival;

    @Override
    public PutResult putIfAbsent(String key, byte[] bytes) {
      Runnable now = key.contains("/log/") ? rival : null;
      if (now != null) {
        rival = null;
        now.run();
      }
      return super.putIfAbsent(key, bytes);
    }
  }

  private Releases releases(long seed) {
    return new Releases(
        Registry.in(store),
        new Who("ada", "laptop", ""),
        Clock.fixed(Registries.NOON, ZoneOffset.UTC),
        new Random(seed),
        ModelBundles.READER,
        attempt -> {});
  }

  @BeforeEach
  void write_the_rows() throws IOException {
    StringBuilder csv = new StringBuilder("temp,city,count\n");
    for (int temp = 0; temp < 20; temp++) {
      csv.append(temp + "," + (temp % 2 == 0 ? "a" : "b") + "," + 2 * temp + "\n");
    }
    rows = Files.writeString(folder.resolve("rows.csv"), csv);
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "gate-data.csv",
      delimiter = ';',
      numLinesToSkip = 1,
      quoteCharacter = '`')
  void what_does_not_hold_or_cannot_be_judged_is_refused(
      String gate, FailureKind kind, String message, String hint) {
    deploy(2);
    Failure failure = assertThrows(Failure.class, () -> releases.deploy(request(1, gate)));
    assertEquals(message, failure.getMessage());
    assertEquals(kind, failure.kind());
    assertEquals(hint == null ? "" : hint, failure.problems().get(0).hint());
    assertEquals(1, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void the_record_says_on_which_rows_of_which_file() throws IOException {
    Files.writeString(rows, "1,a,\n2,b,many\n1,b,\n", StandardOpenOption.APPEND);
    deploy(2);
    List<String> gates =
        List.of("rmse[city=a] <= current.rmse[city=a]", "rmse < 1.5", "rmse + rmse[city=b] > 0");
    Deployed deployed = releases.deploy(request(1, gates.toArray(String[]::new)));
    assertEquals(
        List.of(
            "left out of rows.csv: 2 rows have no label, 1 row does not fit (first: %s:23:"
                    .formatted(rows)
                + " count: \"many\" is not a finite number)"),
        deployed.warnings());
    LabelledFile file = new LabelledFile("rows.csv", Digest.of(Files.readAllBytes(rows)), 20, 2, 1);
    assertEquals(
        List.of(
            passed(gates.get(0), 1, 2, 10, file),
            passed(gates.get(1), 1, 1.5, 20, file),
            passed(gates.get(2), 2, 0, 10, file)),
        releases.find((Reference.Release) Reference.parse("bikes@prod")).gates());
    Object json = releases.history("bikes", "prod").entries().get(1).toMap().get("gates");
    assertTrue(json.toString().contains(", rows=10, data={file=rows.csv, digest=sha256:"));
  }

  private static GateResult passed(
      String gate, double left, double right, long count, LabelledFile file) {
    return new GateResult(gate, GateResult.Outcome.PASSED, left, right, "")
        .on(new GateResult.Rows(count, file));
  }

  @Test
  void a_gate_against_the_current_release_is_skipped_without_one_but_its_slice_is_looked_for() {
    Deployed first = releases.deploy(request(1, "rmse[city=a] < current.rmse").dryRun(true));
    assertEquals(GateResult.Outcome.SKIPPED, first.release().gates().get(0).outcome());
    assertEquals(Optional.empty(), first.release().gates().get(0).rows());
    fails(FailureKind.INPUT, request(1, "rmse[city=c] < current.rmse"));
    fails(FailureKind.USAGE, request(1, "rmse < current.rsme"));
  }

  @Test
  void a_release_that_became_current_meanwhile_is_compared_with_too() {
    deploy(2);
    store.rival = () -> releases(2).deploy(DeployRequest.of("rival", bundle(0), "prod"));
    fails(FailureKind.GATE, request(1, "rmse <= current.rmse"));
    assertEquals(2, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void rows_that_change_between_two_readings_are_refused() {
    deploy(2);
    store.rival =
        () -> {
          releases(2).deploy(DeployRequest.of("rival", bundle(1.5), "prod"));
          edit(rows);
        };
    Failure failure = fails(FailureKind.INPUT, request(1, "rmse <= current.rmse"));
    assertTrue(failure.getMessage().contains("changed while they were read"));
    assertEquals(2, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void rows_are_read_once_where_nothing_is_compared_with_the_current_release() {
    deploy(2);
    store.rival =
        () -> {
          releases(2).deploy(DeployRequest.of("rival", bundle(0), "prod"));
          edit(rows);
        };
    assertEquals(3, releases.deploy(request(1, "rmse <= 1")).release().number());
  }

  private static void edit(Path file) {
    try {
      Files.writeString(file, "1,a,1\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void deploying_what_is_current_reads_gates_but_judges_none() throws IOException {
    deploy(1);
    Files.delete(rows);
    assertFalse(releases.deploy(request(1, "rmse < 0")).changed());
    fails(FailureKind.USAGE, request(1, "rmse <"));
    fails(FailureKind.NOT_FOUND, request(2, "rmse < 0"));
  }

  @Test
  void too_few_rows_and_rows_without_gates_are_refused() throws IOException {
    Files.writeString(rows, "temp,count\n" + "1,2\n".repeat(9) + "2,\n");
    Failure few = fails(FailureKind.INPUT, request(1, "rmse < 9"));
    assertEquals("9 rows are too few to judge gates on: at least 10 are needed", few.getMessage());
    assertEquals("left out of rows.csv: 1 row has no label", few.problems().get(0).hint());
    fails(FailureKind.USAGE, request(1));
  }

  @Test
  void json_lines_are_rows_too() throws IOException {
    Path json = folder.resolve("rows.jsonl");
    Files.writeString(json, "{\"temp\": 1.0, \"city\": \"c\", \"count\": 2}\n".repeat(10));
    Deployed deployed =
        releases.deploy(request(1, "rmse[temp=1] <= 1", "rows[city=c] == 10").gateData(json));
    assertTrue(deployed.changed());
    fails(FailureKind.INPUT, request(2, "rmse[temp=\"1\"] <= 1").gateData(json));
  }

  private Failure fails(FailureKind kind, DeployRequest request) {
    Failure failure = assertThrows(Failure.class, () -> releases.deploy(request));
    assertEquals(kind, failure.kind(), failure::getMessage);
    return failure;
  }

  private void deploy(double off) {
    releases.deploy(DeployRequest.of("bikes.mlb", bundle(off), "prod"));
  }

  private DeployRequest request(double off, String... gates) {
    return DeployRequest.of("bikes.mlb", bundle(off), "prod").gates(List.of(gates)).gateData(rows);
  }

  /** A model whose every prediction is too high by the same amount. */
  private static byte[] bundle(double off) {
    Model model =
        new Model(
            new Signature(Task.REGRESSION, "count", List.of(Feature.number("temp")), List.of()),
            new Preprocessor(List.of(new Scaling(0, 0, 1))),
            new Linear(new double[][] {{2}}, new double[] {off}, Link.IDENTITY));
    return new Bundle(
            "bikes",
            model,
            Golden.record(model, "temp\n4\n".getBytes(StandardCharsets.UTF_8)),
            new Profile(List.of(), List.of()),
            Map.of("rmse", off),
            new Provenance("0.1.0", "ols", "", "bikes.csv", "", 1, 1, 42, "", List.of()),
            "",
            "")
        .toBytes();
  }
}
