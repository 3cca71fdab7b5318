package dev.mlctl.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON lines (one RFC 8259 object a line) in batches, keeping only the wanted members.
 *
 * <p>Blank lines are not rows. A line that is not exactly one object, repeats a wanted member or
 * holds invalid UTF-8 is rejected; members nobody wants are allowed. A member that is absent or
 * null is an empty field. Since a JSON text cannot hold a raw line end, one bad line never spoils
 * the next.
 */
public final class JsonLinesReader extends TextReader {
  private final Dictionary columns;

  private JsonLinesReader(InputStream in, String source, List<String> wanted, TextRange range) {
    super(in, source, range);
    requireDistinct(wanted);
    columns = new Dictionary(wanted);
    start(TextFormat.JSON_LINES, '"', wanted.size());
  }

  /**
   * A reader of a file, or of a range of one.
   *
   * @param source the file's name for messages
   * @param wanted the members to keep, each once, in the order the batch shall have them
   * @param in the file's bytes from the range's start on
   */
  public static JsonLinesReader of(
      InputStream in, String source, List<String> wanted, TextRange range) {
    return new JsonLinesReader(in, source, wanted, range);
  }

  /**
   * The member names of the first object in the stream, in order; empty when there is none.
   *
   * @throws IOException when the stream fails
   */
  public static List<String> members(InputStream in) throws IOException {
    JsonLinesReader reader = new JsonLinesReader(in, "", List.of(), TextRange.ALL);
    RowBatch batch = reader.next();
    if (batch == null || batch.isRejected(0)) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    JsonScanner scanner = new JsonScanner(batch.bytes(), batch.recordStart(0), batch.recordEnd(0));
    scanner.object(
        (keyStart, keyEnd, start, end) ->
            found.add(RawField.text(TextFormat.JSON_LINES, '"', batch.bytes(), keyStart, keyEnd)));
    return found;
  }

  @Override
  int record(int start) {
    byte[] bytes = buffer();
    int p = start;
    int high = 0;
    while (bytes[p] != '\n') {
      high |= bytes[p++];
    }
    if (p == limit() && !ended()) {
      return INCOMPLETE;
    }
    int end = p > start && bytes[p - 1] == '\r' ? p - 1 : p;
    int first = start;
    if (isFileStart(start) && end - start >= 3 && hasByteOrderMark(bytes, start)) {
      first += 3;
    }
    if (!isBlank(bytes, first, end)) {
      object(first, end, high < 0);
    }
    line(line() + 1);
    return Math.min(p + 1, limit());
  }

  private static boolean hasByteOrderMark(byte[] b, int at) {
    return b[at] == (byte) 0xEF && b[at + 1] == (byte) 0xBB && b[at + 2] == (byte) 0xBF;
  }

  private static boolean isBlank(byte[] bytes, int start, int end) {
    for (int p = start; p < end; p++) {
      if (bytes[p] != ' ' && bytes[p] != '\t') {
        return false;
      }
    }
    return true;
  }

  private void object(int start, int end, boolean notAscii) {
    RowBatch batch = batch();
    int row = batch.rows();
    batch.clearFields(start);
    JsonScanner scanner = new JsonScanner(buffer(), start, end);
    boolean[] repeated = new boolean[1];
    String fault =
        scanner.object(
            (keyStart, keyEnd, valueStart, valueEnd) -> {
              int column = column(keyStart, keyEnd);
              if (column >= 0) {
                repeated[0] |= batch.starts(column)[row] != start;
                boolean isNull = buffer()[valueStart] == 'n';
                batch.starts(column)[row] = valueStart;
                batch.ends(column)[row] = isNull ? valueStart : valueEnd;
              }
            });
    batch.endRow(start, end, line());
    if (notAscii && !Utf8.isValid(buffer(), start, end)) {
      batch.reject(row, "invalid UTF-8");
    } else if (fault != null) {
      batch.reject(row, fault);
    } else if (repeated[0]) {
      batch.reject(row, "a member is there twice");
    }
  }

  /** The column of a raw key, or a negative number when nobody wants it. */
  private int column(int keyStart, int keyEnd) {
    byte[] bytes = buffer();
    for (int p = keyStart; p < keyEnd; p++) {
      if (bytes[p] == '\\') {
        byte[] name =
            RawField.text(TextFormat.JSON_LINES, '"', bytes, keyStart, keyEnd)
                .getBytes(StandardCharsets.UTF_8);
        return columns.code(name, 0, name.length);
      }
    }
    return columns.code(bytes, keyStart + 1, keyEnd - 1);
  }
}
