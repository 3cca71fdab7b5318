package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.mlctl.data.Streams.Row;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
  private static final int MIB = 1 << 20;

  @Test
  void reads_what_another_csv_library_reads() throws IOException {
    Random random = new Random(42);
    for (int file = 0; file < 100; file++) {
      int columns = 1 + random.nextInt(6);
      String text = randomCsv(random, columns, 200);
      List<List<String>> expected = new ArrayList<>();
      try (var other =
          de.siegmar.fastcsv.reader.CsvReader.builder().skipEmptyLines(true).ofCsvRecord(text)) {
        for (CsvRecord csvRecord : other) {
          expected.add(csvRecord.getFields());
        }
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int most = 1 + random.nextInt(5000);
      CsvReader reader =
          CsvReader.file(
              Streams.dribbling(bytes, most, random), CsvOptions.DEFAULT, "random.csv", null);
      assertEquals(expected.remove(0), reader.header());
      assertEquals(expected, Streams.rows(reader).stream().map(Row::fields).toList());
    }
  }

  /** Valid records with every kind of field; no CR outside quotes, which libraries treat apart. */
  private static String randomCsv(Random random, int columns, int rows) {
    StringBuilder text = new StringBuilder();
    for (int c = 0; c < columns; c++) {
      text.append(c == 0 ? "" : ",").append(random.nextBoolean() ? "c" + c : "\"c," + c + "\"");
    }
    for (int r = 0; r < rows; r++) {
      text.append(random.nextBoolean() ? "\n" : "\r\n");
      for (int c = 0; c < columns; c++) {
        text.append(c == 0 ? "" : ",").append(randomField(random));
      }
    }
    return text.append(random.nextBoolean() ? "\n" : "").toString();
  }

  private static String randomField(Random random) {
    String[] plain = {"", "a", "é", "😀", " ", "\t", "12.5", "x y", "\0", "'"};
    String[] quoted = {",", "\n", "\r\n", "\r", "\"\"", "a", "€", "", " "};
    boolean quote = random.nextInt(3) == 0;
    String[] pieces = quote ? quoted : plain;
    StringBuilder field = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      field.append(pieces[random.nextInt(pieces.length)]);
    }
    return quote ? "\"" + field + "\"" : field.toString();
  }

  @Test
  void reads_the_same_rows_from_any_record_on() throws IOException {
    String text = randomCsv(new Random(7), 3, 60);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CsvHeader header = CsvHeader.parse(bytes, true, CsvOptions.DEFAULT, "f.csv");
    RowBatch batch = file(text).next();
    List<Row> all = Streams.rows(file(text));
    assertEquals(60, all.size());
    assertEquals(60, batch.rows());
    for (int r = 0; r < batch.rows(); r++) {
      int start = header.bytes() + batch.recordStart(r) - batch.recordStart(0);
      InputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
      CsvReader part =
          CsvReader.part(
              in,
              CsvOptions.DEFAULT,
              "f.csv",
              header.names(),
              header.names(),
              new TextRange(start, Long.MAX_VALUE, batch.line(r)));
      assertEquals(all.subList(r, all.size()), Streams.rows(part));
    }
  }

  @Test
  void reads_rows_across_the_edges_of_its_buffer() throws IOException {
    StringBuilder text = new StringBuilder("n,quoted,tail\n");
    int rows = 120_000;
    for (int i = 0; i < rows; i++) {
      text.append(i).append(",\"q\n\"\"").append(i).append("\",").append("t".repeat(i % 17));
      text.append("\r\n");
    }
    assertTrue(text.length() > 2 * MIB);
    List<Row> read = Streams.rows(file(text.toString()));
    assertEquals(rows, read.size());
    for (int i = 0; i < rows; i++) {
      List<String> fields = List.of("" + i, "q\n\"" + i, "t".repeat(i % 17));
      assertEquals(new Row(2 + 2L * i, fields, ""), read.get(i));
    }
  }

  @Test
  void reads_a_record_longer_than_its_buffer() throws IOException {
    String longField = "x".repeat(3 * MIB);
    List<Row> read = Streams.rows(file("a,b\n1,2\n\"" + longField + "\",2\n3,4\n"));
    assertEquals(3, read.size());
    assertEquals(longField, read.get(1).fields().get(0));
    assertEquals(new Row(4, List.of("3", "4"), ""), read.get(2));
  }

  @Test
  void reads_a_header_longer_than_its_buffer() throws IOException {
    String longName = "x".repeat(2 * MIB);
    CsvReader reader = file(longName + ",b\n1,2\n");
    assertEquals(List.of(longName, "b"), reader.header());
    assertEquals(List.of(new Row(2, List.of("1", "2"), "")), Streams.rows(reader));
  }

  @Test
  void refuses_a_record_longer_than_16_mib() {
    String text = "a,b\n1,2\n3,\"" + "\n".repeat(17 * MIB);
    Failure failure = assertThrows(Failure.class, () -> Streams.rows(file(text)));
    assertEquals(FailureKind.INPUT, failure.kind());
    assertEquals("a record is longer than 16 MiB", failure.getMessage());
    assertEquals("f.csv:3", failure.problems().get(0).at());
  }

  @Test
  void reads_thousands_of_columns() throws IOException {
    int columns = 5000;
    List<String> names = IntStream.range(0, columns).mapToObj(c -> "c" + c).toList();
    StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
    for (int r = 0; r < 300; r++) {
      int row = r;
      text.append(
              String.join(",", IntStream.range(0, columns).mapToObj(c -> row + "." + c).toList()))
          .append('\n');
    }
    List<Row> read = Streams.rows(file(text.toString()));
    assertEquals(300, read.size());
    for (int r = 0; r < 300; r++) {
      assertEquals(r + ".4999", read.get(r).fields().get(4999));
      assertEquals(2 + r, read.get(r).line());
    }
  }

  @Test
  void keeps_the_whole_record_of_a_rejected_row() throws IOException {
    RowBatch batch = file("a,b\n1,2\n3,\"x\ny\",z\r\n").next();
    assertEquals(1, batch.rejected());
    assertEquals(
        new FailedRow("f.csv", 3, "expected 2 fields, found 3", "3,\"x\ny\",z"),
        batch.failedRow(1));
  }

  @Test
  void refuses_a_column_that_is_wanted_twice() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            CsvReader.file(
                Streams.of("a,b\n"), CsvOptions.DEFAULT, "f.csv", List.of("a", "b", "a")));
  }

  @Test
  void refuses_delimiters_that_mean_something_else() {
    for (char c : new char[] {'"', '\n', '\r', '\u00e9', '.', '-', '5'}) {
      assertThrows(IllegalArgumentException.class, () -> CsvOptions.delimited(c));
    }
  }

  private static CsvReader file(String text) throws IOException {
    return CsvReader.file(Streams.of(text), CsvOptions.DEFAULT, "f.csv", null);
  }
}
