package dev.mlctl.monitor;

import dev.mlctl.data.Numbers;
import dev.mlctl.data.RowBatch;
import dev.mlctl.format.RowFile;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins what champion and challenger predicted for the same rows with the labels of these rows. A
 * row that holds the challenger's answer in the champion's place is no pair.
 */
final class ChallengerJoin {
  private static final String CHALLENGER = "challenger_";
  static final String RELEASE = "model_release";

  private final Signature signature;
  private final LabelSource source;
  private final String label;
  private final Map<String, Double> labels = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  private ChallengerJoin(Signature signature, LabelSource source, String label) {
    this.signature = signature;
    this.source = source;
    this.label = label;
  }

  /** The labelled pairs of one run, row by row. */
  record Pairs(ChallengerAnswers champion, ChallengerAnswers challenger) {
    int rows() {
      return champion.rows().size();
    }

    /** Both together. */
    Pairs plus(Pairs other) {
      return new Pairs(joined(champion, other.champion), joined(challenger, other.challenger));
    }

    private static ChallengerAnswers joined(ChallengerAnswers one, ChallengerAnswers other) {
      List<double[]> rows = new ArrayList<>(one.rows());
      rows.addAll(other.rows());
      boolean probabilities = one.withProbabilities() && other.withProbabilities();
      return new ChallengerAnswers(one.signature(), probabilities, rows);
    }
  }

  /** Why the answers of a run cannot be paired; empty when they can. */
  static String obstacle(ChallengerRun run) {
    if (!Boolean.TRUE.equals(run.run().output().get("challenger"))) {
      return "the predictions do not hold the challenger's: score with output.challenger: true";
    }
    return run.isCanary() && !run.run().namesReleases()
        ? "nobody can tell whose answers are whose: score with output.release: true"
        : "";
  }

  /** The pairs of each run; a key that several runs answered counts for the newest. */
  static List<Pairs> of(
      Signature signature, LabelSource source, String label, List<ChallengerRun> runs) {
    ChallengerJoin join = new ChallengerJoin(signature, source, label);
    join.readLabels();
    List<Pairs> pairs = new ArrayList<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      pairs.add(0, join.read(runs.get(i)));
    }
    return pairs;
  }

  private void readLabels() {
    String target = source.target().orElse(signature.target());
    Set<String> contradictory = new HashSet<>();
    for (RowFile file : LabelFiles.of(source)) {
      file.read(
          List.of(source.key(), target),
          (batch, row) -> {
            String key = batch.text(0, row);
            double truth = value(batch.text(1, row));
            Double before = Double.isNaN(truth) ? null : labels.putIfAbsent(key, truth);
            if (before != null && before != truth) {
              contradictory.add(key);
            }
          });
    }
    contradictory.forEach(labels::remove);
    labels.remove("");
  }

  private Pairs read(ChallengerRun run) {
    List<RowFile> files = ScoredFiles.of(run.run());
    List<String> probabilities = signature.classes().stream().map(c -> "probability_" + c).toList();
    List<String> theirs = probabilities.stream().map(CHALLENGER::concat).toList();
    boolean both =
        signature.task() == Task.CLASSIFICATION
            && files.stream().allMatch(file -> file.columns().containsAll(theirs));
    List<String> wanted =
        new ArrayList<>(
            List.of(
                source.key(), ScoredFiles.predictionColumn(run.run()), CHALLENGER + "prediction"));
    if (both) {
      wanted.addAll(probabilities);
      wanted.addAll(theirs);
    }
    if (run.isCanary()) {
      wanted.add(RELEASE);
    }
    Pairs pairs = new Pairs(answers(both), answers(both));
    int classes = both ? probabilities.size() : 0;
    files.forEach(
        file -> file.read(wanted, (batch, row) -> add(batch, row, run.isCanary(), classes, pairs)));
    return pairs;
  }

  private ChallengerAnswers answers(boolean withProbabilities) {
    return new ChallengerAnswers(signature, withProbabilities, new ArrayList<>());
  }

  private void add(RowBatch batch, int row, boolean canary, int classes, Pairs pairs) {
    String key = batch.text(0, row);
    Double truth = labels.get(key);
    boolean its = canary && batch.text(batch.columns() - 1, row).equals(label);
    if (truth == null || its) {
      return;
    }
    double[] champion = answer(batch, row, truth, 1, 3, classes);
    double[] challenger = answer(batch, row, truth, 2, 3 + classes, classes);
    if (champion != null && challenger != null && answered.add(key)) {
      pairs.champion().rows().add(champion);
      pairs.challenger().rows().add(challenger);
    }
  }

  /** A row of {@link ChallengerAnswers}, or null when it is not usable. */
  private double[] answer(
      RowBatch batch, int row, double truth, int prediction, int first, int classes) {
    double[] answer = new double[2 + classes];
    answer[0] = truth;
    answer[1] = value(batch.text(prediction, row));
    boolean usable = !Double.isNaN(answer[1]);
    for (int k = 0; k < classes; k++) {
      answer[2 + k] = Numbers.parse(batch.text(first + k, row));
      usable &= answer[2 + k] >= 0 && answer[2 + k] <= 1;
    }
    return usable ? answer : null;
  }

  /** A number, or the index of a class; NaN when it is neither. */
  private double value(String text) {
    if (signature.task() == Task.REGRESSION) {
      return Numbers.parse(text);
    }
    int index = signature.classes().indexOf(text);
    return index < 0 ? Double.NaN : index;
  }
}
