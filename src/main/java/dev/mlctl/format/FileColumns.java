package dev.mlctl.format;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the wanted columns of a file. */
final class FileColumns {
  private static final int SHOWN = 30;

  private FileColumns() {}

  /**
   * The places of the wanted columns among those of the file.
   *
   * @throws Failure of kind INPUT naming each one that is missing, there twice or not readable
   */
  static int[] find(List<String> wanted, List<FileColumn> columns, String file) {
    Map<String, Integer> places = new HashMap<>();
    Map<String, Integer> repeated = new HashMap<>();
    for (int c = 0; c < columns.size(); c++) {
      Integer before = places.put(columns.get(c).name(), c);
      if (before != null) {
        repeated.put(columns.get(c).name(), c);
      }
    }
    List<Problem> problems = new ArrayList<>();
    int[] found = new int[wanted.size()];
    for (int w = 0; w < found.length; w++) {
      String name = wanted.get(w);
      if (!places.containsKey(name)) {
        problems.add(problem("column \"" + name + "\" is missing", file).hint(shown(columns)));
      } else if (repeated.containsKey(name)) {
        problems.add(problem("column \"" + name + "\" is there twice", file));
      } else if (!columns.get(places.get(name)).fault().isEmpty()) {
        problems.add(unreadable(columns.get(places.get(name)), file));
      } else {
        found[w] = places.get(name);
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
    return found;
  }

  private static Problem problem(String message, String file) {
    return Problem.of(message).at(file);
  }

  private static Problem unreadable(FileColumn column, String file) {
    return problem("column \"" + column.name() + "\" cannot be read: " + column.fault(), file)
        .hint("leave it out, or write it as columns of single values");
  }

  private static String shown(List<FileColumn> columns) {
    String names =
        columns.stream().limit(SHOWN).map(FileColumn::name).collect(Collectors.joining(", "));
    return "the columns are: "
        + names
        + (columns.size() > SHOWN ? ", … (" + columns.size() + ")" : "");
  }
}
