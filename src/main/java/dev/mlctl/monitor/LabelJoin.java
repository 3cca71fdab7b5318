package dev.mlctl.monitor;

import dev.mlctl.data.Numbers;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.format.RowFile;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins the outputs of runs with labels by key. The labels are held in memory, the outputs are read
 * row by row. Where several runs answered the same key, the newest counts.
 */
final class LabelJoin {
  private static final int MOST_LABELS = 20_000_000;

  private final Signature signature;
  private final LabelSource source;
  private final Map<String, Double> labels = new HashMap<>();
  private final Set<String> contradictory = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final List<double[]> rows = new ArrayList<>();
  private boolean withProbabilities = true;
  private long duplicateLabels;
  private long duplicatePredictions;
  private long predictionsUnmatched;
  private long unusable;

  private LabelJoin(Signature signature, LabelSource source) {
    this.signature = signature;
    this.source = source;
  }

  /** What a join gives. */
  record Joined(Answers answers, LabelCounts counts) {}

  /**
   * A file of predictions and the column they are in.
   *
   * @param canary what rows say that are another model's; empty when there are none
   */
  private record Scored(RowFile file, String prediction, Optional<String> canary) {}

  /**
   * Reads both sides.
   *
   * @param runs oldest first
   */
  static Joined of(Signature signature, LabelSource source, List<RunRecord> runs) {
    LabelJoin join = new LabelJoin(signature, source);
    join.readLabels();
    List<Scored> files = new ArrayList<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRecord run = runs.get(i);
      if (run.canary().isPresent() && !run.namesReleases()) {
        continue; // nobody can tell whose answers these are, and some are not the release's
      }
      String prediction = ScoredFiles.predictionColumn(run);
      ScoredFiles.of(run).forEach(file -> files.add(new Scored(file, prediction, run.canary())));
    }
    join.withProbabilities =
        signature.task() == Task.CLASSIFICATION
            && files.stream().allMatch(f -> join.hasProbabilities(f.file()));
    files.forEach(join::readPredictions);
    Answers answers = new Answers(signature, join.withProbabilities, join.rows);
    return new Joined(answers, join.counts());
  }

  private LabelCounts counts() {
    return new LabelCounts(
        rows.size(),
        labels.size() - answered.size(),
        predictionsUnmatched,
        duplicateLabels,
        contradictory.size(),
        duplicatePredictions,
        unusable);
  }

  private void readLabels() {
    String target = source.target().orElse(signature.target());
    long unreadable =
        RowFile.of(source.path(), "the labels")
            .read(List.of(source.key(), target), this::readLabel);
    unusable += unreadable;
    contradictory.forEach(labels::remove);
  }

  private void readLabel(RowBatch batch, int row) {
    String key = batch.text(0, row);
    double label = value(batch.text(1, row));
    if (key.isEmpty() || Double.isNaN(label)) {
      unusable++;
      return;
    }
    if (labels.size() == MOST_LABELS) {
      throw Failure.of(FailureKind.INPUT, "more than %d labels", MOST_LABELS)
          .at(source.path() + ":" + batch.line(row))
          .hint("give only the labels of the runs to judge");
    }
    Double before = labels.putIfAbsent(key, label);
    if (before != null) {
      duplicateLabels++;
      if (before != label) {
        contradictory.add(key);
      }
    }
  }

  private void readPredictions(Scored scored) {
    List<String> wanted = new ArrayList<>(List.of(source.key(), scored.prediction()));
    if (withProbabilities) {
      wanted.addAll(probabilityColumns());
    }
    int columns = wanted.size();
    scored.canary().ifPresent(label -> wanted.add(ChallengerJoin.RELEASE));
    long unreadable =
        scored
            .file()
            .read(
                wanted,
                (batch, row) -> {
                  boolean own =
                      scored
                          .canary()
                          .map(label -> !batch.text(columns, row).equals(label))
                          .orElse(true);
                  if (own) {
                    readPrediction(batch, row, columns);
                  }
                });
    unusable += unreadable;
  }

  private void readPrediction(RowBatch batch, int row, int columns) {
    String key = batch.text(0, row);
    double[] answer = answer(batch, row, columns);
    if (key.isEmpty() || answer == null) {
      unusable++;
      return;
    }
    Double label = labels.get(key);
    if (label == null) {
      predictionsUnmatched++;
    } else if (answered.add(key)) {
      answer[0] = label;
      rows.add(answer);
    } else {
      duplicatePredictions++;
    }
  }

  /** A row of {@link Answers} without its truth, or null when a value cannot be used. */
  private double[] answer(RowBatch batch, int row, int columns) {
    double[] answer = new double[columns];
    answer[1] = value(batch.text(1, row));
    boolean usable = !Double.isNaN(answer[1]);
    for (int c = 2; c < columns; c++) {
      answer[c] = Numbers.parse(batch.text(c, row));
      usable &= answer[c] >= 0 && answer[c] <= 1;
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

  private boolean hasProbabilities(RowFile file) {
    return file.columns().containsAll(probabilityColumns());
  }

  private List<String> probabilityColumns() {
    return signature.classes().stream().map(name -> "probability_" + name).toList();
  }
}
