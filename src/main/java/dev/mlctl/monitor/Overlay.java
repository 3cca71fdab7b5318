package dev.mlctl.monitor;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.page.CategoryChart;
import dev.mlctl.page.Element;
import dev.mlctl.page.Histogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A column as it was at training and as it is now, by shares. */
final class Overlay {
  private static final String BEFORE = "training";
  private static final String NOW = "now";
  private static final int KNOWN = 10;
  private static final int NEW = 5;

  /** How many times as wide as its neighbour an open bin may be. */
  private static final double FAR = 3;

  /** An open bin is as wide as if there were so many of equal width at least. */
  private static final double MOST_BINS = 40;

  private Overlay() {}

  static Element numbers(NumberProfile before, NumberProfile now) {
    return Histogram.chart(
        "Distribution of " + before.name(),
        before.name(),
        List.of(histogram(BEFORE, before, before), histogram(NOW, now, before)));
  }

  /**
   * The outer bins are open: they reach as far as the values do, but a few times the width of their
   * neighbours at most, or a single stray value would leave no room for all others.
   */
  private static Histogram histogram(String name, NumberProfile column, NumberProfile baseline) {
    double[] inner = column.edges();
    double width = baseline.highest() - baseline.lowest();
    double span = width > 0 ? width : 1;
    boolean none = column.present() == 0;
    double min = none ? baseline.lowest() : column.min();
    double max = none ? baseline.highest() : column.max();
    double[] edges = new double[inner.length + 2];
    System.arraycopy(inner, 0, edges, 1, inner.length);
    int last = inner.length - 1;
    if (inner.length == 0) {
      double low = Math.max(min, baseline.lowest() - FAR * span);
      double high = Math.max(low, Math.min(max, baseline.highest() + FAR * span));
      double half = low < high ? 0 : span / 2;
      edges[0] = low - half;
      edges[1] = high + half;
    } else {
      // As wide as its neighbour at least: of whole numbers, each then stands in the middle.
      double least = (inner[last] - inner[0]) / MOST_BINS;
      double second = inner.length > 1 ? Math.max(least, inner[1] - inner[0]) : span;
      double lastButOne = inner.length > 1 ? Math.max(least, inner[last] - inner[last - 1]) : span;
      edges[0] = inner[0] - within(inner[0] - min, second);
      edges[edges.length - 1] = inner[last] + within(max - inner[last], lastButOne);
    }
    return new Histogram(name, edges, column.counts());
  }

  private static double within(double width, double neighbour) {
    return Math.max(neighbour, Math.min(width, FAR * neighbour));
  }

  /** A row of the chart. */
  private record Category(String name, long before, long now) {}

  static Element categories(CategoryProfile before, CategoryProfile now) {
    List<Category> shown = known(before, now);
    shown.addAll(unknown(before, now));
    if (before.missing() + now.missing() > 0) {
      shown.add(new Category("(missing)", before.missing(), now.missing()));
    }
    return CategoryChart.of(
        "Categories of " + before.name(),
        shown.stream().map(Category::name).toList(),
        List.of(
            new CategoryChart.Rows(BEFORE, shown.stream().mapToLong(Category::before).toArray()),
            new CategoryChart.Rows(NOW, shown.stream().mapToLong(Category::now).toArray())));
  }

  private static List<Category> known(CategoryProfile before, CategoryProfile now) {
    double ofBefore = Math.max(1, before.count());
    double ofNow = Math.max(1, now.count());
    long[] was = before.counts();
    long[] is = now.counts();
    List<Category> all =
        IntStream.range(0, was.length)
            .mapToObj(c -> new Category(before.categories().get(c), was[c], is[c]))
            .filter(c -> c.before() + c.now() > 0)
            .sorted(
                Comparator.comparingDouble(
                        (Category c) -> Math.max(c.before() / ofBefore, c.now() / ofNow))
                    .reversed())
            .toList();
    List<Category> shown = new ArrayList<>(all.subList(0, Math.min(KNOWN, all.size())));
    List<Category> rest = all.subList(shown.size(), all.size());
    if (!rest.isEmpty()) {
      shown.add(
          new Category(
              "(%d others)".formatted(rest.size()),
              rest.stream().mapToLong(Category::before).sum(),
              rest.stream().mapToLong(Category::now).sum()));
    }
    return shown;
  }

  /** Values that training never saw; some of them by name. */
  private static List<Category> unknown(CategoryProfile before, CategoryProfile now) {
    List<Category> named =
        now.newest().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NEW)
            .map(e -> new Category("new: " + e.getKey(), 0, e.getValue()))
            .toList();
    long rest = now.unknown() - named.stream().mapToLong(Category::now).sum();
    List<Category> shown = new ArrayList<>(named);
    if (rest + before.unknown() > 0) {
      shown.add(new Category("(more new ones)", before.unknown(), Math.max(0, rest)));
    }
    return shown;
  }
}
