package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.RecordBounds;
import dev.mlctl.data.TextRange;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;

/** Scores one unit of work after another. Not thread-safe: one per worker thread. */
final class UnitScorer {
  private final ScoreJob job;
  private final Bundle bundle;
  private final PartScorer scorer;
  private final WorkDirectory work;

  UnitScorer(ScoreJob job, Bundle bundle) {
    this.job = job;
    this.bundle = bundle;
    this.scorer = new PartScorer(job, bundle);
    this.work = job.workDirectory();
  }

  /** Where a unit's first record starts, as far as can be told from what follows. */
  long start(WorkUnit unit) {
    InputFile file = file(unit);
    if (unit.start() == file.dataStart() || !job.inputFormat().isText()) {
      return unit.start();
    }
    RecordBounds bounds =
        job.inputFormat() == RowFormat.CSV
            ? RecordBounds.csv(job.csvOptions(), file.columns().size())
            : RecordBounds.lines();
    try (SeekableByteChannel channel = Storage.of(file.path()).read(file.path())) {
      return bounds.firstStart(channel, unit.start());
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  private InputFile file(WorkUnit unit) {
    return job.files().get(unit.file());
  }

  /**
   * Scores a unit into memory.
   *
   * @param start where its first record starts
   * @param rows cleared, then filled with the rows as they are to be stored
   * @return a result that is not readable when the unit cannot be read from this start
   */
  PartResult score(WorkUnit unit, long start, Bytes rows) {
    return tried(unit, start, rejects -> toMemory(unit, range(unit, start, 0), rows, rejects));
  }

  /**
   * Scores a unit into a file of the work directory.
   *
   * @see #score
   */
  PartResult scoreToFile(WorkUnit unit, long start) {
    return tried(unit, start, rejects -> toFile(unit, range(unit, start, 0), rejects));
  }

  /**
   * Fails as reading a unit failed, with the right line in the message.
   *
   * @param start where its first record starts, which is certain
   * @param linesBefore the lines of the file before it
   */
  Failure failure(WorkUnit unit, long start, long linesBefore) {
    try (RejectLog rejects = new RejectLog(OutputStream::nullOutputStream)) {
      TextRange range = range(unit, start, linesBefore);
      write(unit, range, OutputStream.nullOutputStream(), rejects);
    } catch (Failure e) {
      return e;
    } catch (IOException e) {
      return IoFailure.reading(file(unit).name(), e);
    }
    return IoFailure.reading(file(unit).name(), new IOException("it changes while it is read"));
  }

  /** The range of a unit; that of a compressed file, whose units count stored bytes, has no end. */
  private TextRange range(WorkUnit unit, long start, long linesBefore) {
    long end = file(unit).splits() ? Math.max(start, unit.end()) : Long.MAX_VALUE;
    return new TextRange(start, end, linesBefore + 1);
  }

  private Written toMemory(WorkUnit unit, TextRange range, Bytes rows, RejectLog rejects)
      throws IOException {
    rows.clear();
    PartEncoder part = TextPart.inMemory(scorer.encoder(), rows);
    PartScorer.Scored scored = read(unit, range, part, rejects);
    Compression compression = job.publication().compression();
    if (compression != Compression.NONE) {
      byte[] plain = rows.toArray();
      rows.clear();
      try (OutputStream out = compression.compress(rows.stream())) {
        out.write(plain);
      }
    }
    CRC32C checksum = new CRC32C();
    checksum.update(rows.view());
    return new Written(scored, "", rows.size(), checksum.getValue());
  }

  private Written toFile(WorkUnit unit, TextRange range, RejectLog rejects) throws IOException {
    String name = work.newPart(unit.part());
    try (CheckedStream file = new CheckedStream(work.create(name))) {
      if (job.shardStarts().contains(unit.part())) {
        file.write(RowEncoder.header(job));
      }
      PartScorer.Scored scored = write(unit, range, file, rejects);
      return new Written(scored, name, file.count(), file.checksum());
    }
  }

  /** Scores a unit to a stream, as it is to be stored. */
  private PartScorer.Scored write(
      WorkUnit unit, TextRange range, OutputStream stream, RejectLog rejects) throws IOException {
    if (!job.publication().format().isText()) {
      ColumnPart part = new ColumnPart(job, bundle.signature(), stream);
      PartScorer.Scored scored = read(unit, range, part, rejects);
      return scored;
    } else if (!file(unit).splits()) {
      return new StagedScorer(job, bundle).score(file(unit), range, stream, rejects);
    }
    try (OutputStream out = job.publication().compression().compress(stream)) {
      return read(unit, range, TextPart.to(out, scorer.encoder()), rejects);
    }
  }

  /** Rows of a part as they were stored. */
  private record Written(PartScorer.Scored scored, String file, long bytes, long checksum) {}

  private interface Attempt {
    Written write(RejectLog rejects) throws IOException;
  }

  private PartResult tried(WorkUnit unit, long start, Attempt attempt) {
    String rejectsName = work.newRejects(unit.part());
    try {
      Written written;
      try (RejectLog rejects = new RejectLog(() -> work.create(rejectsName))) {
        written = attempt.write(rejects);
      }
      Tally tally = written.scored().tally();
      return new PartResult(
          unit,
          start,
          written.scored().end(),
          written.scored().lines(),
          written.file(),
          0,
          written.bytes(),
          written.checksum(),
          tally.rejected() == 0 ? "" : rejectsName,
          tally);
    } catch (IOException e) {
      throw IoFailure.writing(job.publication().output(), e);
    } catch (Failure e) {
      boolean input = e.kind() == FailureKind.INPUT || e.kind() == FailureKind.NOT_FOUND;
      if (input && !IoFailure.isStop(e)) {
        return PartResult.unreadable(unit, start);
      }
      throw e;
    }
  }

  private PartScorer.Scored read(WorkUnit unit, TextRange range, PartEncoder out, RejectLog rejects)
      throws IOException {
    InputFile file = file(unit);
    PartScorer.Scored scored =
        job.inputFormat().isText()
            ? scorer.score(file, stream(file, range.start()), range, out, rejects)
            : scorer.score(file, unit, out, rejects);
    out.finish();
    return scored;
  }

  private static InputStream stream(InputFile file, long start) {
    try {
      SeekableByteChannel channel = Storage.of(file.path()).read(file.path());
      if (file.splits()) {
        return new ChannelStream(channel, start);
      }
      InputStream in = file.compression().decompress(new ChannelStream(channel, 0));
      in.skipNBytes(start);
      return in;
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }
}
