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

  private sealed interface Counter {
    ColumnProfile profile();

    static Counter of(ColumnProfile shape) {
      return shape instanceof NumberProfile n
          ? new NumberCounter(n)
          : new CategoryCounter((CategoryProfile) shape);
    }
  }

  /**
   * Bins of one numeric column. Moments are taken around each batch's own mean and joined (Chan,
   * Golub and LeVeque 1979), so they stay exact wherever the values lie.
   */
  private static final class NumberCounter implements Counter {
    private final NumberProfile shape;
    private final double[] edges;
    private final long[] counts;
    private long missing;
    private long outOfRange;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long present;
    private double mean;
    private double squares;

    NumberCounter(NumberProfile shape) {
      this.shape = shape;
      this.edges = shape.edges();
      this.counts = new long[edges.length + 1];
    }

    void add(double[] values, int count, RowBatch rows) {
      boolean all = rows == null || rows.rejected() == 0;
      long added = 0;
      double sum = 0;
      for (int r = 0; r < count; r++) {
        double v = values[r];
        if (!all && rows.isRejected(r)) {
          continue;
        }
        if (!Double.isFinite(v)) {
          missing++;
          continue;
        }
        counts[bin(v)]++;
        min = Math.min(min, v);
        max = Math.max(max, v);
        outOfRange += v < shape.lowest() || v > shape.highest() ? 1 : 0;
        sum += v;
        added++;
      }
      if (added > 0) {
        double center = sum / added;
        double deviations = 0;
        double rest = 0;
        for (int r = 0; r < count; r++) {
          double d = values[r] - center;
          if (Double.isFinite(d) && (all || !rows.isRejected(r))) {
            deviations += d * d;
            rest += d;
          }
        }
        // What rounding left in the sum of the deviations corrects both moments.
        join(added, center + rest / added, deviations - rest * rest / added);
      }
    }

    /** Adds a batch's moments to those of the batches before it. */
    private void join(long added, double center, double deviations) {
      double total = present + added;
      double delta = center - mean;
      mean += delta * added / total;
      squares += deviations + delta * delta * present * added / total;
      present += added;
    }

    /**
     * How many edges lie below the value; a count over few edges beats a search's mispredictions.
     */
    private int bin(double v) {
      int bin = 0;
      for (double edge : edges) {
        bin += v > edge ? 1 : 0;
      }
      return bin;
    }

    @Override
    public NumberProfile profile() {
      return new NumberProfile(
          shape.name(),
          edges,
          counts,
          missing,
          shape.lowest(),
          shape.highest(),
          outOfRange,
          min,
          max,
          mean,
          squares);
    }
  }

  private static final class CategoryCounter implements Counter {
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
