package dev.mlctl.score;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.Profiler;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Scorer;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores one part after another: read, decode, predict, profile, encode, all in batches whose
 * buffers are reused. Knows nothing of Beam. Not thread-safe: one per worker thread.
 */
final class PartScorer {
  private static final int FLUSH_BYTES = 1 << 20;

  private final ScoreJob job;
  private final Bundle bundle;
  private final WorkDirectory work;
  private final LiveRun run;
  private final FeatureDecoder decoder;
  private final RowEncoder encoder;
  private final List<Integer> guarded;
  private final Bytes rows = new Bytes();
  private final Bytes rejects = new Bytes();
  private FeatureBatch features;
  private Scorer scorer;

  PartScorer(ScoreJob job, Bundle bundle) {
    this.job = job;
    this.bundle = bundle;
    this.work = job.workDirectory();
    this.run = LiveRun.of(job.id());
    Signature signature = bundle.signature();
    int[] columns = IntStream.range(0, signature.features().size()).toArray();
    this.decoder = new FeatureDecoder(signature.features(), columns, job.nullValues());
    this.encoder = RowEncoder.of(job, signature);
    boolean json = job.inputFormat() == TextFormat.JSON_LINES;
    this.guarded =
        json && job.layout().wholeRecords()
            ? job.layout().added().stream().map(job.layout().wanted()::indexOf).toList()
            : List.of();
  }

  /**
   * Scores a part into its files of the work directory; the file of its result is written last.
   *
   * @throws Failure of kind INPUT when the part cannot be read, STORAGE when its files cannot be
   *     written
   */
  PartResult score(WorkUnit unit) {
    Profiler profiler = new Profiler(bundle.baseline());
    RejectWriter rejectWriter =
        new RejectWriter(
            job.publication().deadLetterFormat(), job.publication().deadLetterDelimiter());
    Path part = work.part(unit.part());
    rows.clear();
    rejects.clear();
    long[] counts = new long[3];
    try (OutputStream out = Files.newOutputStream(part);
        OutputStream dead = Files.newOutputStream(work.rejects(unit.part()))) {
      try (BatchReader reader = open(unit)) {
        for (RowBatch batch = next(reader, unit); batch != null; batch = next(reader, unit)) {
          score(batch, profiler);
          rejectWriter.write(batch, rejects);
          counts[0] += batch.rows();
          counts[1] += batch.rejected();
          counts[2] += flush(rows, out, FLUSH_BYTES);
          flush(rejects, dead, FLUSH_BYTES);
          progress(batch);
        }
      }
      counts[2] += flush(rows, out, 0);
      flush(rejects, dead, 0);
    } catch (IOException e) {
      throw IoFailure.writing(job.publication().output(), e);
    }
    Tally tally =
        new Tally(
            counts[0],
            counts[0] - counts[1],
            counts[1],
            counts[2],
            rejectWriter.reasons(),
            rejectWriter.first(),
            profiler.profile());
    return finished(new PartResult(unit.part(), tally));
  }

  private PartResult finished(PartResult result) {
    try {
      result.write(work.result(result.part()));
      return result;
    } catch (IOException e) {
      throw IoFailure.writing(job.publication().output(), e);
    }
  }

  private BatchReader open(WorkUnit unit) {
    InputFile file = job.files().get(unit.file());
    try {
      InputStream in = new RangeStream(Path.of(file.path()), unit.start(), unit.end());
      List<String> wanted = job.layout().wanted();
      return job.inputFormat() == TextFormat.CSV
          ? CsvReader.part(
              in,
              new CsvOptions((byte) job.inputDelimiter()),
              file.name(),
              file.columns(),
              wanted,
              unit.firstLine())
          : JsonLinesReader.of(in, file.name(), wanted, unit.firstLine());
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  private RowBatch next(BatchReader reader, WorkUnit unit) {
    if (run.isStopped()) {
      throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
    }
    try {
      return reader.next();
    } catch (IOException e) {
      throw IoFailure.reading(job.files().get(unit.file()).name(), e);
    }
  }

  private void score(RowBatch batch, Profiler profiler) {
    if (features == null || features.capacity() < batch.capacity()) {
      features = new FeatureBatch(bundle.signature().features(), batch.capacity());
      scorer = bundle.model().scorer(batch.capacity());
    }
    decoder.decode(batch, features);
    Predictions predictions = scorer.score(features);
    rejectUnfit(batch, predictions);
    profile(batch, predictions, profiler);
    encoder.encode(batch, predictions, rows);
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

  private void profile(RowBatch batch, Predictions predictions, Profiler profiler) {
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

  private static long flush(Bytes bytes, OutputStream out, int limit) throws IOException {
    int size = bytes.size();
    if (size < limit) {
      return 0;
    }
    bytes.writeTo(out);
    bytes.clear();
    return size;
  }

  private void progress(RowBatch batch) {
    int last = batch.rows() - 1;
    run.advance(batch.recordEnd(last) + 1L - batch.recordStart(0));
  }
}
