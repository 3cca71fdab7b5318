package dev.mlctl.data;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first record of a CSV file.
 *
 * @param names the column names in file order, quotes undone
 * @param bytes how many bytes it takes, byte order mark and line end included
 * @param lines how many lines it takes
 */
public record CsvHeader(List<String> names, int bytes, int lines) {
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
   * @throws Failure of kind INPUT when there is no header, it is not UTF-8, or a name is there
   *     twice
   */
  public static CsvHeader parse(byte[] first, boolean all, CsvOptions options, String source) {
    int from = hasByteOrderMark(first) ? 3 : 0;
    int line = 1;
    while (from < first.length && (first[from] == '\n' || first[from] == '\r')) {
      line += first[from] == '\n' ? 1 : 0;
      from++;
    }
    if (from == first.length) {
      if (!all) {
        return null;
      }
      throw Failure.of(FailureKind.INPUT, "the file is empty: expected a header line")
          .at(source)
          .hint("the first line must name the columns");
    }
    int end = from;
    boolean quoted = false;
    while (end < first.length && (quoted || first[end] != '\n')) {
      quoted ^= first[end] == '"';
      line += first[end] == '\n' ? 1 : 0;
      end++;
    }
    if (end == first.length && !all) {
      return null;
    }
    if (!Utf8.isValid(first, from, end)) {
      throw Failure.of(FailureKind.INPUT, "the header is not UTF-8").at(source + ":" + line);
    }
    List<String> names = split(first, from, end, options.delimiter());
    rejectDuplicates(names, source + ":" + line);
    return new CsvHeader(names, Math.min(end + 1, first.length), line);
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
        problems.add(
            Problem.of("column \"" + name + "\" is missing")
                .at(source + ":1")
                .hint("the columns are: " + shown(names)));
      }
    }
    if (!problems.isEmpty()) {
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

  private static List<String> split(byte[] bytes, int from, int to, byte delimiter) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    List<String> names = new ArrayList<>();
    int start = from;
    boolean quoted = false;
    for (int p = from; p <= end; p++) {
      if (p < end && bytes[p] == '"') {
        quoted = !quoted;
      }
      if (p == end || (!quoted && bytes[p] == delimiter)) {
        names.add(RawField.text(TextFormat.CSV, bytes, start, p));
        start = p + 1;
      }
    }
    return names;
  }

  private static void rejectDuplicates(List<String> names, String place) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw Failure.of(FailureKind.INPUT, "column \"%s\" is there twice", name)
            .at(place)
            .hint("columns are matched by name: give each its own");
      }
    }
  }
}
