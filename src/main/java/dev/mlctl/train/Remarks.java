package dev.mlctl.train;

import dev.mlctl.model.GateResult;
import dev.mlctl.model.Metrics;
import dev.mlctl.model.Task;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What stands out in a training, told from its numbers alone; the gravest first. */
final class Remarks {
  private static final int FEW_ROWS = 200;
  private static final int FEW_TEST_ROWS = 100;
  private static final int ROWS_PER_FEATURE = 10;
  private static final double MANY_MISSING = 0.2;
  private static final double LEAK_SHARE = 0.6;
  private static final double TOO_GOOD = 0.999;
  private static final double SCORE_GAP = 0.05;
  private static final double ERROR_RATIO = 1.5;
  private static final double RARE_CLASS = 0.05;
  private static final double LOW_RECALL = 0.5;
  private static final double BAD_CALIBRATION = 0.05;
  private static final double STILL_FALLING = 0.02;
  private static final double PAST_BEST = 0.01;
  private static final double UNSTEADY = 0.1;
  private static final List<String> SCORES = List.of("r2", "accuracy", "auc");

  private final TrainResult result;
  private final Diagnosis diagnosis;
  private final List<ColumnDetail> columns;
  private final List<Remark> remarks = new ArrayList<>();

  private Remarks(TrainResult result, Diagnosis diagnosis, List<ColumnDetail> columns) {
    this.result = result;
    this.diagnosis = diagnosis;
    this.columns = columns;
  }

  /**
   * The remarks on a training.
   *
   * @param columns the features, then the target
   */
  static List<Remark> of(TrainResult result, Diagnosis diagnosis, List<ColumnDetail> columns) {
    Remarks made = new Remarks(result, diagnosis, columns);
    made.gates();
    made.rows();
    made.fit();
    made.folds();
    made.classes();
    made.features();
    made.learning();
    List<String> order = List.of("critical", "warning", "unknown");
    made.remarks.sort(Comparator.comparingInt(r -> order.indexOf(r.level())));
    return made.remarks;
  }

  private void gates() {
    for (GateResult gate : result.gates()) {
      if (gate.outcome() == GateResult.Outcome.FAILED) {
        String sides = Shown.number(gate.left()) + " against " + Shown.number(gate.right());
        remarks.add(Remark.critical("The gate " + gate.text() + " does not hold: " + sides + "."));
      }
    }
  }

  private void rows() {
    int features = result.bundle().signature().features().size();
    int rows = result.trainRows();
    if (rows < FEW_ROWS) {
      remarks.add(Remark.warning("Few rows to train on: " + Shown.count(rows) + "."));
    } else if (rows < ROWS_PER_FEATURE * features) {
      String text = "Few rows for the number of features: %s rows, %d features.";
      remarks.add(Remark.warning(text.formatted(Shown.count(rows), features)));
    }
    if (result.testRows() > 0 && result.testRows() < FEW_TEST_ROWS) {
      String text = "Few rows held out: with %d of them the metrics are uncertain.";
      remarks.add(Remark.warning(text.formatted(result.testRows())));
    }
    if (result.judgedBy().equals("train")) {
      remarks.add(
          Remark.warning(
              "No rows were held out: the metrics are those of the rows the model was fitted on,"
                  + " and too good."));
    }
  }

  private void fit() {
    Map<String, Double> judged = result.bundle().metrics();
    boolean held = !result.judgedBy().equals("train");
    for (String name : SCORES) {
      double train = result.train().getOrDefault(name, Double.NaN);
      double test = judged.getOrDefault(name, Double.NaN);
      if (held && train - test > SCORE_GAP) {
        remarks.add(Remark.warning(gap(name, train, test)));
      }
    }
    double trainError = result.train().getOrDefault("rmse", Double.NaN);
    double testError = judged.getOrDefault("rmse", Double.NaN);
    if (held && testError > ERROR_RATIO * trainError) {
      remarks.add(Remark.warning(gap("rmse", trainError, testError)));
    }
    double best = Math.max(judged.getOrDefault("auc", 0.0), judged.getOrDefault("r2", 0.0));
    if (held && best > TOO_GOOD) {
      remarks.add(
          Remark.hint(
              "Almost perfect on rows it never saw: make sure that no feature is known only after"
                  + " the target is."));
    }
    if (judged.getOrDefault("r2", 1.0) <= 0) {
      remarks.add(Remark.critical("It predicts no better than the mean of the target would."));
    }
  }

  private static String gap(String name, double train, double test) {
    return "Much better on the rows it was fitted on: %s is %s there and %s on others. It overfits."
        .formatted(name, Shown.number(train), Shown.number(test));
  }

  private void folds() {
    result
        .folds()
        .forEach(
            (name, fold) -> {
              if (Metrics.greaterIsBetter(name)
                  && fold.deviation() > UNSTEADY * Math.abs(fold.mean())) {
                String text = "%s differs between folds: %s ± %s.";
                String mean = Shown.number(fold.mean());
                remarks.add(
                    Remark.hint(text.formatted(name, mean, Shown.number(fold.deviation()))));
              }
            });
  }

  private void classes() {
    if (result.bundle().signature().task() != Task.CLASSIFICATION) {
      return;
    }
    List<ColumnDetail.CategoryDetail> classes = columns.get(columns.size() - 1).categories();
    double rows = result.trainRows();
    var rarest = classes.get(classes.size() - 1);
    if (rarest.rows() < RARE_CLASS * rows) {
      String text = "The classes are uneven: %s is %s of the training rows.";
      remarks.add(Remark.warning(text.formatted(rarest.text(), Shown.share(rarest.rows() / rows))));
    }
    double majority = classes.get(0).rows() / rows;
    double accuracy = result.bundle().metrics().getOrDefault("accuracy", 1.0);
    if (accuracy <= majority) {
      String text = "Always answering %s would be right as often: accuracy %s.";
      remarks.add(Remark.critical(text.formatted(classes.get(0).text(), Shown.share(accuracy))));
    }
    recalls();
    double off = ClassCurves.calibrationError(diagnosis.calibration());
    if (off > BAD_CALIBRATION) {
      String text = "Probabilities are off by %s on average: use them to rank, not as they are.";
      remarks.add(Remark.warning(text.formatted(Shown.share(off))));
    }
  }

  private void recalls() {
    long[][] confusion = result.confusion();
    for (int k = 0; k < confusion.length; k++) {
      double total = Arrays.stream(confusion[k]).sum();
      if (confusion[k][k] < LOW_RECALL * total) {
        String text = "Of the rows of class %s only %s are found.";
        String name = result.bundle().signature().classes().get(k);
        remarks.add(Remark.warning(text.formatted(name, Shown.share(confusion[k][k] / total))));
      }
    }
  }

  private void features() {
    result
        .importance()
        .forEach(
            (name, share) -> {
              if (share > LEAK_SHARE && result.importance().size() > 1) {
                String text =
                    "%s alone makes up %s of what the model uses: is it known before the target is?";
                remarks.add(Remark.warning(text.formatted(name, Shown.share(share))));
              }
            });
    for (ColumnDetail column : columns) {
      double missing = (double) column.missing() / result.trainRows();
      if (missing >= MANY_MISSING) {
        String text = "%s is missing in %s of the training rows.";
        remarks.add(Remark.warning(text.formatted(column.name(), Shown.share(missing))));
      }
      if (column.distinct() == 1 && column.missing() == 0) {
        remarks.add(Remark.hint(column.name() + " has the same value in every training row."));
      }
    }
  }

  private void learning() {
    LearningCurve curve = diagnosis.learning();
    if (curve == null || curve.best() < 0 || curve.test().size() < 2) {
      return;
    }
    int points = curve.test().size();
    double last = curve.test().get(points - 1);
    double best = curve.test().get(curve.best());
    double before = curve.test().get((int) (0.8 * (points - 1)));
    int trees = curve.trees().get(points - 1);
    if (last > best * (1 + PAST_BEST)) {
      String text = "On rows held out %s was lowest with %d trees (%s), not with %d (%s).";
      int at = curve.trees().get(curve.best());
      remarks.add(
          Remark.warning(
              text.formatted(curve.metric(), at, Shown.number(best), trees, Shown.number(last))));
    } else if (last < before * (1 - STILL_FALLING)) {
      String text = "%s was still falling at %d trees: more of them may help.";
      remarks.add(Remark.hint(text.formatted(curve.metric(), trees)));
    }
  }
}
