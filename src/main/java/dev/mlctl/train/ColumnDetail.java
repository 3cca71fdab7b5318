package dev.mlctl.train;

import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureType;
import dev.mlctl.page.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the values of one column are spread over the training rows.
 *
 * @param missing rows without a value
 * @param distinct how many different values there are
 * @param numbers of a number or date; null for a category
 * @param categories of a category, the most frequent first; else empty
 */
record ColumnDetail(
    String name,
    FeatureType type,
    long missing,
    long distinct,
    NumberDetail numbers,
    List<CategoryDetail> categories) {
  private static final int BINS = 24;

  ColumnDetail {
    categories = List.copyOf(categories);
  }

  /** The moments and quantiles of a column, and its histogram. */
  record NumberDetail(
      double mean, double deviation, double min, double median, double max, Histogram histogram) {}

  /** A category and in how many rows it is. */
  record CategoryDetail(String text, long rows) {}

  /** The features in order, then the target. */
  static List<ColumnDetail> of(String target, List<String> classes, Examples train) {
    FeatureBatch batch = train.features();
    List<ColumnDetail> details = new ArrayList<>();
    for (int f = 0; f < batch.features().size(); f++) {
      var feature = batch.features().get(f);
      details.add(
          feature.type() == FeatureType.CATEGORY
              ? ofCodes(feature.name(), feature.categories(), batch.codes(f), train.rows())
              : ofNumbers(feature.name(), feature.type(), batch.numbers(f), train.rows()));
    }
    details.add(
        train.labels() == null
            ? ofNumbers(target, FeatureType.NUMBER, train.numbers(), train.rows())
            : ofCodes(target, classes, train.labels(), train.rows()));
    return details;
  }

  private static ColumnDetail ofNumbers(String name, FeatureType type, double[] values, int rows) {
    double[] sorted =
        Arrays.stream(values, 0, rows).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      return new ColumnDetail(name, type, rows, 0, null, List.of());
    }
    long distinct = 1 + IntStream.range(1, n).filter(i -> sorted[i] != sorted[i - 1]).count();
    double mean = Arrays.stream(sorted).sum() / n;
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    double median = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
    NumberDetail numbers =
        new NumberDetail(
            mean,
            Math.sqrt(squares / Math.max(1, n - 1)),
            sorted[0],
            median,
            sorted[n - 1],
            distinct > BINS ? Histogram.of("", sorted, n, BINS) : byValue(sorted));
    return new ColumnDetail(name, type, rows - n, distinct, numbers, List.of());
  }

  /** A bin for each value, from half-way to the one before to half-way to the one after. */
  private static Histogram byValue(double[] sorted) {
    double[] values = Arrays.stream(sorted).distinct().toArray();
    int last = values.length - 1;
    double[] edges = new double[values.length + 1];
    for (int i = 1; i <= last; i++) {
      edges[i] = values[i - 1] / 2 + values[i] / 2;
    }
    double half = Math.max(0.5, Math.ulp(values[0]) * 4);
    edges[0] = last == 0 ? values[0] - half : values[0] - (edges[1] - values[0]);
    edges[last + 1] = last == 0 ? values[0] + half : values[last] + (values[last] - edges[last]);
    long[] counts = new long[values.length];
    int bin = 0;
    for (double value : sorted) {
      bin += value > values[bin] ? 1 : 0;
      counts[bin]++;
    }
    return new Histogram("", edges, counts);
  }

  private static ColumnDetail ofCodes(String name, List<String> texts, int[] codes, int rows) {
    long[] counts = new long[texts.size()];
    long missing = 0;
    for (int r = 0; r < rows; r++) {
      if (codes[r] >= 0) {
        counts[codes[r]]++;
      } else {
        missing++;
      }
    }
    List<CategoryDetail> categories =
        IntStream.range(0, counts.length)
            .filter(k -> counts[k] > 0)
            .mapToObj(k -> new CategoryDetail(texts.get(k), counts[k]))
            .sorted(Comparator.comparingLong(c -> -c.rows()))
            .toList();
    return new ColumnDetail(
        name, FeatureType.CATEGORY, missing, categories.size(), null, categories);
  }
}
