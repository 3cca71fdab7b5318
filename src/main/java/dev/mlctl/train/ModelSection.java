package dev.mlctl.train;

import dev.mlctl.model.TreeEnsemble;
import dev.mlctl.page.Axis;
import dev.mlctl.page.BarChart;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Plot;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The part of a report that shows what the model uses and how it grew. */
final class ModelSection {
  private static final int SHOWN_FEATURES = 25;

  private final TrainResult result;
  private final LearningCurve curve;

  ModelSection(TrainResult result, LearningCurve curve) {
    this.result = result;
    this.curve = curve;
  }

  /** Whether there is nothing to show. */
  boolean isEmpty() {
    return result.importance().isEmpty() && curve == null;
  }

  Element content() {
    List<Element> figures = new ArrayList<>();
    if (!result.importance().isEmpty()) {
      figures.add(importance());
    }
    if (curve != null) {
      figures.add(learning());
    }
    return Page.grid(figures);
  }

  private Element importance() {
    List<BarChart.Bar> bars = new ArrayList<>();
    int left = result.importance().size() - SHOWN_FEATURES;
    for (Map.Entry<String, Double> share : result.importance().entrySet()) {
      if (bars.size() < SHOWN_FEATURES) {
        bars.add(
            new BarChart.Bar(share.getKey(), share.getValue(), Shown.share(share.getValue()), 0));
      }
    }
    String note = left > 0 ? " " + Shown.count(left) + " more features are not shown." : "";
    return Page.figure(
        "Feature importance", BarChart.of("Feature importance", bars), meaning() + note);
  }

  private String meaning() {
    return result.bundle().model().predictor() instanceof TreeEnsemble
        ? "Share of what splitting on a feature gains in all trees."
        : "Share of the change that one standard deviation of a feature makes.";
  }

  private Element learning() {
    double[] trees = curve.trees().stream().mapToDouble(t -> t).toArray();
    double[] train = curve.train().stream().mapToDouble(v -> v).toArray();
    double[] test = curve.test().stream().mapToDouble(v -> v).toArray();
    var all = DoubleStream.concat(Arrays.stream(train), Arrays.stream(test)).summaryStatistics();
    double low = all.getMin() > all.getMax() / 2 ? all.getMin() : 0;
    Plot plot =
        new Plot(
            "Learning curve",
            Axis.between("trees", 0, trees[trees.length - 1]),
            Axis.around(curve.metric(), low, all.getMax()));
    plot.line(0, "train", trees, train);
    if (test.length > 0) {
      plot.line(1, "held out", trees, test);
    }
    String note =
        curve.best() < 0
            ? "No rows were held out."
            : "Lowest on rows held out: %s with %d trees."
                .formatted(
                    Shown.number(curve.test().get(curve.best())), curve.trees().get(curve.best()));
    return Page.figure("Learning curve", plot.element(), note);
  }
}
