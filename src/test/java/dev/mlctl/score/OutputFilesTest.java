package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.data.Compression;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories of files, manifests and compressed files. */
class OutputFilesTest {
  @TempDir Path folder;
  private ScoreRig rig;
  private String csv;
  private String expected;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(2));
    StringBuilder rows = new StringBuilder("x0,x1\n");
    for (int r = 0; r < 5_000; r++) {
      rows.append(r).append(',').append(r % 10).append(r % 7 == 3 ? "\r\n" : "\n");
    }
    csv = rows.toString();
    rig.write("in.csv", csv);
    rig.run(rig.files("expected.csv", "in.csv"));
    expected = rig.read("expected.csv");
    rig.rangeBytes = 6000;
  }

  private ScoreSpec directory(String more) {
    return rig.yaml(
        "model: m@prod",
        "source: {type: ReadFromCsv, config: {path: in.csv}}",
        "sink: {type: WriteToCsv, config: {path: out/" + more + "}}");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** All files of the directory with one header. */
  private String together(Compression compression) throws IOException {
    StringBuilder rows = new StringBuilder("x0,x1,prediction\n");
    for (String name : names()) {
      if (!name.equals("manifest.json")) {
        String text = text(Files.readAllBytes(folder.resolve("out").resolve(name)), compression);
        assertTrue(text.startsWith("x0,x1,prediction\n"), name);
        rows.append(text.substring("x0,x1,prediction\n".length()));
      }
    }
    return rows.toString();
  }

  private static String text(byte[] bytes, Compression compression) throws IOException {
    try (InputStream in = compression.decompress(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] compressed(String text, Compression compression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.compress(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void a_path_with_a_slash_is_a_directory_with_a_file_per_part() throws IOException {
    rig.run(directory(""));
    List<String> names = names();
    int files = names.size() - 1;
    assertTrue(files > 5, names::toString);
    assertEquals(
        IntStream.range(0, files)
            .mapToObj(i -> String.format("out-%05d-of-%05d.csv", i, files))
            .toList(),
        names.subList(1, names.size()));
    assertEquals(expected, together(Compression.NONE));
  }

  @Test
  void shards_says_how_many_files_at_most() throws IOException {
    for (int shards : new int[] {1, 2, 3, 1000}) {
      rig.run(directory(", shards: " + shards).withOverwrite(true));
      int files = names().size() - 1;
      assertTrue(files == shards || (shards == 1000 && files > 5), names()::toString);
      assertEquals(expected, together(Compression.NONE));
    }
  }

  @Test
  void the_manifest_names_every_file_with_its_rows_and_digest() throws IOException {
    rig.run(directory(", shards: 2"));
    Map<String, Object> manifest =
        Json.readObject("manifest", Files.readAllBytes(folder.resolve("out/manifest.json")));
    assertEquals(5000, ((Number) manifest.get("rows_out")).intValue());
    assertEquals(0, ((Number) manifest.get("rows_rejected")).intValue());
    assertEquals("m@prod#7", manifest.get("model"));
    long rows = 0;
    for (Object entry : (List<?>) manifest.get("files")) {
      Map<?, ?> file = (Map<?, ?>) entry;
      byte[] bytes = Files.readAllBytes(folder.resolve("out").resolve((String) file.get("path")));
      assertEquals(bytes.length, ((Number) file.get("bytes")).intValue());
      assertEquals(Bundle.digest(bytes), file.get("sha256"));
      rows += ((Number) file.get("rows")).longValue();
    }
    assertEquals(5000, rows);
  }

  @Test
  void one_file_has_a_manifest_on_request() throws IOException {
    rig.run(
        rig.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToCsv, config: {path: o.csv, manifest: true}}"));
    assertEquals(List.of("expected.csv", "in.csv", "o.csv", "o.csv.manifest.json"), rig.listing());
    assertTrue(
        rig.read("o.csv.manifest.json")
            .contains(Bundle.digest(Files.readAllBytes(folder.resolve("o.csv")))));
  }

  @Test
  void a_directory_is_refused_while_it_holds_anything_and_replaced_only_if_it_is_ours()
      throws IOException {
    rig.write("out/notes.txt", "mine");
    rig.fails(FailureKind.CONFLICT, directory(""));
    String problems = rig.fails(FailureKind.USAGE, directory("").withOverwrite(true));
    assertTrue(problems.startsWith("the directory holds more than an output of mlctl"), problems);
    Files.delete(folder.resolve("out/notes.txt"));
    rig.run(directory(""));
    assertEquals(expected, together(Compression.NONE));
    rig.fails(FailureKind.CONFLICT, directory(""));
    rig.run(directory(", shards: 1").withOverwrite(true));
    assertEquals(List.of("manifest.json", "out-00000-of-00001.csv"), names());
    assertEquals(List.of("expected.csv", "in.csv", "out"), rig.listing());
  }

  @Test
  void a_directory_cannot_take_the_place_of_a_file_nor_a_file_of_a_directory() {
    rig.write("out", "a file");
    assertTrue(
        rig.fails(FailureKind.USAGE, directory("").withOverwrite(true))
            .startsWith("the output is to be a directory, and is a file"));
    rig.write("folder/x", "");
    assertTrue(
        rig.fails(
                FailureKind.USAGE,
                rig.yaml(
                        "model: m@prod",
                        "source: {type: ReadFromCsv, config: {path: in.csv}}",
                        "sink: {type: WriteToCsv, config: {path: folder}}")
                    .withOverwrite(true))
            .startsWith("the output is a directory"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "ZSTD"})
  void compressed_files_are_read_and_written(Compression way) throws IOException {
    rig.write("in.csv" + way.extension(), compressed(csv, way));
    ScoreSpec spec = rig.files("out.csv" + way.extension(), "in.csv" + way.extension());
    ScoreSummary summary = rig.run(spec);
    assertEquals(1, summary.parts());
    byte[] output = Files.readAllBytes(folder.resolve("out.csv" + way.extension()));
    assertEquals(expected, text(output, way));
    rig.run(rig.files("again.csv" + way.extension(), "in.csv"));
    assertEquals(
        expected, text(Files.readAllBytes(folder.resolve("again.csv" + way.extension())), way));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "ZSTD"})
  void what_a_file_is_called_does_not_matter_and_streams_may_follow_each_other(Compression way)
      throws IOException {
    int half = csv.indexOf('\n', csv.length() / 2) - 3; // in the middle of a record
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(compressed(csv.substring(0, half), way));
    bytes.writeBytes(compressed("", way));
    bytes.writeBytes(compressed(csv.substring(half), way));
    rig.write("disguised.csv", bytes.toByteArray());
    assertEquals(5000, rig.run(rig.files("out.csv", "disguised.csv")).rowsIn());
    assertEquals(expected, rig.read("out.csv"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "ZSTD"})
  void a_compressed_file_that_is_cut_off_is_an_error_and_not_a_shorter_file(Compression way)
      throws IOException {
    byte[] whole = compressed(csv, way);
    for (int length : new int[] {whole.length - 1, whole.length / 2, 30}) {
      rig.write("cut.csv", java.util.Arrays.copyOf(whole, length));
      String problems = rig.fails(FailureKind.INPUT, rig.files("out.csv", "cut.csv"));
      assertTrue(problems.startsWith("cannot read the input: "), problems);
      assertFalse(rig.exists("out.csv"));
    }
  }

  @Test
  void large_compressed_files_keep_order_lines_and_rejects() throws IOException {
    StringBuilder rows = new StringBuilder("x0,x1\n");
    for (int r = 0; r < 400_000; r++) {
      rows.append(r == 300_001 ? "bad" : r).append(",\"1\"\n");
    }
    rig.write("plain.csv", rows.toString());
    rig.write("big.csv.gz", compressed(rows.toString(), Compression.GZIP));
    for (String input : List.of("plain.csv", "big.csv.gz")) {
      rig.rangeBytes = 0;
      rig.run(
          rig.yaml(
                  "model: m@prod",
                  "source: {type: ReadFromCsv, config: {path: " + input + "}}",
                  "sink: {type: WriteToCsv, config: {path: " + input + ".out}}",
                  "dead_letter: {type: WriteToCsv, config: {path: " + input + ".dead}}")
              .withOverwrite(true));
    }
    assertEquals(rig.read("plain.csv.out"), rig.read("big.csv.gz.out"));
    assertEquals(
        rig.read("plain.csv.dead"), rig.read("big.csv.gz.dead").replace("big.csv.gz", "plain.csv"));
    assertTrue(rig.read("plain.csv.dead").contains("plain.csv,300003,"));
  }

  @Test
  void a_run_without_a_profile_writes_the_same_and_counts_nothing() {
    ScoreSummary summary =
        rig.run(
            rig.yaml(
                "model: m@prod",
                "profile: false",
                "source: {type: ReadFromCsv, config: {path: in.csv}}",
                "sink: {type: WriteToCsv, config: {path: out.csv}}"));
    assertEquals(expected, rig.read("out.csv"));
    assertEquals(0, summary.profile().rows());
  }
}
