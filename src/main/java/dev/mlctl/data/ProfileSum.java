package dev.mlctl.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up profiles of the same bins, as many as there are, in arrays: the same as merging one with
 * the other, without a new profile each time. Not thread-safe.
 */
public final class ProfileSum {
  private final Profile shape;
  private final Column[] columns;
  private final ColumnSketch[] sketches;
  private boolean sketched;

  private ProfileSum(Profile shape, boolean withSketches) {
    this.shape = shape;
    this.columns = new Column[shape.columns()];
    Arrays.setAll(
        columns,
        c ->
            shape.column(c) instanceof NumberProfile n
                ? new Numbers(n)
                : new Categories((CategoryProfile) shape.column(c)));
    this.sketches = withSketches ? Sketches.NONE.columns(columns.length) : null;
  }

  /**
   * A sum of counts, which leaves sketches out: a column's take a hundred times as long.
   *
   * @param shape whose bins and categories the profiles have; its own counts are not in the sum
   */
  public static ProfileSum ofCounts(Profile shape) {
    return new ProfileSum(shape, false);
  }

  /** A sum of counts and sketches. */
  public static ProfileSum withSketches(Profile shape) {
    return new ProfileSum(shape, true);
  }

  /**
   * Adds a profile.
   *
   * @throws IllegalArgumentException when its columns are others, or its sketches cannot be read;
   *     the sum is of no use then
   */
  public void add(Profile profile) {
    if (profile.features().size() != shape.features().size()
        || profile.columns() != columns.length) {
      throw new IllegalArgumentException("profiles of different models");
    }
    for (int c = 0; c < columns.length; c++) {
      columns[c].add(profile.column(c));
    }
    if (sketches != null && !profile.sketches().isEmpty()) {
      ColumnSketch[] more = profile.sketches().columns(columns.length);
      for (int c = 0; c < columns.length; c++) {
        sketches[c].merge(more[c]);
      }
      sketched = true;
    }
  }

  /** The sum so far. */
  public Profile profile() {
    List<ColumnProfile> all = new ArrayList<>();
    for (Column column : columns) {
      all.add(column.profile());
    }
    int features = shape.features().size();
    return new Profile(
        all.subList(0, features),
        all.subList(features, all.size()),
        sketched ? Sketches.of(Arrays.asList(sketches)) : Sketches.NONE);
  }

  private abstract static sealed class Column {
    abstract void add(ColumnProfile profile);

    abstract ColumnProfile profile();
  }

  private static final class Numbers extends Column {
    private final NumberProfile shape;
    private final long[] counts;
    private long missing;
    private long outOfRange;
    private long present;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;

    Numbers(NumberProfile shape) {
      this.shape = shape;
      this.counts = new long[shape.bins()];
    }

    @Override
    void add(ColumnProfile profile) {
      if (!(profile instanceof NumberProfile n) || !shape.hasBinsOf(n)) {
        throw new IllegalArgumentException(shape.name() + ": profiles with different bins");
      }
      double added = n.addTo(counts);
      double total = Math.max(1, present + added);
      double delta = n.mean() - mean;
      squares += n.squares() + delta * delta * present * added / total;
      mean += delta * added / total;
      present += (long) added;
      missing += n.missing();
      outOfRange += n.outOfRange();
      min = Math.min(min, n.min());
      max = Math.max(max, n.max());
    }

    @Override
    NumberProfile profile() {
      return shape.counted(counts, missing, outOfRange, min, max, mean, squares);
    }
  }

  private static final class Categories extends Column {
    private final CategoryProfile shape;
    private final long[] counts;
    private final Map<String, Long> newest = new TreeMap<>();
    private long missing;
    private long unknown;

    Categories(CategoryProfile shape) {
      this.shape = shape;
      this.counts = new long[shape.categories().size()];
    }

    @Override
    void add(ColumnProfile profile) {
      if (!(profile instanceof CategoryProfile c) || !shape.hasCategoriesOf(c)) {
        throw new IllegalArgumentException(shape.name() + ": profiles with different categories");
      }
      c.addTo(counts);
      missing += c.missing();
      unknown += c.unknown();
      c.newest().forEach((text, n) -> FrequentTexts.add(newest, text, n));
    }

    @Override
    CategoryProfile profile() {
      return new CategoryProfile(
          shape.name(), shape.categories(), counts, missing, unknown, newest);
    }
  }
}
