package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.data.Compression;
import dev.mlctl.data.RowDigest;
import dev.mlctl.data.RowDigester;
import dev.mlctl.model.Bundles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digest of the rows of a run: that of what lies in the output, however it came there. */
class RowsDigestTest {
  private static final int ROWS = 3_000;
  private static final String HEADER = "x0,t,u\n";

  @TempDir Path folder;
  private ScoreRig rig;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(1));
    for (int r = 0; r < ROWS; r++) {
      String text = r % 5 == 0 ? "" : r % 5 == 1 ? "\"a,\n\"\"b\"" : "é" + r;
      rows.add((r % 500 == 7 ? "bad" : r / 8.0) + "," + text + "," + r % 3 + "\n");
    }
    rig.write("in.csv", csv(rows));
  }

  private static String csv(List<String> rows) {
    return HEADER + String.join("", rows);
  }

  private RowDigest digest(String input, String output, String sink) {
    return run(input, output, sink).rowsDigest();
  }

  private ScoreSummary run(String input, String output, String sink) {
    String type = output.contains("jsonl") ? "Json" : output.contains("csv") ? "Csv" : "";
    type = output.contains("parquet") ? "Parquet" : output.contains("avro") ? "Avro" : type;
    String config = "{path: " + output + sink + "}";
    return rig.run(
        rig.yaml(
                "model: m@prod",
                "source: {type: ReadFromCsv, config: {path: '" + input + "'}}",
                "sink: {type: WriteTo" + type + ", config: " + config + "}",
                "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}",
                "output: {passthrough: [x0, t, u]}")
            .withOverwrite(true));
  }

  /** The digest of a file's rows, each of them given with its line end. */
  private static RowDigest of(List<String> rows) {
    RowDigester digester = new RowDigester();
    rows.forEach(
        row -> {
          byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
          digester.add(bytes, 0, bytes.length - 1);
        });
    return digester.digest();
  }

  private static List<String> split(String text, String where) {
    return Pattern.compile(where).splitAsStream(text).toList();
  }

  @Test
  void it_is_the_digest_of_the_rows_that_are_in_the_output() {
    RowDigest csv = digest("in.csv", "out.csv", "");
    String text = rig.read("out.csv");
    List<String> written = split(text.substring(text.indexOf('\n') + 1), "(?<=[0-9]\n)");
    assertEquals(ROWS - ROWS / 500, written.size());
    assertEquals(of(written), csv);

    RowDigest json = digest("in.csv", "out.jsonl", "");
    assertEquals(of(split(rig.read("out.jsonl"), "(?<=\n)")), json);
    assertNotEquals(csv, json);
  }

  @ParameterizedTest
  @CsvSource({"csv, gzip", "jsonl, zstd", "parquet, gzip", "avro, zstd"})
  void neither_parts_nor_files_nor_compression_matter(String format, String compression)
      throws IOException {
    String compressed = ", compression: " + compression;
    RowDigest expected = digest("in.csv", "out." + format, "");
    rig.write("many/a.csv", csv(rows.subList(2000, ROWS)));
    rig.write("many/b.csv", csv(rows.subList(0, 1000)));
    rig.write("many/c.csv.gz", gzip(csv(rows.subList(1000, 2000))));
    rig.rangeBytes = 1_000;
    ScoreSummary summary = run("in.csv", "out." + format, compressed);
    assertTrue(summary.parts() > 5, () -> summary.parts() + " parts");
    assertEquals(expected, summary.rowsDigest());
    assertEquals(expected, digest("in.csv", format + "/", ""));
    assertEquals(expected, digest("in.csv", format + "/", ", shards: 3" + compressed));
    assertEquals(expected, digest("many/*", "out." + format, ""));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = Compression.GZIP.compress(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** All of them are different rows, some by the place of a byte alone. */
  private static final List<String> DIFFERENT =
      List.of(
          "1,a,b",
          "1,b,a",
          "1,ab,",
          "1,,ab",
          "1,a,",
          "1,,a",
          "1,,",
          "1,\"\",",
          "1,,\"\"",
          "2,a,b",
          "1.0000000000000002,a,b",
          "1,a,c",
          "1,a,B",
          "1,A,b",
          "1,a,\"b,\"");

  @ParameterizedTest
  @CsvSource({"parquet", "avro"})
  void any_change_to_a_row_of_columns_makes_a_difference(String format) {
    Set<RowDigest> digests = new HashSet<>();
    for (String row : DIFFERENT) {
      rig.write("in.csv", csv(List.of("7,x,y\n", row + "\n")));
      assertTrue(digests.add(digest("in.csv", "out." + format, "")), row);
    }
    String one = DIFFERENT.get(0) + "\n";
    for (int times = 0; times < 4; times += times == 0 ? 2 : 1) {
      rig.write("in.csv", csv(Stream.generate(() -> one).limit(times).toList()));
      assertTrue(digests.add(digest("in.csv", "out." + format, "")), times + " times");
    }
  }

  @ParameterizedTest
  @CsvSource({"parquet", "avro"})
  void rows_read_from_a_file_of_columns_have_the_digest_they_were_written_with(String format) {
    RowDigest expected = digest("in.csv", "out." + format, "");
    digest("in.csv", "typed." + format, "");
    String source = format.equals("avro") ? "Avro" : "Parquet";
    ScoreSpec spec =
        rig.yaml(
                "model: m@prod",
                "source: {type: ReadFrom" + source + ", config: {path: typed." + format + "}}",
                "sink: {type: WriteTo" + source + ", config: {path: again." + format + "}}",
                "output: {passthrough: [x0, t, u]}")
            .withOverwrite(true);
    assertEquals(expected, rig.run(spec).rowsDigest());
  }

  @Test
  void it_is_in_the_summary_the_record_and_the_manifest() throws IOException {
    ScoreSummary summary = run("in.csv", "out.csv", ", manifest: true");
    String digest = summary.rowsDigest().toString();
    assertEquals(digest, summary.toMap().get("rows_digest"));
    assertEquals(digest, rig.record.get("rows_digest"));
    byte[] manifest = rig.read("out.csv.manifest.json").getBytes(StandardCharsets.UTF_8);
    Map<String, Object> map = Json.readObject("manifest", manifest);
    assertEquals(digest, map.get("rows_digest"));
  }
}
