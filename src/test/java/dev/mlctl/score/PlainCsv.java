package dev.mlctl.score;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.Streams.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CSV as mlctl means it, read in the plainest way: a text, a position, a substring for each field.
 * What the fuzz test holds the real reader to. A character is a byte here.
 */
final class PlainCsv {
  /** The file cannot be read; the message says why and where. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message, long line) {
      super(message + " at f.csv:" + line);
    }
  }

  private record Field(String value, boolean stray, boolean quoted, int lineEnds) {}

  /** The index of the first row with text after a closing quote, or −1. */
  int firstStray = -1;

  private final String text;
  private final CsvOptions options;
  private List<String> header;
  private int at;
  private long line = 1;

  PlainCsv(byte[] bytes, CsvOptions options) {
    this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    this.options = options;
  }

  /** The names of the columns, once the rows were read. */
  List<String> header() {
    return header;
  }

  List<Row> rows() throws Unreadable {
    at = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    header = options.hasHeader() ? null : options.columns();
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      if (blankOrComment()) {
        at = lineEnd() + 1;
        line++;
      } else if (header == null) {
        header = names();
      } else {
        rows.add(row(rows.size()));
      }
    }
    if (header == null) {
      throw new Unreadable("the file is empty: expected a header line", 0);
    }
    return rows;
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private boolean blankOrComment() {
    String rest = text.substring(at, lineEnd());
    return rest.isEmpty() || rest.equals("\r") || rest.charAt(0) == options.comment();
  }

  private List<String> names() throws Unreadable {
    long first = line;
    List<String> names = new ArrayList<>();
    List<Field> fields;
    try {
      fields = fields();
    } catch (Unreadable e) {
      fields = List.of();
    }
    for (Field field : fields) {
      if (!isUtf8(field.value)) {
        throw new Unreadable("the header is not UTF-8", first);
      } else if (field.stray) {
        throw new Unreadable("a quote in the header is not closed, or text follows it", first);
      } else if (!field.quoted && field.value.contains("\r")) {
        throw new Unreadable("a carriage return in the header ends no line", first);
      }
      names.add(utf8(field.value));
    }
    if (fields.isEmpty()) {
      throw new Unreadable("", first); // one of several things is said, by what comes first
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.indexOf(names.get(i)) < i) {
        throw new Unreadable("column \"" + names.get(i) + "\" is there twice", first);
      }
    }
    return names;
  }

  private Row row(int index) throws Unreadable {
    long first = line;
    int start = at;
    List<Field> fields = fields();
    boolean stray = fields.stream().anyMatch(Field::stray);
    firstStray = stray && firstStray < 0 ? index : firstStray;
    if (!isUtf8(text.substring(start, at))) {
      return new Row(first, List.of(), "invalid UTF-8");
    } else if (stray) {
      return new Row(first, List.of(), "text after a closing quote");
    } else if (fields.size() != header.size()) {
      String reason = "expected " + header.size() + " fields, found " + fields.size();
      return new Row(first, List.of(), reason);
    }
    return new Row(first, fields.stream().map(f -> utf8(f.value)).toList(), "");
  }

  /** The fields of a record; moves behind its line end. */
  private List<Field> fields() throws Unreadable {
    List<Field> fields = new ArrayList<>();
    while (true) {
      Field field = field();
      fields.add(field);
      line += field.lineEnds;
      boolean more = at < text.length() && text.charAt(at) == options.delimiter();
      at = Math.min(at + 1, text.length());
      if (!more) {
        line++;
        return fields;
      }
    }
  }

  /** A field; moves to the delimiter, line feed or end behind it. */
  private Field field() throws Unreadable {
    StringBuilder value = new StringBuilder();
    boolean quoted = at < text.length() && text.charAt(at) == options.quote();
    while (quoted) {
      int next = text.indexOf(options.quote(), at + 1);
      if (next < 0) {
        throw new Unreadable("a quote is opened here and never closed", line);
      }
      value.append(text, at + 1, next);
      at = next + 1;
      if (at == text.length() || text.charAt(at) != options.quote()) {
        break;
      }
      value.append(options.quote());
    }
    int lineEnds = (int) value.chars().filter(c -> c == '\n').count();
    int start = at;
    while (at < text.length()
        && text.charAt(at) != options.delimiter()
        && text.charAt(at) != '\n') {
      at++;
    }
    String rest = text.substring(start, at);
    boolean last = at == text.length() || text.charAt(at) == '\n';
    if (last && rest.endsWith("\r")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    return new Field(value + rest, quoted && !rest.isEmpty(), quoted, lineEnds);
  }

  private static boolean isUtf8(String bytes) {
    byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.equals(raw, utf8(bytes).getBytes(StandardCharsets.UTF_8));
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
