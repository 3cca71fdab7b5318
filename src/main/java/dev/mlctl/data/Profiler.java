package dev.mlctl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts batches into the bins of a baseline, by window of time and by slice where that is wanted.
 * The features of a batch come first, then its outputs. Not thread-safe: one per worker, then
 * merged.
 *
 * <p>Windows cost little, since every row is counted once and the whole is their sum; each column
 * of slices costs as much again as the whole.
 */
public final class Profiler {
  /** The rate at which a small part of the time goes into samples. */
  public static final int LARGE_INPUT = 8;

  /** The rate for an input of a part or two, where time does not matter. */
  public static final int SMALL_INPUT = 2;

  private final Profile shape;
  private final Grouping grouping;
  private final RowCounter whole;
  private final WindowCounter windows;
  private final List<SliceCounter> slices = new ArrayList<>();

  /**
   * A profiler with nothing counted, which samples as for a large input.
   *
   * @param shape whose bins and categories to use; its own counts are ignored
   */
  public Profiler(Profile shape) {
    this(shape, Grouping.NONE, LARGE_INPUT);
  }

  /**
   * The same with windows or slices.
   *
   * @param grouping of the row batches that {@link #addFeatures} will be given
   * @param rate quantiles and frequent values look at one value in 2^rate, and at the first 256
   */
  public Profiler(Profile shape, Grouping grouping, int rate) {
    this.shape = shape;
    this.grouping = grouping;
    boolean timed = grouping.window() != null;
    this.windows =
        timed ? new WindowCounter(shape, rate, grouping.time(), grouping.window()) : null;
    this.whole = timed ? null : new RowCounter(shape, rate);
    grouping
        .slices()
        .forEach((name, column) -> slices.add(new SliceCounter(shape, rate, column, name)));
  }

  /**
   * Counts the features of a batch, and finds the window and slices of its rows.
   *
   * @param rows the batch the features were decoded from, whose rejected rows are left out; null to
   *     count every row, where there are neither windows nor slices
   */
  public void addFeatures(FeatureBatch batch, RowBatch rows) {
    if (windows != null) {
      windows.assign(rows);
    }
    slices.forEach(slice -> slice.assign(rows));
    each(batch.rows(), rows, (counter, selected) -> counter.addFeatures(batch, selected));
  }

  /**
   * Counts a numeric output; what is not finite counts as missing.
   *
   * @param output index into {@link Profile#outputs()}
   */
  public void addOutput(int output, double[] values, int count, RowBatch rows) {
    each(count, rows, (counter, selected) -> counter.addOutput(output, values, selected));
  }

  /**
   * Counts predicted classes.
   *
   * @param classes index of the class of each row
   */
  public void addClasses(int output, int[] classes, int count, RowBatch rows) {
    each(count, rows, (counter, selected) -> counter.addClasses(output, classes, selected));
  }

  private void each(int count, RowBatch rows, RowGroups.Step step) {
    if (windows == null) {
      step.with(whole, new RowCounter.Selection(null, count, rows));
    } else {
      windows.each(count, rows, step);
    }
    slices.forEach(slice -> slice.each(count, rows, step));
  }

  /** What was counted so far, all rows together. */
  public Profile profile() {
    return run().whole();
  }

  /** What was counted so far, with windows and slices. */
  public RunProfile run() {
    SortedMap<Slice, Profile> bySlice = new TreeMap<>();
    slices.forEach(slice -> bySlice.putAll(slice.slices()));
    if (windows == null) {
      return new RunProfile(whole.profile(), "", new TreeMap<>(), new TreeMap<>(), bySlice);
    }
    var byTime = windows.windows();
    var beside = windows.beside();
    ProfileSum sum = ProfileSum.withSketches(shape);
    byTime.values().forEach(sum::add);
    beside.values().forEach(sum::add);
    return new RunProfile(sum.profile(), grouping.window().text(), byTime, beside, bySlice);
  }

  /** Whose bins are used. */
  public Profile shape() {
    return shape;
  }
}
