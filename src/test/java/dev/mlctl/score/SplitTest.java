package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.CsvHeader;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.RowDigest;
import dev.mlctl.data.Streams.Row;
import dev.mlctl.data.TextCase;
import dev.mlctl.error.Failure;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text files cut into parts of every size: the same rows on the same lines in the same order. */
final class SplitTest {
  private static final int SMALL = 3000;
  private static final CsvOptions COMMENTS = new CsvOptions(',', '"', '#', List.of());

  @TempDir Path folder;

  static Stream<TextCase> csv_cases() {
    return TextCase.read(
            "csv/lines.txt",
            "csv/quotes.txt",
            "csv/header.txt",
            "csv/encoding.txt",
            "csv/options.txt")
        .filter(SplitTest::hasAHeader);
  }

  /** Without one there is nothing to cut. */
  private static boolean hasAHeader(TextCase one) {
    try {
      CsvHeader.parse(one.input(), true, one.options(), "f.csv");
    } catch (Failure e) {
      return false;
    }
    return one.problems().stream().noneMatch(problem -> problem.contains("is missing"));
  }

  static Stream<TextCase> json_cases() {
    return TextCase.read("json/lines.txt").filter(one -> one.input().length < SMALL);
  }

  @ParameterizedTest
  @MethodSource("csv_cases")
  void every_csv_case_reads_the_same_in_parts_of_every_size(TextCase one) throws IOException {
    readsTheSame(one, new Parts(one.input(), one.options(), one.wanted(), "f.csv"));
  }

  @ParameterizedTest
  @MethodSource("json_cases")
  void every_json_case_reads_the_same_in_parts_of_every_size(TextCase one) throws IOException {
    readsTheSame(one, new Parts(one.input(), null, one.wanted(), "f.jsonl"));
  }

  private static void readsTheSame(TextCase one, Parts parts) throws IOException {
    for (int size = 1; size <= one.input().length + 1; size++) {
      int of = size;
      if (one.problems().isEmpty()) {
        assertEquals(one.rows(), parts.read(size), () -> "in parts of " + of + " bytes");
      } else {
        Failure failure = assertThrows(Failure.class, () -> parts.read(of));
        assertEquals(
            one.problems(),
            failure.problems().stream().map(p -> p.message() + " at " + p.at()).toList(),
            () -> "in parts of " + of + " bytes");
      }
    }
  }

  /** Files in which a look at a few records does not tell where one starts. */
  static Stream<Arguments> files_that_fool_the_guess() {
    String rows = "1,2\n".repeat(20);
    return Stream.of(
        Arguments.of("rows inside a quoted field", csv("a,b\n5,6\n\"" + rows + "\",7\n8,9\n", 5)),
        Arguments.of("one column of quotes and line ends", csv("a\n" + quotesAndLineEnds(), 1)),
        Arguments.of("delimiters and line ends in quotes", csv("a,b\n\",\n\",\",\n\"\n", 30)),
        Arguments.of("a quoted field longer than the first look", csv(longField("1,2\n"), 1)),
        Arguments.of("comments that look like rows", csv("a,b\n" + comments(), 1)));
  }

  private static byte[] csv(String text, int times) {
    int header = text.indexOf('\n') + 1;
    String rows = text.substring(header).repeat(times);
    return (text.substring(0, header) + rows).getBytes(StandardCharsets.UTF_8);
  }

  private static String quotesAndLineEnds() {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < 60; row++) {
      text.append('"');
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(random.nextBoolean() ? "\n" : "\"\"");
      }
      text.append("\"\n");
    }
    return text.toString();
  }

  private static String longField(String piece) {
    return "a,b\n1,2\n\"" + piece.repeat(9000) + "\",3\n4,5\n\"" + piece.repeat(7000) + "\",6\n";
  }

  private static String longLine() {
    return "a,b\n1,2\n" + "x".repeat(40_000) + ",3\n4,5\n" + "y \" ".repeat(20_000) + ",6\n7\n";
  }

  private static String comments() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("#\"").append(i).append("\",\"x\n").append(i).append(",\"#\n# ").append(i);
      text.append("\n\"\n\n");
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files_that_fool_the_guess")
  void a_wrong_guess_changes_nothing(String name, byte[] bytes) throws IOException {
    CsvOptions options = name.startsWith("comments") ? COMMENTS : CsvOptions.DEFAULT;
    Parts parts = new Parts(bytes, options, null, "f.csv");
    List<Row> whole = parts.read(Long.MAX_VALUE);
    assertEquals(0, parts.repaired);
    assertTrue(whole.size() > 3);
    boolean small = bytes.length < SMALL;
    int step = small ? 1 : 997;
    for (int size = small ? 1 : 300; size < bytes.length; size += step) {
      int of = size;
      assertEquals(whole, parts.read(size), () -> "in parts of " + of + " bytes");
    }
    assertTrue(parts.repaired > 0, "no guess was wrong");
  }

  @Test
  void fields_longer_than_the_first_look_do_no_harm() throws IOException {
    for (String text : List.of(longField("text, "), longLine())) {
      Parts parts = new Parts(csv(text, 1), CsvOptions.DEFAULT, null, "f.csv");
      List<Row> whole = parts.read(Long.MAX_VALUE);
      for (int size : new int[] {1000, 4096, 16_383, 16_384, 16_385, 50_000}) {
        assertEquals(whole, parts.read(size), () -> "in parts of " + size + " bytes");
      }
    }
  }

  @Test
  void wrong_guesses_happen_and_are_repaired() throws IOException {
    String rows = "1,2\n".repeat(30);
    byte[] bytes = csv("a,b\n5,6\n\"" + rows + "\",7\n8\n", 1);
    Parts parts = new Parts(bytes, CsvOptions.DEFAULT, null, "f.csv");
    assertEquals(
        List.of(
            new Row(2, List.of("5", "6"), ""),
            new Row(3, List.of(rows, "7"), ""),
            new Row(34, List.of(), "expected 2 fields, found 1")),
        parts.read(50));
    assertEquals(2, parts.repaired, "parts of 50 bytes that start inside the quoted field");
  }

  @Test
  void a_wrong_guess_is_repaired_on_the_way_through_the_pipeline() {
    ScoreRig rig = new ScoreRig(folder, Bundles.linear(1));
    String rows = "1,2\n3,\"\"4\n".repeat(30);
    StringBuilder csv = new StringBuilder("x0,t\n");
    for (int i = 0; i < 8; i++) {
      csv.append(i).append(",\"").append(rows).append("\"\nbad\n,\n\n");
    }
    rig.write("in.csv", csv.toString());
    ScoreSpec spec =
        rig.yaml(
                "model: m@prod",
                "source: {type: ReadFromCsv, config: {path: in.csv}}",
                "sink: {type: WriteToCsv, config: {path: out.csv}}",
                "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}")
            .withOverwrite(true);
    RowDigest digest = rig.run(spec).rowsDigest();
    String out = rig.read("out.csv");
    String dead = rig.read("dead.jsonl");
    for (long size : new long[] {61, 200, 256, 333, 1000}) {
      rig.rangeBytes = size;
      assertEquals(digest, rig.run(spec).rowsDigest(), "in parts of " + size + " bytes");
      assertEquals(out, rig.read("out.csv"), "in parts of " + size + " bytes");
      assertEquals(dead, rig.read("dead.jsonl"), "in parts of " + size + " bytes");
    }
  }
}
