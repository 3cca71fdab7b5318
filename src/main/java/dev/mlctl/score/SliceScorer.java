package dev.mlctl.score;

import dev.mlctl.data.TextRange;
import dev.mlctl.model.Bundle;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Scores slices of the input the way parts are scored, and keeps nothing of them. Not thread-safe:
 * one per thread.
 */
final class SliceScorer {
  /**
   * How much longer a slice of a compressed file is: of that it is only known how much was read
   * ahead for it.
   */
  private static final int COMPRESSED_RATIO = 4;

  private final ScoreJob job;
  private final Bundle bundle;
  private final long sliceBytes;
  private final PartScorer scorer;
  private final UnitScorer units;

  /**
   * A scorer.
   *
   * @param sliceBytes how much to read of a plain text
   */
  SliceScorer(ScoreJob job, Bundle bundle, long sliceBytes) {
    this.job = job;
    this.bundle = bundle;
    this.sliceBytes = sliceBytes;
    this.scorer = new PartScorer(job, bundle);
    this.units = new UnitScorer(job, bundle);
  }

  /**
   * What a slice came to.
   *
   * @param bytes of the input, as stored
   * @param out bytes of the output, as they would be stored
   * @param whole whether it is all of its unit
   */
  record Scored(Tally tally, long bytes, long out, boolean whole) {
    SampleTiming.Slice finished(long nanos) {
      return new SampleTiming.Slice(tally.rowsIn(), tally.rejected(), bytes, out, nanos);
    }
  }

  /** Whether it is known where a unit's first record starts. */
  boolean isCertain(WorkUnit unit) {
    return !job.inputFormat().isText() || unit.start() == file(unit).dataStart();
  }

  private InputFile file(WorkUnit unit) {
    return job.files().get(unit.file());
  }

  /**
   * Scores a unit or, if it is a longer text, its beginning.
   *
   * @throws dev.mlctl.error.Failure of kind INPUT when it cannot be read
   */
  Scored score(WorkUnit unit) throws IOException {
    RejectLog rejects = new RejectLog(null);
    CheckedStream out = new CheckedStream(OutputStream.nullOutputStream());
    if (job.inputFormat().isText()) {
      return scoreText(unit, out, rejects);
    }
    PartScorer.Scored scored;
    try (PartRows rows = new PartRows(out)) {
      scored = scorer.score(file(unit), unit, rows.encoder, rejects);
      rows.encoder.finish();
    }
    return new Scored(scored.tally(), unit.end() - unit.start(), out.count(), true);
  }

  private Scored scoreText(WorkUnit unit, CheckedStream out, RejectLog rejects) throws IOException {
    InputFile file = file(unit);
    long start = units.start(unit);
    long end =
        file.splits()
            ? Math.min(unit.end(), unit.start() + sliceBytes)
            : start + COMPRESSED_RATIO * sliceBytes;
    Counted in = counted(file, file.splits() ? start : 0);
    PartScorer.Scored scored;
    try (PartRows rows = new PartRows(out)) {
      TextRange range = new TextRange(start, Math.max(start, end), 1);
      scored = scorer.score(file, records(file, in, start), range, rows.encoder, rejects);
      rows.encoder.finish();
    }
    boolean whole = file.splits() ? end == unit.end() : scored.end() < end;
    long bytes = file.splits() ? end - unit.start() : whole ? file.size() : in.count;
    return new Scored(scored.tally(), bytes, out.count(), whole);
  }

  private static Counted counted(InputFile file, long start) {
    try {
      return new Counted(new ChannelStream(Storage.of(file.path()).read(file.path()), start));
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  private static InputStream records(InputFile file, InputStream in, long start) {
    try {
      InputStream plain = file.compression().decompress(in);
      plain.skipNBytes(file.splits() ? 0 : start);
      return plain;
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  /** Where the rows of a slice go: encoded, compressed and counted like those of a part. */
  private final class PartRows implements AutoCloseable {
    private final OutputStream stream;
    private final PartEncoder encoder;

    PartRows(OutputStream out) throws IOException {
      boolean text = job.publication().format().isText();
      stream = text ? job.publication().compression().compress(out) : out;
      encoder =
          text
              ? TextPart.to(stream, scorer.encoder())
              : new ColumnPart(job, bundle.signature(), stream);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** Counts what is read of a stored file. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
