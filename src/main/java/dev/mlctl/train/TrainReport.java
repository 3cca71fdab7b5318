package dev.mlctl.train;

import dev.mlctl.model.GateResult;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Task;
import dev.mlctl.model.TreeEnsemble;
import dev.mlctl.page.Axis;
import dev.mlctl.page.BarChart;
import dev.mlctl.page.ConfusionTable;
import dev.mlctl.page.CurveCharts;
import dev.mlctl.page.DataTable;
import dev.mlctl.page.DensityChart;
import dev.mlctl.page.Element;
import dev.mlctl.page.Histogram;
import dev.mlctl.page.Page;
import dev.mlctl.page.Plot;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** A training as a page: how good the model is, where it errs, what it uses, what it was given. */
final class TrainReport {
  private static final int SHOWN_CLASSES = 30;
  private static final int NARROW_CLASSES = 3;
  private static final int SHOWN_FEATURES = 25;

  private final TrainResult result;
  private final Diagnosis diagnosis;
  private final Judged judged;
  private final List<ColumnDetail> columns;

  private TrainReport(
      TrainResult result, Diagnosis diagnosis, Judged judged, List<ColumnDetail> columns) {
    this.result = result;
    this.diagnosis = diagnosis;
    this.judged = judged;
    this.columns = columns;
  }

  /**
   * The page. It holds no time and no path, so that the same training gives the same page.
   *
   * @param train the rows the model was fitted on
   */
  static String html(
      TrainSpec spec, TrainResult result, Diagnosis diagnosis, Judged judged, Examples train) {
    var signature = result.bundle().signature();
    List<ColumnDetail> columns = ColumnDetail.of(signature.target(), signature.classes(), train);
    TrainReport report = new TrainReport(result, diagnosis, judged, columns);
    Page page = new Page("Training of " + result.bundle().name(), report.subtitle());
    page.section("look-at", "What to look at", report.remarks());
    page.section("metrics", "Metrics", report.cards(), report.tables());
    page.section("errors", "Where it errs", report.errors());
    if (!result.importance().isEmpty() || diagnosis.learning() != null) {
      page.section("model", "What it uses and how it grew", report.model());
    }
    page.section("data", "The data", new DataSection(result, columns).content());
    page.section("settings", "Settings", SettingsTable.of(spec));
    page.section("origin", "Where it comes from", report.origin());
    return page.html();
  }

  private String subtitle() {
    var signature = result.bundle().signature();
    String held =
        result.testRows() == 0 ? "" : ", judged on " + Shown.count(result.testRows(), "other row");
    return "%s of %s by %s (%s) from %d features; fitted on %s%s."
        .formatted(
            signature.task() == Task.REGRESSION ? "Regression" : "Classification",
            signature.target(),
            result.bundle().provenance().algorithm(),
            result.bundle().model().predictor().kind(),
            signature.features().size(),
            Shown.count(result.trainRows(), "row"),
            held);
  }

  private Element remarks() {
    Element list = Element.of("ul").styled("findings");
    List<Remark> remarks = Remarks.of(result, diagnosis, columns);
    for (Remark remark : remarks) {
      list.add(finding(remark.level(), remark.word(), remark.text()));
    }
    return remarks.isEmpty() ? list.add(finding("ok", "ok", "Nothing stands out.")) : list;
  }

  private static Element finding(String level, String word, String text) {
    return Element.of("li")
        .add(Element.of("span", word).styled("tag " + level))
        .add(Element.of("span").name(text));
  }

  private Element cards() {
    Element cards = Element.of("dl").styled("cards");
    result
        .bundle()
        .metrics()
        .forEach(
            (name, value) ->
                cards.add(
                    Element.of("div")
                        .add(Element.of("dt", name))
                        .add(
                            Element.of("dd", Shown.number(value))
                                .add(Element.of("small", "by " + result.judgedBy())))));
    return cards;
  }

  private Element tables() {
    return Page.row(metrics(), gates());
  }

  private Element metrics() {
    List<String> heading = new ArrayList<>(List.of("metric"));
    if (!result.test().isEmpty()) {
      heading.add(">test");
    }
    heading.add(">train");
    if (!result.folds().isEmpty()) {
      heading.addAll(List.of(">mean of folds", ">deviation", ">lowest", ">highest"));
    }
    DataTable table = new DataTable("Metrics by rows", heading.toArray(new String[0]));
    result.train().forEach((name, value) -> table.row(metric(name, value).toArray(new String[0])));
    return table.element();
  }

  private List<String> metric(String name, double train) {
    List<String> row = new ArrayList<>(List.of(name));
    if (!result.test().isEmpty()) {
      row.add(Shown.number(result.test().getOrDefault(name, Double.NaN)));
    }
    row.add(Shown.number(train));
    TrainResult.FoldMetric fold = result.folds().get(name);
    if (fold != null) {
      DoubleStream.of(fold.mean(), fold.deviation(), lowest(fold), highest(fold))
          .mapToObj(Shown::number)
          .forEach(row::add);
    } else if (!result.folds().isEmpty()) {
      row.addAll(List.of("–", "–", "–", "–"));
    }
    return row;
  }

  private static double lowest(TrainResult.FoldMetric fold) {
    return fold.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN);
  }

  private static double highest(TrainResult.FoldMetric fold) {
    return fold.values().stream().mapToDouble(v -> v).max().orElse(Double.NaN);
  }

  private Element gates() {
    if (result.gates().isEmpty()) {
      return Element.of("p", "No gates were set.");
    }
    DataTable table = new DataTable("Gates", "gate", "outcome", ">is", ">against");
    for (GateResult gate : result.gates()) {
      String level =
          switch (gate.outcome()) {
            case PASSED -> "ok";
            case FAILED -> "critical";
            case SKIPPED -> "unknown";
          };
      table.row(
          Element.of("code", gate.text()),
          Element.of("span", TrainSpec.lower(gate.outcome())).styled("tag " + level),
          Element.of("span", Shown.number(gate.left())),
          Element.of("span", Shown.number(gate.right())));
    }
    return table.element();
  }

  private Element errors() {
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

  private Element model() {
    List<Element> figures = new ArrayList<>();
    if (!result.importance().isEmpty()) {
      figures.add(importance());
    }
    if (diagnosis.learning() != null) {
      figures.add(learning());
    }
    return Page.grid(figures);
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
    LearningCurve curve = diagnosis.learning();
    double[] trees = curve.trees().stream().mapToDouble(t -> t).toArray();
    double[] train = curve.train().stream().mapToDouble(v -> v).toArray();
    double[] test = curve.test().stream().mapToDouble(v -> v).toArray();
    double[] range = range(train, test);
    Plot plot =
        new Plot(
            "Learning curve",
            Axis.between("trees", 0, trees[trees.length - 1]),
            Axis.around(curve.metric(), range[0] > range[1] / 2 ? range[0] : 0, range[1]));
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

  private Element origin() {
    Provenance origin = result.bundle().provenance();
    Element facts = Element.of("dl").styled("facts");
    fact(facts, "data", origin.dataName() + ", " + Shown.count(origin.dataRows(), "row"));
    fact(facts, "SHA-256 of the data", origin.dataDigest());
    fact(facts, "seed", Long.toString(origin.seed()));
    fact(facts, "mlctl", origin.mlctlVersion());
    fact(facts, "fitted by", String.join(", ", origin.libraries()));
    fact(facts, "commit", origin.gitCommit());
    fact(facts, "licence", result.bundle().licence());
    fact(facts, "description", result.bundle().description());
    fact(
        facts,
        "largest difference",
        Shown.number(result.difference()) + " between this model and the library's own answers");
    Element config = Element.of("pre").add(Element.of("code", origin.config()));
    return Element.of("div").add(facts).add(Page.folded("Configuration as resolved", config));
  }

  private static void fact(Element facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.add(Element.of("dt", name)).add(Element.of("dd").name(text));
    }
  }
}
