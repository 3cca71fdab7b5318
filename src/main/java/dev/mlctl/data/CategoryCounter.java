package dev.mlctl.data;

import java.util.Map;
import java.util.TreeMap;

/** Counts one categorical column. Not thread-safe. */
final class CategoryCounter implements RowCounter.Counter {
  private final CategoryProfile shape;
  private final long[] counts;
  private final Map<String, Long> newest = new TreeMap<>();
  private final ColumnSketch sketch;
  private long missing;
  private long unknown;

  CategoryCounter(CategoryProfile shape, int rate) {
    this.shape = shape;
    this.sketch = new ColumnSketch(rate);
    this.counts = new long[shape.categories().size()];
  }

  /**
   * Counts a batch.
   *
   * @param texts of the rows that are unknown; null when there is no such row, or none is named
   * @param rows whose rejected rows are left out; null to count every row
   */
  void add(int[] codes, String[] texts, int count, RowBatch rows) {
    boolean all = rows == null || rows.rejected() == 0;
    for (int r = 0; r < count; r++) {
      if (all || !rows.isRejected(r)) {
        add(codes, texts, r);
      }
    }
  }

  /**
   * Counts some rows of a batch.
   *
   * @param selected which, the first {@code count} of them
   */
  void add(int[] codes, String[] texts, int[] selected, int count) {
    for (int i = 0; i < count; i++) {
      add(codes, texts, selected[i]);
    }
  }

  private void add(int[] codes, String[] texts, int row) {
    int code = codes[row];
    if (code >= 0) {
      counts[code]++;
    } else if (code == FeatureBatch.MISSING) {
      missing++;
    } else {
      unknown++;
      if (texts != null) {
        FrequentTexts.add(newest, texts[row], 1);
        sketch.add(texts[row]);
      }
    }
  }

  @Override
  public ColumnSketch sketch() {
    return sketch;
  }

  @Override
  public CategoryProfile profile() {
    return new CategoryProfile(shape.name(), shape.categories(), counts, missing, unknown, newest);
  }
}
