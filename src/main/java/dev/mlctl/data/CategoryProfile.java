package dev.mlctl.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Counts of a categorical column. Immutable.
 *
 * @param categories the known texts
 * @param counts values per known text, same order and length
 * @param missing values that were missing
 * @param unknown values that are none of the known texts
 * @param newest the most frequent unknown texts with their counts, at most 20: exact when there are
 *     no more, else too low by at most a twentieth of {@code unknown}
 */
public record CategoryProfile(
    String name,
    List<String> categories,
    long[] counts,
    long missing,
    long unknown,
    Map<String, Long> newest)
    implements ColumnProfile {
  /** Copies and checks shapes. */
  public CategoryProfile {
    Objects.requireNonNull(name, "name");
    categories = List.copyOf(categories);
    counts = counts.clone();
    newest = Collections.unmodifiableMap(new TreeMap<>(newest));
    if (counts.length != categories.size()) {
      throw new IllegalArgumentException(
          name + ": " + counts.length + " counts for " + categories.size() + " categories");
    }
  }

  /** The known texts with nothing counted. */
  public static CategoryProfile of(String name, List<String> categories) {
    return new CategoryProfile(name, categories, new long[categories.size()], 0, 0, Map.of());
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public long count() {
    return LongStream.of(counts).sum() + missing + unknown;
  }

  @Override
  public CategoryProfile emptied() {
    return of(name, categories);
  }

  boolean hasCategoriesOf(CategoryProfile other) {
    return categories == other.categories || categories.equals(other.categories);
  }

  void addTo(long[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += counts[i];
    }
  }

  @Override
  public CategoryProfile merge(ColumnProfile that) {
    if (!(that instanceof CategoryProfile other) || !categories.equals(other.categories)) {
      throw new IllegalArgumentException(name + ": profiles with different categories");
    }
    long[] sum = new long[counts.length];
    Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
    Map<String, Long> names = new TreeMap<>(newest);
    other.newest.forEach((text, n) -> FrequentTexts.add(names, text, n));
    return new CategoryProfile(
        name, categories, sum, missing + other.missing, unknown + other.unknown, names);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CategoryProfile p
        && name.equals(p.name)
        && categories.equals(p.categories)
        && Arrays.equals(counts, p.counts)
        && missing == p.missing
        && unknown == p.unknown
        && newest.equals(p.newest);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "CategoryProfile[" + name + ", " + count() + " values]";
  }
}
