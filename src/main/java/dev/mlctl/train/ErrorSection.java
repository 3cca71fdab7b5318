package dev.mlctl.train;

import dev.mlctl.model.Task;
import dev.mlctl.page.Axis;
import dev.mlctl.page.ConfusionTable;
import dev.mlctl.page.CurveCharts;
import dev.mlctl.page.DensityChart;
import dev.mlctl.page.Element;
import dev.mlctl.page.Histogram;
import dev.mlctl.page.Page;
import dev.mlctl.page.Plot;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The part of a report that shows where answers differ from what was so. */
final class ErrorSection {
  private static final int SHOWN_CLASSES = 30;
  private static final int NARROW_CLASSES = 3;

  private final TrainResult result;
  private final Diagnosis diagnosis;
  private final Judged judged;

  ErrorSection(TrainResult result, Diagnosis diagnosis, Judged judged) {
    this.result = result;
    this.diagnosis = diagnosis;
    this.judged = judged;
  }

  Element content() {
    List<Element> figures =
        result.bundle().signature().task() == Task.REGRESSION ? residuals() : probabilities();
    return Element.of("div")
        .add(Element.of("p", "On the " + judged.rows() + "."))
        .add(wideConfusion())
        .add(Page.grid(figures));
  }

  private List<Element> residuals() {
    double[] actual = judged.examples().numbers();
    double[] predicted = Arrays.copyOf(judged.outputs()[0], actual.length);
    double[] errors = Diagnosis.errors(judged);
    String target = result.bundle().signature().target();
    double[] range = range(actual, predicted);
    Axis x = Axis.around("predicted " + target, range[0], range[1]);
    Axis y = Axis.around("actual " + target, range[0], range[1]);
    Plot fit = new Plot("Actual against predicted " + target, x, y);
    DensityChart.draw(fit, predicted, actual);
    fit.reference("equal", x.low(), y.low(), x.high(), y.high());
    double[] spread = range(errors, new double[] {0});
    Axis away = Axis.around("actual − predicted", spread[0], spread[1]);
    double[] answers = range(predicted, predicted);
    Axis along = Axis.around("predicted " + target, answers[0], answers[1]);
    Plot residual = new Plot("Residuals against predicted " + target, along, away);
    DensityChart.draw(residual, predicted, errors);
    residual.reference("no error", along.low(), 0, along.high(), 0);
    double mean = Arrays.stream(errors).average().orElse(0);
    return List.of(
        Page.figure(
            "Actual against predicted",
            fit.element(),
            "Rows per hexagon; on the line, both are equal."),
        Page.figure(
            "Residuals against predicted",
            residual.element(),
            "A bend or a funnel shows what the model does not know."),
        Page.figure(
            "Residuals",
            Histogram.chart(
                "Histogram of residuals", "actual − predicted", List.of(diagnosis.residuals())),
            "Mean " + Shown.number(mean) + "; " + quantiles(errors)));
  }

  private static String quantiles(double[] errors) {
    double[] sorted = Arrays.stream(errors).map(Math::abs).sorted().toArray();
    int last = sorted.length - 1;
    return "half of all errors are below %s, nine in ten below %s."
        .formatted(Shown.number(sorted[last / 2]), Shown.number(sorted[(int) (last * 0.9)]));
  }

  private static double[] range(double[] a, double[] b) {
    var all = DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).summaryStatistics();
    return new double[] {all.getMin(), all.getMax()};
  }

  private List<Element> probabilities() {
    List<String> classes = result.bundle().signature().classes();
    List<Element> figures = new ArrayList<>();
    if (classes.size() <= NARROW_CLASSES) {
      figures.add(confusion(classes));
    }
    if (!diagnosis.roc().isEmpty()) {
      boolean two = classes.size() == 2;
      String of = two ? " of " + classes.get(1) : ", each class against the rest";
      double auc = result.bundle().metrics().getOrDefault("auc", Double.NaN);
      figures.add(
          Page.figure(
              "ROC" + of,
              CurveCharts.roc("ROC curve" + of, diagnosis.roc()),
              (two ? "Area under the curve " : "Mean area under the curves ")
                  + Shown.number(auc)
                  + "."));
      figures.add(
          Page.figure(
              "Calibration" + of,
              CurveCharts.calibration("Calibration curve" + of, diagnosis.calibration()),
              "On average "
                  + Shown.share(ClassCurves.calibrationError(diagnosis.calibration()))
                  + " from the line, by rows; a point is a tenth of the range, or more where rows are few."));
    }
    return figures;
  }

  /** A wide matrix has a line of its own. */
  private List<Element> wideConfusion() {
    List<String> classes = result.bundle().signature().classes();
    boolean wide = classes.size() > NARROW_CLASSES && classes.size() <= SHOWN_CLASSES;
    return wide ? List.of(confusion(classes)) : List.of();
  }

  private Element confusion(List<String> classes) {
    return Page.figure(
        "Confusion matrix",
        ConfusionTable.of("Rows by actual and predicted class", classes, judged.confusion()),
        "Shaded by share of the row; the last cell is the accuracy.");
  }
}
