package dev.mlctl.data;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a CSV file's columns: its first record, or what the options say when it has none.
 *
 * @param names in file order, quotes undone
 * @param bytes how many bytes come before the first row: byte order mark, blank lines, comments and
 *     the header's line end included
 * @param lines how many lines these are
 */
public record CsvHeader(List<String> names, int bytes, int lines) {
  /** More columns than any table has: a file with the wrong delimiter, or no CSV at all. */
  static final int MAX_COLUMNS = 100_000;

  private static final int SHOWN_COLUMNS = 30;

  /** Copies. */
  public CsvHeader {
    names = List.copyOf(names);
  }

  /**
   * Reads the header from the first bytes of a file.
   *
   * @param first the bytes seen so far
   * @param all whether these are all the bytes there are
   * @return the header, or null when more bytes are needed
   * @throws Failure of kind INPUT when there is no header, it is not UTF-8, a quote is not closed,
   *     its lines end with CR alone, or names are there twice (all are named)
   */
  public static CsvHeader parse(byte[] first, boolean all, CsvOptions options, String source) {
    int from = hasByteOrderMark(first) ? 3 : 0;
    if (!options.hasHeader()) {
      return new CsvHeader(options.columns(), from, 0);
    }
    int line = 1;
    while (from < first.length && isPassedOver(first, from, options)) {
      from = lineEnd(first, from) + 1;
      line++;
    }
    if (from >= first.length) {
      if (!all) {
        return null;
      }
      throw Failure.of(FailureKind.INPUT, "the file is empty: expected a header line")
          .at(source)
          .hint("the first line must name the columns");
    }
    String place = source + ":" + line;
    List<String> names = new ArrayList<>();
    int end = from - 1;
    do {
      int start = end + 1;
      end = fieldEnd(first, start, options);
      if (end == first.length && !all) {
        return null;
      }
      names.add(name(first, start, end, options.quote(), place));
      if (names.size() > MAX_COLUMNS) {
        throw Failure.of(FailureKind.INPUT, "the header has more than %,d columns", MAX_COLUMNS)
            .at(place)
            .hint("is the delimiter right, and is this a CSV file?");
      }
    } while (end < first.length && first[end] != '\n');
    for (int p = from; p < end; p++) {
      line += first[p] == '\n' ? 1 : 0;
    }
    rejectDuplicates(names, place);
    return new CsvHeader(names, Math.min(end + 1, first.length), line);
  }

  /** Whether a line is blank or a comment. */
  private static boolean isPassedOver(byte[] bytes, int at, CsvOptions options) {
    byte b = bytes[at];
    boolean carriageReturn = b == '\r' && (at + 1 == bytes.length || bytes[at + 1] == '\n');
    return b == '\n' || carriageReturn || b == options.comment();
  }

  private static int lineEnd(byte[] bytes, int from) {
    int p = from;
    while (p < bytes.length && bytes[p] != '\n') {
      p++;
    }
    return p;
  }

  /** Where the delimiter or the line feed after a field is; the length when there is neither. */
  private static int fieldEnd(byte[] bytes, int start, CsvOptions options) {
    char quote = options.quote();
    int p = start;
    if (p < bytes.length && bytes[p] == quote) {
      for (p++; p < bytes.length; p++) {
        boolean doubled = p + 1 < bytes.length && bytes[p + 1] == quote;
        if (bytes[p] == quote && !doubled) {
          break;
        }
        p += bytes[p] == quote ? 1 : 0;
      }
    }
    while (p < bytes.length && bytes[p] != options.delimiter() && bytes[p] != '\n') {
      p++;
    }
    return p;
  }

  private static String name(byte[] bytes, int start, int to, char quote, String place) {
    boolean last = to == bytes.length || bytes[to] == '\n';
    int end = last && to > start && bytes[to - 1] == '\r' ? to - 1 : to;
    if (!Utf8.isValid(bytes, start, end)) {
      throw Failure.of(FailureKind.INPUT, "the header is not UTF-8").at(place);
    }
    boolean quoted = start < end && bytes[start] == quote;
    if (quoted && !isClosed(bytes, start, end, quote)) {
      throw Failure.of(FailureKind.INPUT, "a quote in the header is not closed, or text follows it")
          .at(place)
          .hint("close the quote, or double it if it stands for itself inside a quoted name");
    }
    String name = RawField.text(TextFormat.CSV, quote, bytes, start, end);
    if (!quoted && name.indexOf('\r') >= 0) {
      throw Failure.of(FailureKind.INPUT, "a carriage return in the header ends no line")
          .at(place)
          .hint("lines must end with LF or CR LF");
    }
    return name;
  }

  /**
   * Checks that every wanted column is there.
   *
   * @throws Failure of kind INPUT naming every one that is not
   */
  public static void requireColumns(List<String> names, List<String> wanted, String source) {
    Set<String> known = new HashSet<>(names);
    List<Problem> problems = new ArrayList<>();
    for (String name : wanted) {
      if (!known.contains(name)) {
        problems.add(Problem.of("column \"" + name + "\" is missing").at(source + ":1"));
      }
    }
    if (!problems.isEmpty()) {
      int last = problems.size() - 1;
      problems.set(last, problems.get(last).hint("the columns are: " + shown(names)));
      throw new Failure(FailureKind.INPUT, problems, null);
    }
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN_COLUMNS
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN_COLUMNS)) + ", … (" + names.size() + ")";
  }

  private static boolean hasByteOrderMark(byte[] first) {
    return first.length >= 3
        && first[0] == (byte) 0xEF
        && first[1] == (byte) 0xBB
        && first[2] == (byte) 0xBF;
  }

  /** Whether the quote that closes a quoted name is its last byte. */
  private static boolean isClosed(byte[] bytes, int start, int end, char quote) {
    int p = start + 1;
    while (p < end - 1) {
      if (bytes[p] == quote && bytes[++p] != quote) {
        return false;
      }
      p++;
    }
    return p == end - 1 && bytes[p] == quote;
  }

  private static void rejectDuplicates(List<String> names, String place) {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        repeated.add(name);
      }
    }
    if (!repeated.isEmpty()) {
      throw new Failure(
          FailureKind.INPUT,
          repeated.stream()
              .map(
                  name ->
                      Problem.of("column \"" + name + "\" is there twice")
                          .at(place)
                          .hint("columns are matched by name: give each its own"))
              .toList(),
          null);
    }
  }
}
