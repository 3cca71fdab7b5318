package dev.mlctl.score;

import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RunProfile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Comparer;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Scorer;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The challenger's side of a worker: scores the batches that the champion has scored, compares, and
 * in a canary's share takes the champion's place. A row that it cannot score stays the champion's;
 * a row that the champion cannot score is rejected, whatever the challenger makes of it. Not
 * thread-safe.
 */
final class ChallengerScorer {
  private final Bundle bundle;
  private final Supplier<Profiler> profilers;
  private final FeatureDecoder decoder;
  private final Canary canary;
  private FeatureBatch features;
  private Scorer scorer;
  private Predictions predictions;
  private boolean[] usable;
  private boolean[] answered;
  private Profiler profiler;
  private Comparer comparer;
  private long rejected;
  private long given;

  private ChallengerScorer(ScoreJob job, ChallengerJob its, Bundle bundle) {
    this.bundle = bundle;
    // An imported model may come without a baseline to count into.
    boolean profiled = job.profiling().on() && !bundle.baseline().outputs().isEmpty();
    this.profilers =
        profiled
            ? () -> job.profiling().profiler(bundle.baseline(), job.layout().wanted(), job.parts())
            : () -> null;
    Signature signature = bundle.signature();
    List<String> wanted = job.layout().wanted();
    int[] columns = signature.featureNames().stream().mapToInt(wanted::indexOf).toArray();
    this.decoder = new FeatureDecoder(signature.features(), columns, job.nullValues());
    this.canary = its.isCanary() ? new Canary(its.share(), wanted.indexOf(its.key())) : null;
  }

  /** The job's challenger with this process's copy of its bundle; null when it has none. */
  static ChallengerScorer of(ScoreJob job) {
    ChallengerJob its = job.challenger();
    if (its == null) {
      return null;
    }
    try {
      return new ChallengerScorer(job, its, Models.get(its.digest(), its.bundle()));
    } catch (IOException e) {
      throw Failure.of(FailureKind.PIPELINE, "a worker cannot read the challenger's bundle: %s", e)
          .at(its.bundle())
          .causedBy(e);
    }
  }

  /** Begins to count anew. */
  void begin() {
    profiler = profilers.get();
    comparer = new Comparer(bundle.signature());
    rejected = 0;
    given = 0;
  }

  /** What the rows came to since the beginning. */
  ChallengerTally tally() {
    return new ChallengerTally(
        rejected,
        given,
        profiler == null ? RunProfile.of(bundle.baseline().emptied()) : profiler.run(),
        comparer.comparison());
  }

  /** Scores a batch, and compares with the champion's answers. */
  void score(RowBatch batch, Predictions champion) {
    if (features == null || features.capacity() < batch.capacity()) {
      features = new FeatureBatch(bundle.signature().features(), batch.capacity());
      scorer = bundle.model().scorer(batch.capacity());
      usable = new boolean[batch.capacity()];
      answered = new boolean[batch.capacity()];
    }
    predict(batch);
    for (int r = 0; r < batch.rows(); r++) {
      answered[r] = usable[r] && canary != null && canary.takes(batch, r);
      given += answered[r] ? 1 : 0;
      if (usable[r]) {
        comparer.add(champion, predictions, r);
      }
    }
    if (profiler != null) {
      boolean[] own = canary == null ? usable : answered;
      counting(batch, own, () -> PartScorer.profile(batch, features, predictions, profiler));
    }
  }

  /** Finds the rows that it can score; what it cannot is no reason to reject a row. */
  private void predict(RowBatch batch) {
    for (int r = 0; r < batch.rows(); r++) {
      usable[r] = !batch.isRejected(r);
    }
    decoder.decode(batch, features);
    predictions = scorer.score(features);
    for (int r = 0; r < batch.rows(); r++) {
      if (usable[r] && !(isFinite(r) && !batch.isRejected(r))) {
        usable[r] = false;
        rejected++;
        batch.readmit(r);
      }
    }
  }

  private boolean isFinite(int row) {
    for (double[] output : predictions.outputs()) {
      if (!Double.isFinite(output[row])) {
        return false;
      }
    }
    return true;
  }

  /** Lets the champion's rows be counted: those that it answers. */
  void countOthers(RowBatch batch, Runnable count) {
    if (canary == null) {
      count.run();
      return;
    }
    boolean[] others = new boolean[batch.rows()];
    for (int r = 0; r < others.length; r++) {
      others[r] = !answered[r];
    }
    counting(batch, others, count);
  }

  /** Counts with some rows only, as if the others were rejected. */
  private static void counting(RowBatch batch, boolean[] only, Runnable count) {
    boolean[] hidden = new boolean[batch.rows()];
    boolean any = false;
    for (int r = 0; r < hidden.length; r++) {
      hidden[r] = !only[r] && !batch.isRejected(r);
      if (hidden[r]) {
        batch.reject(r, "counted elsewhere");
        any = true;
      }
    }
    count.run();
    for (int r = 0; any && r < hidden.length; r++) {
      if (hidden[r]) {
        batch.readmit(r);
      }
    }
  }

  /** Puts its answers in the place of the champion's where they are wanted. */
  Answers answer(Predictions champion, int rows) {
    if (canary == null) {
      return new Answers(champion, predictions, usable, null);
    }
    double[][] from = predictions.outputs();
    double[][] into = champion.outputs();
    for (int r = 0; r < rows; r++) {
      for (int k = 0; answered[r] && k < into.length; k++) {
        into[k][r] = from[k][r];
      }
      if (answered[r] && champion.classes() != null) {
        champion.classes()[r] = predictions.classes()[r];
      }
    }
    return new Answers(champion, predictions, usable, answered);
  }
}
