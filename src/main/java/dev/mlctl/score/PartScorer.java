package dev.mlctl.score;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.Latencies;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.TextRange;
import dev.mlctl.data.TextReader;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Scorer;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores rows: read, decode, predict, profile, encode, all in batches whose buffers are reused.
 * Knows nothing of Beam. Not thread-safe: one per worker thread.
 */
final class PartScorer {
  /**
   * What some records came to.
   *
   * @param end where the first record starts that was left to others
   * @param lines how many lines were read
   */
  record Scored(long end, long lines, Tally tally) {}

  private final ScoreJob job;
  private final Bundle bundle;
  private final LiveRun run;
  private final FeatureDecoder decoder;
  private final RowEncoder encoder;
  private final List<Integer> guarded;
  private final ChallengerScorer challenger;
  private final long loadNanos;
  private FeatureBatch features;
  private Scorer scorer;

  PartScorer(ScoreJob job, Bundle bundle) {
    this.job = job;
    this.bundle = bundle;
    this.run = LiveRun.of(job.id());
    Signature signature = bundle.signature();
    int[] columns = IntStream.range(0, signature.features().size()).toArray();
    this.decoder = new FeatureDecoder(signature.features(), columns, job.nullValues());
    this.encoder = job.publication().format().isText() ? RowEncoder.of(job, signature) : null;
    boolean json = job.inputFormat() == RowFormat.JSON;
    this.guarded =
        json && job.layout().wholeRecords()
            ? job.layout().added().stream().map(job.layout().wanted()::indexOf).toList()
            : List.of();
    this.challenger = ChallengerScorer.of(job);
    this.loadNanos = Models.loadNanos(job.digest());
  }

  /** How this job's rows are written; null when they are not text. */
  RowEncoder encoder() {
    return encoder;
  }

  /**
   * Scores the records of a range.
   *
   * @param in the file's bytes, decompressed, from the range's start on; closed at the end
   * @throws Failure of kind INPUT when they cannot be read
   * @throws IOException when the encoder or the log of rejected rows cannot write
   */
  Scored score(InputFile file, InputStream in, TextRange range, PartEncoder out, RejectLog rejects)
      throws IOException {
    try (TextReader reader = open(file, in, range)) {
      Tally tally = score(file, reader, out, rejects);
      return new Scored(reader.nextRecord(), reader.nextLine() - range.firstLine(), tally);
    }
  }

  /**
   * Scores the rows of a range of a file of columns, whose own row numbers are right already.
   *
   * @throws Failure of kind INPUT when they cannot be read
   * @throws IOException when the encoder or the log of rejected rows cannot write
   */
  Scored score(InputFile file, WorkUnit unit, PartEncoder out, RejectLog rejects)
      throws IOException {
    try (BatchReader reader = open(file, unit)) {
      Tally tally = score(file, reader, out, rejects);
      run.advance(unit.end() - unit.start());
      return new Scored(unit.end(), 0, tally);
    }
  }

  private BatchReader open(InputFile file, WorkUnit unit) {
    try {
      return job.inputFormat()
          .columns()
          .orElseThrow()
          .open(file.source())
          .read(job.layout().wanted(), unit.start(), unit.end(), file.firstRow(unit.start()));
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  private Tally score(InputFile file, BatchReader reader, PartEncoder out, RejectLog rejects)
      throws IOException {
    Profiler profiler =
        job.profiling().on()
            ? job.profiling().profiler(bundle.baseline(), job.layout().wanted(), job.parts())
            : null;
    if (challenger != null) {
      challenger.begin();
    }
    Latencies.Counter latencies = new Latencies.Counter();
    long rowsIn = 0;
    long rejectedBefore = rejects.count();
    for (RowBatch batch = next(reader, file); batch != null; batch = next(reader, file)) {
      long began = System.nanoTime();
      score(batch, profiler, out);
      latencies.add(System.nanoTime() - began);
      rejects.add(batch);
      rowsIn += batch.rows();
      if (file.splits() && job.inputFormat().isText()) {
        progress(batch);
      }
    }
    long rejected = rejects.count() - rejectedBefore;
    return new Tally(
        rowsIn,
        rowsIn - rejected,
        rejected,
        out.digest(),
        rejects.reasons(),
        rejects.first(),
        profiler == null ? RunProfile.of(bundle.baseline().emptied()) : profiler.run(),
        challenger == null ? null : challenger.tally(),
        new ServiceTally(latencies.counted(), loadNanos));
  }

  private TextReader open(InputFile file, InputStream in, TextRange range) {
    List<String> wanted = job.layout().wanted();
    return job.inputFormat() == RowFormat.CSV
        ? CsvReader.part(in, job.csvOptions(), file.name(), file.columns(), wanted, range)
        : JsonLinesReader.of(in, file.name(), wanted, range);
  }

  private RowBatch next(BatchReader reader, InputFile file) {
    if (run.isStopped()) {
      throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
    }
    try {
      return reader.next();
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  private void score(RowBatch batch, Profiler profiler, PartEncoder out) throws IOException {
    if (features == null || features.capacity() < batch.capacity()) {
      features = new FeatureBatch(bundle.signature().features(), batch.capacity());
      scorer = bundle.model().scorer(batch.capacity());
    }
    decoder.decode(batch, features);
    Predictions predictions = scorer.score(features);
    rejectUnfit(batch, predictions);
    if (challenger == null) {
      count(batch, predictions, profiler);
      out.write(batch, Answers.of(predictions));
      return;
    }
    challenger.score(batch, predictions);
    challenger.countOthers(batch, () -> count(batch, predictions, profiler));
    out.write(batch, challenger.answer(predictions, batch.rows()));
  }

  private void count(RowBatch batch, Predictions predictions, Profiler profiler) {
    if (profiler != null) {
      profile(batch, features, predictions, profiler);
    }
  }

  private void rejectUnfit(RowBatch batch, Predictions predictions) {
    for (double[] output : predictions.outputs()) {
      for (int r = 0; r < predictions.rows(); r++) {
        if (!Double.isFinite(output[r])) {
          batch.reject(r, "the prediction is not a finite number");
        }
      }
    }
    for (int column : guarded) {
      for (int r = 0; r < batch.rows(); r++) {
        if (batch.starts(column)[r] != batch.recordStart(r)) {
          String name = job.layout().wanted().get(column);
          batch.reject(r, "the member " + name + " is there already");
        }
      }
    }
  }

  /** Counts what a model was given and what it predicted. */
  static void profile(
      RowBatch batch, FeatureBatch features, Predictions predictions, Profiler profiler) {
    profiler.addFeatures(features, batch);
    double[][] outputs = predictions.outputs();
    int first = 0;
    if (predictions.classes() != null) {
      profiler.addClasses(0, predictions.classes(), predictions.rows(), batch);
      first = 1;
    }
    for (int k = 0; k < outputs.length; k++) {
      profiler.addOutput(first + k, outputs[k], predictions.rows(), batch);
    }
  }

  private void progress(RowBatch batch) {
    int last = batch.rows() - 1;
    run.advance(batch.recordEnd(last) + 1L - batch.recordStart(0));
  }
}
