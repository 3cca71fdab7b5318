package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both text readers, case by case, as the files of cases have it. */
class TextCaseTest {
  private static final int MIB = 1 << 20;

  static Stream<TextCase> csv() {
    return TextCase.read(
        "csv/lines.txt",
        "csv/quotes.txt",
        "csv/header.txt",
        "csv/encoding.txt",
        "csv/options.txt",
        "csv/limits.txt");
  }

  static Stream<TextCase> json() {
    return TextCase.read("json/lines.txt");
  }

  @ParameterizedTest
  @MethodSource("csv")
  void reads_csv_as_written(TextCase expected) throws IOException {
    reads(expected, "f.csv");
  }

  @ParameterizedTest
  @MethodSource("json")
  void reads_json_lines_as_written(TextCase expected) throws IOException {
    reads(expected, "f.jsonl");
  }

  /** However few bytes a read gives. */
  private static void reads(TextCase expected, String source) throws IOException {
    boolean small = expected.input().length < 10_000;
    for (int most : small ? new int[] {1, 3, MIB} : new int[] {50_000, 20 * MIB}) {
      InputStream in = Streams.dribbling(expected.input(), most, new Random(most));
      if (expected.problems().isEmpty()) {
        reads(expected, source, in);
      } else {
        Failure failure = assertThrows(Failure.class, () -> reads(expected, source, in));
        assertEquals(FailureKind.INPUT, failure.kind());
        assertEquals(
            expected.problems(),
            failure.problems().stream().map(p -> p.message() + " at " + p.at()).toList());
      }
    }
  }

  private static void reads(TextCase expected, String source, InputStream in) throws IOException {
    if (source.endsWith("csv")) {
      CsvReader reader = CsvReader.file(in, expected.options(), source, expected.wanted());
      if (expected.header() != null) {
        assertEquals(expected.header(), reader.header());
      }
      assertEquals(expected.rows(), Streams.rows(reader));
    } else {
      List<String> wanted = expected.wanted();
      TextReader reader = JsonLinesReader.of(in, source, wanted, TextRange.ALL);
      assertEquals(expected.rows(), Streams.rows(reader));
    }
  }
}
