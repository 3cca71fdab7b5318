package dev.mlctl.data;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CSV (RFC 4180) in batches, keeping only the wanted columns.
 *
 * <p>Lines end with LF or CRLF; a UTF-8 byte order mark at the start is passed over; blank lines
 * and, if the options say so, comments are not rows, but lines. A field that starts with a quote
 * runs to its closing quote, over line ends too; a quote inside an unquoted field stands for
 * itself. A row with another number of fields than there are columns, with text after a closing
 * quote, or with invalid UTF-8 is rejected. A quote that is never closed makes the file unusable:
 * where its rows end cannot be known.
 */
public final class CsvReader extends TextReader {
  private final char delimiter;
  private final char quote;
  private final char comment;
  private List<String> header;
  private int[] slots;

  private CsvReader(InputStream in, CsvOptions options, String source, TextRange range) {
    super(in, source, range);
    this.delimiter = options.delimiter();
    this.quote = options.quote();
    this.comment = options.comment();
  }

  /**
   * A reader of a whole file.
   *
   * @param source the file's name for messages
   * @param wanted the columns to keep, each once, in the order the batch shall have them; null for
   *     all
   * @throws Failure of kind INPUT when the file is empty or a wanted column is missing
   */
  public static CsvReader file(
      InputStream in, CsvOptions options, String source, List<String> wanted) throws IOException {
    CsvReader reader = new CsvReader(in, options, source, TextRange.ALL);
    CsvHeader parsed = reader.readHeader(options);
    reader.keep(parsed.names(), wanted == null ? parsed.names() : wanted);
    return reader;
  }

  /**
   * A reader of a range of a file.
   *
   * @param in the file's bytes from the range's start on
   * @param header the names of the file's columns
   */
  public static CsvReader part(
      InputStream in,
      CsvOptions options,
      String source,
      List<String> header,
      List<String> wanted,
      TextRange range) {
    CsvReader reader = new CsvReader(in, options, source, range);
    reader.keep(header, wanted);
    return reader;
  }

  /** The names of all columns, in file order. */
  public List<String> header() {
    return header;
  }

  private CsvHeader readHeader(CsvOptions options) throws IOException {
    while (true) {
      fill();
      byte[] seen = Arrays.copyOfRange(buffer(), position(), limit());
      CsvHeader parsed = CsvHeader.parse(seen, ended(), options, source());
      if (parsed != null) {
        moveTo(position() + parsed.bytes(), parsed.lines() + 1);
        return parsed;
      }
    }
  }

  private void keep(List<String> names, List<String> wanted) {
    CsvHeader.requireColumns(names, wanted, source());
    requireDistinct(wanted);
    header = List.copyOf(names);
    slots = new int[names.size()];
    Arrays.fill(slots, -1);
    Map<String, Integer> positions = new HashMap<>();
    for (int c = 0; c < slots.length; c++) {
      positions.put(names.get(c), c);
    }
    for (int w = 0; w < wanted.size(); w++) {
      slots[positions.get(wanted.get(w))] = w;
    }
    start(TextFormat.CSV, quote, wanted.size());
  }

  @Override
  int record(int start) {
    byte[] bytes = buffer();
    if (bytes[start] == comment) {
      return passOver(start);
    }
    RowBatch batch = batch();
    int row = batch.rows();
    int limit = limit();
    char delimiter = this.delimiter;
    char quote = this.quote;
    int[] slots = this.slots;
    int p = start;
    int field = 0;
    int high = 0;
    int newlines = 0;
    boolean strayText = false;
    while (true) {
      int fieldStart = p;
      byte b;
      if (bytes[p] == quote) {
        int closed = closingQuote(p);
        if (closed == INCOMPLETE) {
          return unclosed(line() + newlines);
        }
        for (int i = p; i < closed; i++) {
          high |= bytes[i];
          newlines += bytes[i] == '\n' ? 1 : 0;
        }
        p = closed;
        strayText |= bytes[p] != delimiter && bytes[p] != '\n' && !isCrLf(bytes, p);
      }
      while ((b = bytes[p]) != delimiter && b != '\n') {
        high |= b;
        p++;
      }
      if (p == limit && !ended()) {
        return INCOMPLETE;
      }
      boolean last = b == '\n';
      int fieldEnd = last && p > fieldStart && bytes[p - 1] == '\r' ? p - 1 : p;
      if (field < slots.length && slots[field] >= 0) {
        batch.starts(slots[field])[row] = fieldStart;
        batch.ends(slots[field])[row] = fieldEnd;
      }
      field++;
      if (last) {
        finish(start, fieldEnd, field, newlines, high < 0, strayText);
        return Math.min(p + 1, limit);
      }
      p++;
    }
  }

  private int passOver(int start) {
    byte[] bytes = buffer();
    int p = start;
    while (bytes[p] != '\n') {
      p++;
    }
    if (p == limit() && !ended()) {
      return INCOMPLETE;
    }
    line(line() + 1);
    return Math.min(p + 1, limit());
  }

  private static boolean isCrLf(byte[] bytes, int p) {
    return bytes[p] == '\r' && bytes[p + 1] == '\n';
  }

  /** One past the quote that closes the field starting at {@code open}, or INCOMPLETE. */
  private int closingQuote(int open) {
    byte[] bytes = buffer();
    int end = limit();
    int p = open + 1;
    while (true) {
      while (p < end && bytes[p] != quote) {
        p++;
      }
      if (p == end || (p + 1 == end && !ended())) {
        return INCOMPLETE;
      }
      if (p + 1 < end && bytes[p + 1] == quote) {
        p += 2;
      } else {
        return p + 1;
      }
    }
  }

  private int unclosed(long openLine) {
    if (!ended()) {
      return INCOMPLETE;
    }
    throw Failure.of(FailureKind.INPUT, "a quote is opened here and never closed")
        .at(place(openLine))
        .hint("close the quote, or double it if it stands for itself inside a quoted field");
  }

  private void finish(
      int start, int end, int fields, int newlines, boolean notAscii, boolean strayText) {
    RowBatch batch = batch();
    if (fields == 1 && end == start) {
      line(line() + 1);
      return;
    }
    int row = batch.rows();
    boolean ragged = fields != slots.length;
    if (ragged) {
      batch.clearFields(start);
    }
    batch.endRow(start, end, line());
    if (notAscii && !Utf8.isValid(buffer(), start, end)) {
      batch.reject(row, "invalid UTF-8");
    } else if (strayText) {
      batch.reject(row, "text after a closing quote");
    } else if (ragged) {
      batch.reject(row, "expected " + slots.length + " fields, found " + fields);
    }
    line(line() + newlines + 1);
  }
}
