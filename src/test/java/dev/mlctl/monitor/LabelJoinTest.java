package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.format.ColumnCompression;
import dev.mlctl.format.ColumnFormat;
import dev.mlctl.format.FileColumn;
import dev.mlctl.format.OutputColumn;
import dev.mlctl.format.RowWriter;
import dev.mlctl.model.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelJoinTest {
  private static final Profile BASELINE = Town.baseline(Town.days(new Random(3), 300));

  @TempDir Path dir;

  @Test
  void counts_every_way_that_labels_and_predictions_miss_each_other() throws IOException {
    Path labels =
        write(
            "labels.csv",
            "id,truth\n1,10\n2,20\n2,20\n3,30\n3,31\n4,\n5,fifty\n,60\n7,70\n8,80\n9,90,9\n");
    Path old = write("old.csv", "id,prediction\n1,99\n7,70\n");
    Path recent =
        write("new.csv", "prediction,id\n11,1\n20,2\n30,3\n40,4\n20,2\nnone,8\n12,\n6,unknown\n");
    LabelReport report =
        check(regression(), source(labels), List.of(run("a", 2, old), run("b", 1, recent)));
    // Joined are 1 (of the newer run), 2 and 7; 8 has a prediction that is no number.
    assertEquals(new LabelCounts(3, 1, 3, 2, 1, 2, 6), report.counts());
    assertEquals(Math.sqrt(1 / 3.0), report.metrics().get("rmse").value(), 1e-12);
  }

  @Test
  void json_lines_join_with_csv_and_keys_are_compared_as_texts() throws IOException {
    Path labels =
        write("labels.jsonl", "{\"key\": 7, \"y\": 1.5}\n{\"key\": \"a\\\"b\", \"y\": 2}\n");
    Path scored = write("scored.csv", "key,prediction\n7,1.5\n\"a\"\"b\",4\n07,9\n");
    LabelSource source = new LabelSource(labels, "key", Optional.of("y"));
    LabelReport report = check(regression(), source, List.of(run("a", 1, scored)));
    assertEquals(2, report.counts().joined());
    assertEquals(1, report.counts().predictionsUnmatched());
    assertEquals(1.0, report.metrics().get("mae").value(), 1e-12);
  }

  @Test
  void classes_without_probabilities_have_accuracy_and_f1_only() throws IOException {
    Path labels = write("labels.csv", "id,truth\n1,yes\n2,no\n3,yes\n4,maybe\n");
    Path scored = write("scored.csv", "id,prediction\n1,yes\n2,yes\n3,yes\n4,no\n");
    LabelReport report = check(classification(), labels, run("a", 1, scored));
    assertEquals(Set.of("accuracy", "f1"), report.metrics().keySet());
    assertEquals(2 / 3.0, report.metrics().get("accuracy").value(), 1e-12);
    assertEquals(1, report.counts().unusable());
    assertEquals(1, report.counts().predictionsUnmatched());
  }

  @Test
  void classes_with_probabilities_have_every_metric() throws IOException {
    Path labels = write("labels.csv", "id,truth\n1,yes\n2,no\n3,yes\n");
    Path scored =
        write(
            "scored.jsonl",
            """
            {"id": 1, "prediction": "yes", "probability_no": 0.2, "probability_yes": 0.8}
            {"id": 2, "prediction": "no", "probability_no": 0.9, "probability_yes": 0.1}
            {"id": 3, "prediction": "no", "probability_no": 0.6, "probability_yes": 0.4}
            """);
    LabelReport report = check(classification(), labels, run("a", 1, scored));
    assertEquals(
        new TreeSet<>(Set.of("accuracy", "log_loss", "auc", "f1")),
        new TreeSet<>(report.metrics().keySet()));
    assertEquals(1.0, report.metrics().get("auc").value(), 1e-12);
  }

  @Test
  void files_of_a_sink_are_all_read() throws IOException {
    Path labels = write("labels.csv", "id,truth\n1,10\n2,20\n");
    Path a = write("a.tsv", "id\tscore\n1\t10\n");
    Path b = write("b.csv", "id;score\n'2';20\n");
    Map<String, Object> one = run("a", 2, a);
    one.put("sink", Map.of("files", List.of(Map.of("path", a.toString()))));
    one.put("output", Map.of("prediction", "score"));
    Map<String, Object> other = run("b", 1, b);
    other.put(
        "sink",
        Map.of(
            "type",
            "WriteToCsv",
            "config",
            Map.of("path", b.toString(), "delimiter", ";", "quote", "'")));
    other.put("output", Map.of("prediction", "score"));
    LabelReport report =
        check(regression(), new LabelSource(labels, "id", Optional.empty()), List.of(one, other));
    assertEquals(2, report.counts().joined());
  }

  @Test
  void compressed_texts_are_read_whatever_their_names() throws IOException {
    Path labels = compressed("labels.csv", Compression.ZSTD, "id,truth\n1,10\n2,20\n");
    Path tabs = compressed("a.tsv.gz", Compression.GZIP, "id\tprediction\n1\t10\n");
    Path lines = compressed("b.jsonl.zst", Compression.ZSTD, "{\"id\": 2, \"prediction\": 20}\n");
    LabelReport report =
        check(regression(), source(labels), List.of(run("a", 2, tabs), run("b", 1, lines)));
    assertEquals(2, report.counts().joined());
  }

  @ParameterizedTest
  @EnumSource(ColumnFormat.class)
  void files_of_columns_are_read(ColumnFormat format) throws IOException {
    String extension = format.name().toLowerCase(Locale.ROOT);
    Path labels = columns("labels." + extension, format, "id,truth\n1,10\n2,20\n,30\n");
    Path scored = columns("scored." + extension, format, "id,prediction\n2,20\n1,11\n");
    LabelReport report = check(regression(), labels, run("a", 1, scored));
    assertEquals(2, report.counts().joined());
    assertEquals(1, report.counts().unusable(), "a label without a key");
  }

  @Test
  void the_files_of_a_directory_are_those_of_its_manifest() throws IOException {
    Path labels = write("labels.csv", "id,truth\n1,10\n2,20\n3,30\n");
    Path folder = Files.createDirectory(dir.resolve("out"));
    write("out/part-0.csv", "id,prediction\n1,10\n");
    write("out/part-1.csv", "id,prediction\n2,20\n");
    write("out/other.csv", "nothing of ours\n");
    assertEquals(
        "cannot tell which files hold the predictions",
        fault(FailureKind.INPUT, labels, run("a", 1, folder)));
    write(
        "out/manifest.json",
        "{\"files\": [{\"path\": \"part-0.csv\"}, {\"path\": \"part-1.csv\"}]}");
    assertEquals(2, check(regression(), labels, run("a", 1, folder)).counts().joined());
  }

  private Path compressed(String name, Compression way, String text) throws IOException {
    try (OutputStream out = way.compress(Files.newOutputStream(dir.resolve(name)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return dir.resolve(name);
  }

  /** A file of two columns of numbers. */
  private Path columns(String name, ColumnFormat format, String csv) throws IOException {
    Path path = dir.resolve(name);
    try (OutputStream out = Files.newOutputStream(path);
        CsvReader reader =
            CsvReader.file(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                CsvOptions.DEFAULT,
                name,
                null)) {
      List<OutputColumn> columns = new ArrayList<>();
      for (String column : reader.header()) {
        FileColumn declared = FileColumn.of(column, ColumnType.DOUBLE, true);
        columns.add(OutputColumn.passed(declared, columns.size()));
      }
      RowWriter writer = format.write(out, columns, ColumnCompression.SNAPPY);
      writer.write(reader.next(), null, null);
      writer.finish();
    }
    return path;
  }

  @Test
  void missing_files_and_columns_and_standard_output_are_named() throws IOException {
    Path labels = write("labels.csv", "id,truth\n1,10\n");
    Path noKey = write("scored.csv", "row,prediction\n1,10\n");
    Path noPrediction = write("scored.jsonl", "{\"id\": 1}\n");
    assertEquals("column \"id\" is missing", fault(FailureKind.INPUT, labels, run("a", 1, noKey)));
    assertEquals(
        "column \"prediction\" is missing",
        fault(FailureKind.INPUT, labels, run("a", 1, noPrediction)));
    assertEquals(
        "cannot read the predictions: no such file",
        fault(FailureKind.NOT_FOUND, labels, run("a", 1, dir.resolve("gone.csv"))));
    assertEquals(
        "cannot read the labels: no such file",
        fault(FailureKind.NOT_FOUND, dir.resolve("none.csv"), run("a", 1, noKey)));
    Map<String, Object> stdout = run("a", 1, noKey);
    stdout.put("sink", "-");
    assertEquals(
        "cannot compare run a with labels: its predictions did not go to a file",
        fault(FailureKind.INPUT, labels, stdout));
  }

  @Test
  void few_labels_are_not_enough_data_and_make_the_whole_so() throws IOException {
    Path labels = write("labels.csv", "id,truth\n1,10\n2,20\n");
    Path scored = write("scored.csv", "id,prediction\n1,100\n2,200\n");
    MonitorReport report = report(regression(), source(labels), List.of(run("a", 1, scored)));
    assertEquals(Severity.NOT_ENOUGH_DATA, report.severity());
    assertTrue(
        report.findings().stream()
            .anyMatch(f -> f.note().equals("2 predictions have a label where 50 are needed")));
  }

  @Test
  void a_worse_metric_is_critical_and_one_as_good_as_at_training_is_not() throws IOException {
    assertEquals(Severity.CRITICAL, performance(3.0).severity());
    MonitorReport slightly = performance(2.3);
    assertEquals(Severity.WARNING, slightly.severity());
    assertTrue(
        slightly.breaches().stream()
            .anyMatch(f -> f.statistic().equals("rmse_ratio") && f.value() > 1.1));
    assertEquals(Severity.OK, performance(2.0).severity());
  }

  @Test
  void the_same_quality_rarely_alarms_with_few_labels() throws IOException {
    int alarms = 0;
    for (int i = 0; i < 50; i++) {
      alarms += performance(2.0, 200, i).breaches().isEmpty() ? 0 : 1;
    }
    assertTrue(alarms <= 4, alarms + " of 50");
  }

  private MonitorReport performance(double deviation) throws IOException {
    return performance(deviation, 2000, 9);
  }

  /** Errors of a standard deviation, where the bundle's rmse is 2 and its mae that of a normal. */
  private MonitorReport performance(double deviation, int rows, int seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder truth = new StringBuilder("id,truth\n");
    StringBuilder scored = new StringBuilder("id,prediction\n");
    for (int i = 0; i < rows; i++) {
      double actual = 100 + 10 * random.nextGaussian();
      truth.append(i).append(',').append(actual).append('\n');
      scored.append(i).append(',').append(actual + deviation * random.nextGaussian()).append('\n');
    }
    Subject subject =
        Town.subject(
            BASELINE,
            Task.REGRESSION,
            Map.of("rmse", 2.0, "mae", 2 * Math.sqrt(2 / Math.PI), "r2", 0.96));
    MonitorReport report =
        report(
            subject,
            source(write("truth.csv", truth.toString())),
            List.of(run("a", 1, write("scored.csv", scored.toString()))));
    assertFalse(report.labels().isEmpty());
    return report;
  }

  private String fault(FailureKind kind, Path labels, Map<String, Object> run) {
    Failure failure =
        assertThrows(Failure.class, () -> check(regression(), source(labels), List.of(run)));
    assertEquals(kind, failure.kind());
    return failure.getMessage();
  }

  private LabelReport check(Subject subject, Path labels, Map<String, Object> run) {
    return check(subject, source(labels), List.of(run));
  }

  private LabelReport check(Subject subject, LabelSource source, List<Map<String, Object>> runs) {
    return report(subject, source, runs).labels().orElseThrow();
  }

  private MonitorReport report(
      Subject subject, LabelSource source, List<Map<String, Object>> runs) {
    MonitorSpec spec =
        MonitorSpec.defaults("town@prod")
            .withLabels(source)
            .withRuns(new RunSelection.Last(runs.size()));
    return Town.check(spec, subject, runs);
  }

  private static LabelSource source(Path labels) {
    return new LabelSource(labels, "id", Optional.empty());
  }

  private static Subject regression() {
    return Town.subject(BASELINE);
  }

  private static Subject classification() {
    return Town.subject(BASELINE, Task.CLASSIFICATION, Map.of("accuracy", 0.9));
  }

  private static Map<String, Object> run(String id, double hoursAgo, Path output) {
    Map<String, Object> run = new HashMap<>(Town.run(id, hoursAgo, BASELINE));
    run.put("sink", output.toString());
    return run;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
