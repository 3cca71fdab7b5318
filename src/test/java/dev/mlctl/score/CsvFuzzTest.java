package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.Streams;
import dev.mlctl.data.Streams.Row;
import dev.mlctl.error.Failure;
import dev.mlctl.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Random CSV, sound and damaged: read whole and in parts it gives the rows, fields, lines and
 * rejects that {@link PlainCsv} gives, and FastCSV agrees where both know what is meant.
 */
final class CsvFuzzTest {
  private static final int CASES = 20_000;
  private static final String[] PIECES = {
    "", "a", "b", "1.5", "é", "😀", " ", "\t", "\0", "'", "\"", "#", ",", ";", "\\", "x y"
  };
  private static final String[] QUOTED_PIECES = {"\n", "\r\n", "\r", "\n\n", ",", "#", "\n#", "a"};

  private int readable;
  private int rejected;
  private int compared;
  private int repaired;

  @Test
  void reads_what_the_plain_reader_and_another_library_read() throws Exception {
    Fuzz.run(CASES, this::check);
    if (Long.getLong("mlctl.fuzz.seed") == null) {
      String counts = readable + " " + rejected + " " + compared + " " + repaired;
      assertTrue(readable > CASES / 2 && readable < CASES, counts);
      assertTrue(rejected > CASES / 2 && compared > CASES / 4 && repaired > CASES / 4, counts);
    }
  }

  private void check(Random random) throws IOException {
    CsvOptions options = options(random);
    byte[] file = file(options, random);
    if (random.nextInt(3) > 0) {
      file = Fuzz.damaged(file, "\"'\n\r,;#|\t ax\0\u00FF\u00C3\u00EF", random);
    }
    byte[] bytes = file;
    Supplier<String> shown = () -> options + " " + Fuzz.shown(bytes);
    PlainCsv plain = new PlainCsv(file, options);
    List<Row> expected;
    try {
      expected = plain.rows();
    } catch (PlainCsv.Unreadable e) {
      refuses(file, options, e.getMessage(), shown);
      return;
    }
    readable++;
    rejected += (int) expected.stream().filter(row -> !row.reason().isEmpty()).count();
    Parts parts = new Parts(file, options, null, "f.csv");
    assertEquals(expected, parts.read(Long.MAX_VALUE), shown);
    for (int i = 0; i < 2; i++) {
      int size = 1 + random.nextInt(file.length + 1);
      assertEquals(expected, parts.read(size), () -> "in parts of " + size + ": " + shown.get());
    }
    repaired += parts.repaired;
    if (random.nextInt(100) == 0) {
      CsvReader reader = CsvReader.file(new ByteArrayInputStream(file), options, "f.csv", null);
      assertEquals(plain.header(), reader.header(), shown);
      assertEquals(expected, Streams.rows(reader), shown);
    }
    compare(file, options, expected, plain.firstStray, shown);
  }

  private static void refuses(
      byte[] file, CsvOptions options, String message, Supplier<String> shown) {
    for (long size : new long[] {Long.MAX_VALUE, 1 + file.length / 3, 7}) {
      Failure failure =
          assertThrows(
              Failure.class, () -> new Parts(file, options, null, "f.csv").read(size), shown);
      Problem first = failure.problems().get(0);
      String given = first.message() + " at " + first.at();
      assertTrue(
          given.endsWith(message.replace(":0", "")),
          () -> message + ", not " + given + " " + shown.get());
    }
  }

  private static CsvOptions options(Random random) {
    char delimiter = ",,,,;\t| ".charAt(random.nextInt(8));
    char quote = "\"\"\"\"'\uFFFF".charAt(random.nextInt(6));
    char comment = "\uFFFF\uFFFF##'".charAt(random.nextInt(5));
    boolean header = random.nextInt(4) > 0;
    List<String> columns = new ArrayList<>();
    for (int c = random.nextInt(4); c >= 0 && !header; c--) {
      columns.add("c" + c);
    }
    return new CsvOptions(delimiter, quote, comment == quote ? CsvOptions.NONE : comment, columns);
  }

  /** A sound file, but for rows that are sometimes ragged. */
  private static byte[] file(CsvOptions options, Random random) {
    int columns = options.hasHeader() ? 1 + random.nextInt(4) : options.columns().size();
    StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "\uFEFF" : "");
    if (options.hasHeader()) {
      for (int c = 0; c < columns; c++) {
        text.append(c == 0 ? "" : options.delimiter()).append("name").append(c);
      }
      text.append(lineEnd(random));
    }
    int rows = random.nextInt(12);
    for (int r = 0; r < rows; r++) {
      if (random.nextInt(8) == 0) {
        comment(options, random, text);
      }
      int fields = Math.max(1, columns + (random.nextInt(12) == 0 ? random.nextInt(3) - 1 : 0));
      for (int c = 0; c < fields; c++) {
        text.append(c == 0 ? "" : options.delimiter());
        field(options, random, text);
      }
      text.append(r + 1 < rows || random.nextBoolean() ? lineEnd(random) : "");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String lineEnd(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> "\r\n";
      case 3 -> "\n\n";
      case 4 -> "\r\n\r\n";
      default -> "\n";
    };
  }

  private static void comment(CsvOptions options, Random random, StringBuilder text) {
    if (options.comment() != CsvOptions.NONE) {
      text.append(options.comment());
      for (int i = random.nextInt(5); i > 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      text.append('\n');
    }
  }

  private static void field(CsvOptions options, Random random, StringBuilder text) {
    boolean quoted = options.quote() != CsvOptions.NONE && random.nextInt(3) == 0;
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String[] pieces = quoted && random.nextBoolean() ? QUOTED_PIECES : PIECES;
      value.append(pieces[random.nextInt(pieces.length)]);
    }
    if (quoted) {
      String quote = String.valueOf(options.quote());
      text.append(quote).append(value.toString().replace(quote, quote + quote)).append(quote);
    } else {
      String delimiter = String.valueOf(options.delimiter());
      text.append(value.toString().replace(delimiter, "").replace("\n", ""));
    }
  }

  /**
   * Holds the rows against FastCSV's, up to the first with text after a closing quote, where it
   * stops. It ends lines at CR alone, which mlctl does not, so files with one are left out.
   */
  private void compare(
      byte[] file, CsvOptions options, List<Row> rows, int firstStray, Supplier<String> shown) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    if (text.replace("\r\n", "").contains("\r")) {
      return;
    }
    compared++;
    List<CsvRecord> records = new ArrayList<>();
    boolean stopped = false;
    try {
      fastCsv(options).ofCsvRecord(body(text)).forEach(records::add);
    } catch (CsvParseException e) {
      stopped = true;
    }
    records = records.subList(options.hasHeader() ? 1 : 0, records.size());
    assertEquals(firstStray >= 0, stopped, shown);
    assertEquals(stopped ? firstStray : rows.size(), records.size(), shown);
    for (int r = 0; r < records.size(); r++) {
      Row row = rows.get(r);
      CsvRecord record = records.get(r);
      assertEquals(row.line(), record.getStartingLineNumber(), shown);
      List<String> fields = record.getFields().stream().map(CsvFuzzTest::utf8).toList();
      if (row.reason().isEmpty()) {
        assertEquals(row.fields(), fields, shown);
      } else if (row.reason().startsWith("expected ")) {
        assertTrue(row.reason().endsWith(" found " + fields.size()), shown);
      }
    }
  }

  private static String body(String text) {
    return text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @SuppressWarnings("removal") // FastCSV's other way says less about the two kinds of wrong rows
  private static de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder fastCsv(CsvOptions options) {
    boolean comments = options.comment() != CsvOptions.NONE;
    return de.siegmar.fastcsv.reader.CsvReader.builder()
        .fieldSeparator(options.delimiter())
        .quoteCharacter(options.quote())
        .commentStrategy(comments ? CommentStrategy.SKIP : CommentStrategy.NONE)
        .commentCharacter(comments ? options.comment() : '\uFFFE')
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(false)
        .allowUnclosedQuote(false);
  }
}
