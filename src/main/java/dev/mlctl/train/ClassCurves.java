package dev.mlctl.train;

import dev.mlctl.page.CurveCharts.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * ROC and reliability curves, of the second of two classes or of each of several against the rest.
 */
final class ClassCurves {
  /** With more classes nobody can tell the curves apart. */
  private static final int MOST_CLASSES = 12;

  /** Points of a ROC curve nearer than this are one. */
  private static final double NEAR = 0.01;

  private static final int BINS = 10;
  private static final int FEWEST_ROWS = 20;

  private ClassCurves() {}

  /** The ROC curves; none for regression. */
  static List<Curve> roc(List<String> classes, Judged judged) {
    List<Curve> curves = new ArrayList<>();
    for (int k : shown(classes)) {
      int[] order = order(judged.outputs()[k], judged.examples().rows());
      curves.add(roc(classes.get(k), k, order, judged));
    }
    return curves;
  }

  /** The reliability curves, in at most ten bins; none for regression. */
  static List<Curve> calibration(List<String> classes, Judged judged) {
    List<Curve> curves = new ArrayList<>();
    for (int k : shown(classes)) {
      curves.add(calibration(classes.get(k), k, judged));
    }
    return curves;
  }

  private static int[] shown(List<String> classes) {
    int count = classes.size();
    return count == 2
        ? new int[] {1}
        : IntStream.range(0, count > MOST_CLASSES ? 0 : count).toArray();
  }

  /** Rows by falling score. */
  private static int[] order(double[] scores, int rows) {
    return IntStream.range(0, rows)
        .boxed()
        .sorted((a, b) -> Double.compare(scores[b], scores[a]))
        .mapToInt(r -> r)
        .toArray();
  }

  private static Curve roc(String name, int k, int[] order, Judged judged) {
    int[] labels = judged.examples().labels();
    double[] scores = judged.outputs()[k];
    double positives = Arrays.stream(labels).filter(label -> label == k).count();
    double negatives = labels.length - positives;
    List<double[]> points = new ArrayList<>(List.of(new double[] {0, 0}));
    int hits = 0;
    for (int i = 0; i < order.length; i++) {
      hits += labels[order[i]] == k ? 1 : 0;
      boolean tied = i + 1 < order.length && scores[order[i + 1]] == scores[order[i]];
      double[] point = {(i + 1 - hits) / Math.max(1, negatives), hits / Math.max(1, positives)};
      double[] last = points.get(points.size() - 1);
      boolean far = point[0] - last[0] + point[1] - last[1] >= NEAR;
      if (!tied && (far || i + 1 == order.length)) {
        points.add(point);
      }
    }
    return new Curve(name, column(points, 0), column(points, 1), new long[0]);
  }

  private static Curve calibration(String name, int k, Judged judged) {
    long[] rows = new long[BINS];
    double[] predicted = new double[BINS];
    double[] observed = new double[BINS];
    int[] labels = judged.examples().labels();
    for (int r = 0; r < labels.length; r++) {
      double p = judged.outputs()[k][r];
      int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor(p * BINS)));
      rows[bin]++;
      predicted[bin] += p;
      observed[bin] += labels[r] == k ? 1 : 0;
    }
    return merged(name, rows, predicted, observed);
  }

  /** Bins that hold few rows say nothing alone: each is joined with those above it. */
  private static Curve merged(String name, long[] rows, double[] predicted, double[] observed) {
    int last = 0;
    for (int b = 1; b < BINS; b++) {
      last += rows[last] >= FEWEST_ROWS ? 1 : 0;
      if (last < b) {
        rows[last] += rows[b];
        predicted[last] += predicted[b];
        observed[last] += observed[b];
        rows[b] = 0;
        predicted[b] = 0;
        observed[b] = 0;
      }
    }
    int end = last;
    if (last > 0 && rows[last] < FEWEST_ROWS) {
      end--;
      rows[end] += rows[last];
      predicted[end] += predicted[last];
      observed[end] += observed[last];
    }
    int[] filled = IntStream.rangeClosed(0, end).filter(b -> rows[b] > 0).toArray();
    return new Curve(
        name,
        Arrays.stream(filled).mapToDouble(b -> predicted[b] / rows[b]).toArray(),
        Arrays.stream(filled).mapToDouble(b -> observed[b] / rows[b]).toArray(),
        Arrays.stream(filled).mapToLong(b -> rows[b]).toArray());
  }

  /** The mean distance from what was predicted to what happened, over rows and curves. */
  static double calibrationError(List<Curve> curves) {
    double sum = 0;
    double rows = 0;
    for (Curve curve : curves) {
      double[] x = curve.x();
      double[] y = curve.y();
      long[] weights = curve.weights();
      for (int b = 0; b < x.length; b++) {
        sum += weights[b] * Math.abs(x[b] - y[b]);
        rows += weights[b];
      }
    }
    return rows == 0 ? 0 : sum / rows;
  }

  private static double[] column(List<double[]> points, int i) {
    return points.stream().mapToDouble(p -> p[i]).toArray();
  }
}
