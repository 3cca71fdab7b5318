package dev.mlctl.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Profiles' counts as bytes, without the bins: for each column its counts, then what else is
 * counted of it. Immutable and thread-safe.
 */
final class CountsCodec {
  private final Profile shape;

  /** Profiles with these bins and categories. */
  CountsCodec(Profile shape) {
    this.shape = shape;
  }

  byte[] write(Profile profile) {
    ByteWriter out = new ByteWriter();
    if (profile.features().size() != shape.features().size()) {
      throw new IllegalArgumentException("a profile of another model");
    }
    for (int c = 0; c < shape.columns(); c++) {
      if (profile.column(c) instanceof NumberProfile n) {
        write(n, (NumberProfile) shape.column(c), out);
      } else {
        write((CategoryProfile) profile.column(c), (CategoryProfile) shape.column(c), out);
      }
    }
    return out.toArray();
  }

  private static void write(NumberProfile column, NumberProfile shape, ByteWriter out) {
    if (!shape.hasBinsOf(column)) {
      throw new IllegalArgumentException(column.name() + " has other bins");
    }
    for (long count : column.counts()) {
      out.whole(count);
    }
    out.whole(column.missing());
    out.whole(column.outOfRange());
    if (column.present() > 0) {
      out.real(column.min());
      out.real(column.max());
      out.real(column.mean());
      out.real(column.squares());
    }
  }

  private static void write(CategoryProfile column, CategoryProfile shape, ByteWriter out) {
    if (!shape.hasCategoriesOf(column)) {
      throw new IllegalArgumentException(column.name() + " has other categories");
    }
    for (long count : column.counts()) {
      out.whole(count);
    }
    out.whole(column.missing());
    out.whole(column.unknown());
    Map<String, Long> newest = new TreeMap<>();
    column.newest().forEach((text, count) -> FrequentTexts.add(newest, text, count));
    out.whole(newest.size());
    newest.forEach(
        (text, count) -> {
          out.block(text.getBytes(StandardCharsets.UTF_8));
          out.whole(count);
        });
  }

  /**
   * The profile with these counts.
   *
   * @throws IllegalArgumentException when the bytes do not hold one
   */
  Profile read(byte[] bytes, Sketches sketches) {
    ByteScan in = new ByteScan(bytes);
    List<ColumnProfile> features = read(shape.features(), in);
    List<ColumnProfile> outputs = read(shape.outputs(), in);
    in.end();
    return new Profile(features, outputs, sketches);
  }

  private static List<ColumnProfile> read(List<ColumnProfile> shapes, ByteScan in) {
    List<ColumnProfile> columns = new ArrayList<>(shapes.size());
    for (ColumnProfile shape : shapes) {
      columns.add(
          shape instanceof NumberProfile n ? read(n, in) : read((CategoryProfile) shape, in));
    }
    return columns;
  }

  private static NumberProfile read(NumberProfile shape, ByteScan in) {
    long[] counts = new long[shape.bins()];
    long present = counts(counts, in);
    long missing = in.whole();
    long outOfRange = in.whole();
    if (present == 0) {
      return shape.counted(
          counts, missing, outOfRange, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);
    }
    double min = in.real();
    double max = in.real();
    double mean = in.real();
    double squares = in.real();
    if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
      throw new IllegalArgumentException(shape.name() + ": values from " + min + " to " + max);
    }
    return shape.counted(counts, missing, outOfRange, min, max, mean, squares);
  }

  private static CategoryProfile read(CategoryProfile shape, ByteScan in) {
    long[] counts = new long[shape.categories().size()];
    counts(counts, in);
    long missing = in.whole();
    long unknown = in.whole();
    Map<String, Long> newest = new LinkedHashMap<>();
    int named = in.whole(FrequentTexts.ROOM);
    for (int i = 0; i < named; i++) {
      String text = new String(in.block(), StandardCharsets.UTF_8);
      newest.put(text, in.whole());
    }
    return new CategoryProfile(shape.name(), shape.categories(), counts, missing, unknown, newest);
  }

  private static long counts(long[] into, ByteScan in) {
    long sum = 0;
    for (int i = 0; i < into.length; i++) {
      into[i] = in.whole();
      sum += into[i];
    }
    return sum;
  }
}
