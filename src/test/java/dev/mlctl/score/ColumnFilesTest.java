package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType;
import dev.mlctl.data.Compression;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.FailureKind;
import dev.mlctl.format.ByteSource;
import dev.mlctl.format.ColumnFile;
import dev.mlctl.format.ColumnFormat;
import dev.mlctl.model.Bundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of columns in and out, and between them and text. */
class ColumnFilesTest {
  private static final int ROWS = 12_000;

  @TempDir Path folder;
  private ScoreRig rig;
  private String expected;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(2));
    StringBuilder rows = new StringBuilder("x0,x1,name\n");
    for (int r = 0; r < ROWS; r++) {
      String name = r % 5 == 0 ? "" : r % 5 == 1 ? "\"a,b\"" : "é" + r;
      rows.append(r / 4.0).append(',').append(r % 9 == 4 ? "" : "1.5");
      rows.append(',').append(name).append('\n');
    }
    rig.write("in.csv", rows.toString());
    rig.run(rig.files("expected.csv", "in.csv"));
    expected = rig.read("expected.csv");
    rig.rangeBytes = 20_000;
  }

  private ScoreSpec between(String input, String output) {
    return rig.yaml(
        "model: m@prod",
        "source: {type: "
            + (input.contains("csv") ? "ReadFromCsv" : "ReadFromParquet")
            + ", config: {path: "
            + input
            + "}}",
        "sink: {type: "
            + (output.endsWith("csv") ? "WriteToCsv" : "WriteToParquet")
            + ", config: {path: "
            + output
            + "}}",
        "output: {passthrough: [x0, x1, name]}");
  }

  @Test
  void a_compressed_text_becomes_a_file_of_columns_to_its_last_row() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = Compression.GZIP.compress(bytes)) {
      out.write(rig.read("in.csv").getBytes(StandardCharsets.UTF_8));
    }
    rig.write("small.csv.gz", bytes.toByteArray());
    assertEquals(ROWS, rig.run(between("small.csv.gz", "out.parquet")).rowsOut());
  }

  @Test
  void text_becomes_columns_and_columns_text_again() {
    rig.run(rig.files("in.parquet", "in.csv"));
    ScoreSummary summary = rig.run(between("in.parquet", "out.csv"));
    assertEquals(ROWS, summary.rowsOut());
    assertTrue(summary.parts() > 3, () -> summary.parts() + " parts");
    assertEquals(expected, rig.read("out.csv"));
  }

  @Test
  void avro_carries_the_same_rows() {
    rig.run(rig.files("in.parquet", "in.csv"));
    rig.run(
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromParquet, config: {path: in.parquet}}",
            "sink: {type: WriteToAvro, config: {path: in.avro}}",
            "output: {passthrough: [x0, x1, name]}"));
    ScoreSpec toCsv =
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromAvro, config: {path: in.avro}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}",
            "output: {passthrough: [x0, x1, name]}");
    for (long rangeBytes : new long[] {1, 30_000, 10_000_000}) {
      rig.rangeBytes = rangeBytes;
      assertEquals(ROWS, rig.run(toCsv.withOverwrite(true)).rowsOut());
      assertEquals(expected, rig.read("out.csv"));
    }
  }

  @Test
  void numeric_features_become_doubles_and_all_else_text() throws IOException {
    rig.run(rig.files("out.parquet", "in.csv"));
    ColumnFile file = ColumnFormat.PARQUET.open(ByteSource.of(folder.resolve("out.parquet")));
    assertEquals(
        List.of("x0 DOUBLE", "x1 DOUBLE", "name STRING", "prediction DOUBLE"),
        file.columns().stream().map(c -> c.name() + " " + c.type().meaning()).toList());
    long rows = 0;
    long missing = 0;
    try (BatchReader reader = file.read(List.of("x1", "prediction"))) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        assertEquals(ColumnType.DOUBLE, batch.type(0));
        for (int r = 0; r < batch.rows(); r++) {
          missing += batch.nulls(0)[r] ? 1 : 0;
        }
        rows += batch.rows();
      }
    }
    assertEquals(ROWS, rows);
    assertEquals((ROWS + 4) / 9, missing);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5_000, 1_000_000})
  void columns_pass_through_columns_whatever_the_size_of_parts(long rangeBytes) {
    rig.run(rig.files("in.parquet", "in.csv"));
    rig.rangeBytes = rangeBytes;
    rig.run(between("in.parquet", "out.parquet").withOverwrite(true));
    rig.run(between("out.parquet", "out.csv").withOverwrite(true));
    assertEquals(expected, rig.read("out.csv"));
  }

  @Test
  void a_directory_holds_whole_files_of_columns() throws IOException {
    rig.run(
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToParquet, config: {path: out/, shards: 3, compression: zstd}}"));
    try (var files = Files.list(folder.resolve("out"))) {
      assertEquals(4, files.count());
    }
    rig.run(between("out/*.parquet", "out.csv"));
    assertEquals(expected, rig.read("out.csv"));
  }

  @Test
  void json_takes_and_gives_the_same_values() {
    rig.run(rig.files("in.parquet", "in.csv"));
    ScoreSpec toJson =
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromParquet, config: {path: in.parquet}}",
            "sink: {type: WriteToJson, config: {path: out.jsonl}}",
            "output: {passthrough: [x0, x1, name]}");
    rig.run(toJson);
    String first = rig.read("out.jsonl").lines().skip(2).findFirst().orElseThrow();
    assertEquals("{\"x0\":0.5,\"x1\":1.5,\"name\":\"é2\",\"prediction\":4.0}", first);
    rig.run(
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromJson, config: {path: out.jsonl}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}",
            "output: {passthrough: [x0, x1, name]}"));
    assertEquals(expected, rig.read("out.csv"));
  }

  @Test
  void a_rejected_row_of_columns_is_named_by_its_number() {
    ScoreRig other = new ScoreRig(folder, Bundles.linear(1));
    other.write("odd.csv", "x0,x1\n1,1e308\n1,1\n2,1.5\n1,1e308\n");
    other.run(other.files("odd.parquet", "odd.csv"));
    rig.run(
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromParquet, config: {path: odd.parquet}}",
            "sink: {type: WriteToCsv, config: {path: n.csv}}",
            "dead_letter: {type: WriteToCsv, config: {path: dead.csv}}",
            "output: {passthrough: [x0]}"));
    String dead = rig.read("dead.csv");
    // x1 was no feature of the model that wrote it, so it is a text there.
    assertEquals(5, dead.lines().count(), dead);
    assertTrue(
        dead.contains("odd.parquet,1,\"x1: ") && dead.contains("odd.parquet,4,\"x1: "), dead);
  }

  @Test
  void files_that_give_a_column_different_types_are_not_mixed() {
    ScoreRig other = new ScoreRig(folder, Bundles.linear(3));
    other.write("two.csv", "x0,x1,x2\n1,2,3\n");
    other.run(other.files("three.parquet", "two.csv"));
    rig.write("four.csv", "x0,x1,x2\n1,2,3\n");
    rig.run(rig.files("two.parquet", "four.csv"));
    ScoreSpec mixed =
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromParquet, config: {path: [two.parquet, three.parquet]}}",
            "sink: {type: WriteToParquet, config: {path: out.parquet}}",
            "output: {passthrough: [x2]}");
    String problems = rig.fails(FailureKind.INPUT, mixed);
    assertTrue(
        problems.startsWith("column \"x2\" has another type than in the first file"), problems);
  }

  @Test
  void a_file_that_is_not_parquet_is_refused() {
    rig.write("bad.parquet", "PAR1 this is not");
    rig.fails(FailureKind.INPUT, rig.files("out.csv", "bad.parquet"));
  }
}
