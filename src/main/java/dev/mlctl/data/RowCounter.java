package dev.mlctl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Counts the columns of some rows: all of them, or those of a window or a slice. */
final class RowCounter {
  private final List<Counter> features = new ArrayList<>();
  private final List<Counter> outputs = new ArrayList<>();

  RowCounter(Profile shape, int rate) {
    shape.features().forEach(c -> features.add(Counter.of(c, rate)));
    shape.outputs().forEach(c -> outputs.add(Counter.of(c, rate)));
  }

  /** Counts the features of a batch's rows. */
  void addFeatures(FeatureBatch batch, Selection rows) {
    for (int f = 0; f < features.size(); f++) {
      if (features.get(f) instanceof NumberCounter numbers) {
        add(numbers, batch.numbers(f), rows);
      } else {
        add((CategoryCounter) features.get(f), batch.codes(f), batch.newTexts(f), rows);
      }
    }
  }

  void addOutput(int output, double[] values, Selection rows) {
    add((NumberCounter) outputs.get(output), values, rows);
  }

  void addClasses(int output, int[] classes, Selection rows) {
    add((CategoryCounter) outputs.get(output), classes, null, rows);
  }

  private static void add(NumberCounter counter, double[] values, Selection rows) {
    if (rows.selected() == null) {
      counter.add(values, rows.count(), rows.batch());
    } else {
      counter.add(values, rows.selected(), rows.count());
    }
  }

  private static void add(CategoryCounter counter, int[] codes, String[] texts, Selection rows) {
    if (rows.selected() == null) {
      counter.add(codes, texts, rows.count(), rows.batch());
    } else {
      counter.add(codes, texts, rows.selected(), rows.count());
    }
  }

  Profile profile() {
    return new Profile(
        features.stream().map(Counter::profile).toList(),
        outputs.stream().map(Counter::profile).toList(),
        Sketches.of(
            Stream.concat(features.stream(), outputs.stream()).map(Counter::sketch).toList()));
  }

  /**
   * Rows of a batch.
   *
   * @param selected the rows; null for all that are not rejected
   * @param count how many of {@code selected}, or how many the batch has
   * @param batch whose rejected rows are left out where none are selected; null for none
   */
  record Selection(int[] selected, int count, RowBatch batch) {}

  /** What counts one column. */
  sealed interface Counter permits NumberCounter, CategoryCounter {
    ColumnProfile profile();

    ColumnSketch sketch();

    static Counter of(ColumnProfile shape, int rate) {
      return shape instanceof NumberProfile n
          ? new NumberCounter(n, rate)
          : new CategoryCounter((CategoryProfile) shape, rate);
    }
  }
}
