package dev.mlctl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts batches into the bins of a baseline. Not thread-safe: one per worker, then merged. */
public final class Profiler {
  private final Profile shape;
  private final List<Counter> features = new ArrayList<>();
  private final List<Counter> outputs = new ArrayList<>();

  /**
   * A profiler with nothing counted.
   *
   * @param shape whose bins and categories to use; its own counts are ignored
   */
  public Profiler(Profile shape) {
    this.shape = shape;
    shape.features().forEach(c -> features.add(Counter.of(c)));
    shape.outputs().forEach(c -> outputs.add(Counter.of(c)));
  }

  /**
   * Counts the features of a batch.
   *
   * @param rows the batch the features were decoded from, whose rejected rows are left out; null to
   *     count every row
   */
  public void addFeatures(FeatureBatch batch, RowBatch rows) {
    for (int f = 0; f < features.size(); f++) {
      if (features.get(f) instanceof NumberCounter numbers) {
        numbers.add(batch.numbers(f), batch.rows(), rows);
      } else if (features.get(f) instanceof CategoryCounter categories) {
        categories.add(batch.codes(f), batch.rows(), rows, batch.newCategories(f));
      }
    }
  }

  /**
   * Counts a numeric output; what is not finite counts as missing.
   *
   * @param output index into {@link Profile#outputs()}
   */
  public void addOutput(int output, double[] values, int count, RowBatch rows) {
    ((NumberCounter) outputs.get(output)).add(values, count, rows);
  }

  /**
   * Counts predicted classes.
   *
   * @param classes index of the class of each row
   */
  public void addClasses(int output, int[] classes, int count, RowBatch rows) {
    ((CategoryCounter) outputs.get(output)).add(classes, count, rows, Map.of());
  }

  /** What was counted so far. */
  public Profile profile() {
    return new Profile(
        features.stream().map(Counter::profile).toList(),
        outputs.stream().map(Counter::profile).toList());
  }

  /** Whose bins are used. */
  public Profile shape() {
    return shape;
  }

  /** What counts one column. */
  sealed interface Counter permits NumberCounter, CategoryCounter {
    ColumnProfile profile();

    static Counter of(ColumnProfile shape) {
      return shape instanceof NumberProfile n
          ? new NumberCounter(n)
          : new CategoryCounter((CategoryProfile) shape);
    }
  }

  static final class CategoryCounter implements Counter {
    private final CategoryProfile shape;
    private final long[] counts;
    private final Map<String, Long> newest = new TreeMap<>();
    private long missing;
    private long unknown;

    CategoryCounter(CategoryProfile shape) {
      this.shape = shape;
      this.counts = new long[shape.categories().size()];
    }

    void add(int[] codes, int count, RowBatch rows, Map<String, Long> named) {
      boolean all = rows == null || rows.rejected() == 0;
      for (int r = 0; r < count; r++) {
        if (!all && rows.isRejected(r)) {
          continue;
        }
        int code = codes[r];
        if (code >= 0) {
          counts[code]++;
        } else if (code == FeatureBatch.MISSING) {
          missing++;
        } else {
          unknown++;
        }
      }
      named.forEach(
          (text, n) -> {
            if (newest.size() < FeatureBatch.NAMED_NEW_CATEGORIES || newest.containsKey(text)) {
              newest.merge(text, n, Long::sum);
            }
          });
    }

    @Override
    public CategoryProfile profile() {
      return new CategoryProfile(
          shape.name(), shape.categories(), counts, missing, unknown, newest);
    }
  }
}
