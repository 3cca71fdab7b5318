package dev.mlctl.train;

import dev.mlctl.config.YamlWriter;
import dev.mlctl.data.Feature;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Gate;
import dev.mlctl.model.GateResult;
import dev.mlctl.model.Metrics;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import smile.math.MathEx;

/**
 * From a spec to a run directory, in the order a person would do it. One training at a time: the
 * library's number of threads is set for the whole process.
 */
public final class Training {
  /** What fitted the models, as the provenance names it. */
  private static final List<String> LIBRARIES = List.of("smile 2.6.0");

  private final TrainSpec given;
  private final Path runDirectory;
  private final Environment environment;
  private final Log log;

  /**
   * What a training is told of its surroundings.
   *
   * @param mlctlVersion the version of this program
   * @param gitCommit the commit of the working directory, or empty
   * @param currentMetrics the metrics of the current release, for gates that compare with it; null
   *     when there is none
   * @param nanoTime a clock for durations, as {@code System::nanoTime}
   */
  public record Environment(
      String mlctlVersion,
      String gitCommit,
      Map<String, Double> currentMetrics,
      LongSupplier nanoTime) {}

  private Training(TrainSpec spec, Path runDirectory, Environment environment, Progress progress) {
    this.given = spec;
    this.runDirectory = runDirectory;
    this.environment = environment;
    this.log = new Log(progress, environment.nanoTime());
  }

  /**
   * Trains a model and writes its run directory.
   *
   * @throws Failure of kind CONFLICT when the run directory exists; NOT_FOUND or INPUT when the
   *     data cannot be used; USAGE when the algorithm cannot do the task or a gate names an unknown
   *     metric; STORAGE when the run cannot be written; GATE when a gate does not hold, after the
   *     run directory was written
   */
  public static TrainResult run(
      TrainSpec spec, Path runDirectory, Environment environment, Progress progress) {
    return new Training(spec, runDirectory, environment, progress).run();
  }

  private TrainResult run() {
    RunDirectory.requireAbsent(runDirectory);
    Dataset data = Dataset.read(given, log);
    TrainSpec spec = given.resolved(data.signature().task(), data.signature().featureNames());
    Signature signature = data.signature();
    CrossValidation folds = CrossValidation.run(spec, signature, data.train(), log);
    Fit fit = Fit.of(spec, signature, data.train(), log);
    log.note("the model agrees with the library's own to " + shown(fit.difference()));
    Evaluation train = Evaluation.of(fit.model(), data.train());
    Evaluation test = data.test() == null ? null : Evaluation.of(fit.model(), data.test());
    Evaluation judged = test == null ? train : test;
    Examples judgedRows = test == null ? data.train() : data.test();
    Judged answers =
        test == null && folds != null
            ? new Judged("folds", data.train(), folds.outputs(), folds.confusion())
            : new Judged(
                test != null ? "test" : "train", judgedRows, judged.outputs(), judged.confusion());
    LearningCurve learning =
        LearningCurves.of(spec.algorithm(), fit.model(), data.train(), data.test());
    Diagnosis diagnosis = Diagnosis.of(signature, answers, learning);
    Map<String, Double> metrics =
        test != null ? test.metrics() : folds == null ? train.metrics() : folds.means();
    log.note("metrics: " + metrics);
    Profile baseline = Baseline.of(signature, data.train(), judged, judgedRows.rows());
    Bundle bundle =
        new Bundle(
            spec.model(),
            fit.model(),
            GoldenRows.of(fit.model(), judgedRows),
            baseline,
            metrics,
            provenance(spec, data),
            spec.licence(),
            spec.description(),
            CalibrationCurves.of(baseline, test, judgedRows));
    List<GateResult> gates = gates(spec, metrics);
    TrainResult result =
        new TrainResult(
            bundle,
            runDirectory,
            YamlWriter.write(spec.toMap(runDirectory)),
            data.columns(),
            data.train().rows(),
            test == null ? 0 : data.test().rows(),
            test == null ? Map.of() : test.metrics(),
            train.metrics(),
            folds == null ? Map.of() : folds.metrics(),
            answers.by(),
            answers.confusion(),
            gates,
            importance(fit),
            diagnosis.toMap(),
            fit.difference(),
            data.notes(),
            log.seconds());
    String report = TrainReport.html(spec, result, diagnosis, answers, data.train());
    RunDirectory.write(runDirectory, result, bundle.toBytes(), report, log.lines());
    requireGates(result);
    return result;
  }

  private Provenance provenance(TrainSpec spec, Dataset data) {
    return new Provenance(
        environment.mlctlVersion(),
        spec.algorithm().key(),
        YamlWriter.write(spec.toMap(null)),
        String.valueOf(spec.source().path().getFileName()),
        data.digest(),
        data.rows(),
        data.train().rows(),
        spec.seed(),
        environment.gitCommit(),
        LIBRARIES);
  }

  private List<GateResult> gates(TrainSpec spec, Map<String, Double> metrics) {
    return spec.gates().stream()
        .map(gate -> Gate.parse(gate).evaluate(metrics, environment.currentMetrics()))
        .toList();
  }

  private static void requireGates(TrainResult result) {
    List<Problem> problems = new ArrayList<>();
    for (GateResult gate : result.gates()) {
      if (gate.outcome() == GateResult.Outcome.FAILED) {
        problems.add(
            Problem.of(
                    String.format(
                        Locale.ROOT,
                        "the gate \"%s\" does not hold: %.6g against %.6g",
                        gate.text(),
                        gate.left(),
                        gate.right()))
                .hint("the run is in " + result.runDirectory()));
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.GATE, problems, null);
    }
  }

  /** The inputs' importance summed by feature, as shares, greatest first. */
  private static Map<String, Double> importance(Fit fit) {
    double[] ofInputs = fit.fitted().importance();
    double total = ofInputs == null ? 0 : MathEx.sum(ofInputs);
    if (!(total > 0)) {
      return Map.of();
    }
    List<Map.Entry<String, Double>> shares = new ArrayList<>();
    int input = 0;
    List<Feature> features = fit.model().signature().features();
    for (int f = 0; f < features.size(); f++) {
      int width = fit.model().preprocessor().steps().get(f).width();
      double sum = Arrays.stream(ofInputs, input, input + width).sum();
      shares.add(Map.entry(features.get(f).name(), sum / total));
      input += width;
    }
    shares.sort(Collections.reverseOrder(Map.Entry.comparingByValue()));
    Map<String, Double> sorted = new LinkedHashMap<>();
    shares.forEach(share -> sorted.put(share.getKey(), share.getValue()));
    return sorted;
  }

  private static String shown(double difference) {
    return String.format(Locale.ROOT, "%.1e", difference);
  }

  /** Metrics of every fold, their confusion matrices added up, and all rows' answers. */
  private record CrossValidation(
      Map<String, TrainResult.FoldMetric> metrics, long[][] confusion, double[][] outputs) {
    /** Null when no folds are asked for. */
    static CrossValidation run(
        TrainSpec spec, Signature signature, Examples examples, Progress progress) {
      int folds = spec.split().folds();
      if (folds == 0) {
        return null;
      }
      if (examples.rows() < 2 * folds) {
        throw Failure.of(
            FailureKind.INPUT, "%d rows are too few for %d folds", examples.rows(), folds);
      }
      Map<String, List<Double>> values = new LinkedHashMap<>();
      Metrics.NAMES.forEach(name -> values.put(name, new ArrayList<>()));
      int classes = signature.classes().size();
      long[][] confusion = new long[classes][classes];
      double[][] outputs = new double[signature.outputs()][examples.rows()];
      List<Rows> parts = Rows.folds(folds, spec.split().seed(), examples.rows(), examples.labels());
      for (int fold = 0; fold < folds; fold++) {
        progress.at("cross-validating", fold, folds);
        Fit fit = Fit.of(spec, signature, examples.pick(parts.get(fold).train()), progress);
        Evaluation judged = Evaluation.of(fit.model(), examples.pick(parts.get(fold).test()));
        judged.metrics().forEach((name, value) -> values.get(name).add(value));
        for (int k = 0; k < classes; k++) {
          int row = k;
          Arrays.setAll(confusion[k], j -> confusion[row][j] + judged.confusion()[row][j]);
        }
        place(judged.outputs(), parts.get(fold).test(), outputs);
      }
      progress.at("cross-validating", folds, folds);
      Map<String, TrainResult.FoldMetric> metrics = new LinkedHashMap<>();
      values.forEach(
          (name, list) -> {
            if (!list.isEmpty()) {
              metrics.put(name, TrainResult.FoldMetric.of(list));
            }
          });
      return new CrossValidation(metrics, confusion, outputs);
    }

    private static void place(double[][] from, int[] rows, double[][] to) {
      for (int k = 0; k < to.length; k++) {
        for (int r = 0; r < rows.length; r++) {
          to[k][rows[r]] = from[k][r];
        }
      }
    }

    Map<String, Double> means() {
      Map<String, Double> means = new LinkedHashMap<>();
      metrics.forEach((name, metric) -> means.put(name, metric.mean()));
      return means;
    }
  }

  /** Passes progress on and keeps a line for each new step. */
  private static final class Log implements Progress {
    private final Progress progress;
    private final LongSupplier nanoTime;
    private final long started;
    private final List<String> lines = new ArrayList<>();
    private String step = "";

    Log(Progress progress, LongSupplier nanoTime) {
      this.progress = progress;
      this.nanoTime = nanoTime;
      this.started = nanoTime.getAsLong();
    }

    @Override
    public synchronized void at(String newStep, long done, long total) {
      if (!newStep.equals(step)) {
        step = newStep;
        add(newStep);
      }
      progress.at(newStep, done, total);
    }

    @Override
    public synchronized void note(String line) {
      add(line);
    }

    private void add(String line) {
      lines.add(String.format(Locale.ROOT, "%8.2f s  %s", seconds(), line));
    }

    double seconds() {
      return (nanoTime.getAsLong() - started) / 1e9;
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }
  }
}
