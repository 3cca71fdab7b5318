package dev.mlctl.monitor;

import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns that slices are cut by, where they are, and their values. Not thread-safe. */
final class SliceColumns {
  /** Of one column; rows with another value are in no slice. */
  static final int MOST_VALUES = 1000;

  private static final int OTHER = -1;

  private final List<String> names;

  /** Columns of the predictions' files; the others are those of the labels'. */
  private final List<String> scored = new ArrayList<>();

  private final List<String> labelled = new ArrayList<>();
  private final Map<String, Map<String, Integer>> codes = new HashMap<>();

  /**
   * Finds the columns.
   *
   * @param inScored columns that every file of predictions has
   * @param inLabels columns that every file of labels has
   * @throws Failure of kind USAGE when neither side has one
   */
  SliceColumns(List<String> names, List<String> inScored, List<String> inLabels) {
    this.names = List.copyOf(names);
    for (String name : names) {
      codes.put(name, new HashMap<>());
      if (inScored.contains(name)) {
        scored.add(name);
      } else if (inLabels.contains(name)) {
        labelled.add(name);
      } else {
        throw Failure.of(
                FailureKind.USAGE,
                "no column \"%s\" to slice by, neither in the predictions nor in the labels",
                name)
            .hint("pass it through when scoring, or add it to the labels");
      }
    }
  }

  List<String> names() {
    return names;
  }

  List<String> scored() {
    return scored;
  }

  List<String> labelled() {
    return labelled;
  }

  /**
   * The codes of a row's values.
   *
   * @param of the columns, {@link #scored} or {@link #labelled}
   * @param first where they stand in the batch
   */
  void read(List<String> of, RowBatch batch, int first, int row, int[] into) {
    for (int c = 0; c < of.size(); c++) {
      into[c] = code(of.get(c), batch.text(first + c, row));
    }
  }

  private int code(String column, String value) {
    Map<String, Integer> known = codes.get(column);
    Integer code = known.get(value);
    if (code == null) {
      code = known.size() < MOST_VALUES ? known.size() : OTHER;
      if (code != OTHER) {
        known.put(value, code);
      }
    }
    return code;
  }

  /** The values of a column by their code. */
  List<String> values(String column) {
    String[] values = new String[codes.get(column).size()];
    codes.get(column).forEach((value, code) -> values[code] = value);
    return List.of(values);
  }
}
