package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.RecordBounds;
import dev.mlctl.data.TextRange;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scores a compressed file, which cannot be split, in stages: one thread decompresses and cuts
 * chunks of whole records, several score them, and the first writes what they made in input order.
 * No more than a few chunks are in memory. Used once.
 */
final class StagedScorer {
  private static final int CHUNK_BYTES = 1 << 20;

  private final ScoreJob job;
  private final BlockingQueue<PartScorer> scorers;
  private final int threads;

  StagedScorer(ScoreJob job, Bundle bundle) {
    this.job = job;
    this.threads = Runtime.getRuntime().availableProcessors();
    this.scorers = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads; i++) {
      scorers.add(new PartScorer(job, bundle));
    }
  }

  private record Chunk(PartScorer.Scored scored, Bytes rows, RejectLog rejects) {}

  /**
   * Scores a whole file.
   *
   * @param range where the first record starts, in decompressed bytes, and its line
   * @param out takes the rows as they are to be stored
   * @throws Failure of kind INPUT when the file cannot be read
   * @throws IOException when the rows or the log of rejected ones cannot be written
   */
  PartScorer.Scored score(InputFile file, TextRange range, OutputStream out, RejectLog rejects)
      throws IOException {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads,
            body -> {
              Thread thread = new Thread(body, "score");
              thread.setDaemon(true);
              return thread;
            });
    try (SeekableByteChannel channel = Storage.of(file.path()).read(file.path());
        InputStream in = decompressed(file, channel)) {
      skip(in, range.start(), file);
      return new Run(file, channel, in, range, out, rejects).score(workers);
    } finally {
      workers.shutdownNow();
    }
  }

  private static InputStream decompressed(InputFile file, SeekableByteChannel channel) {
    try {
      return file.compression().decompress(new ChannelStream(channel, 0));
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  private static void skip(InputStream in, long bytes, InputFile file) {
    try {
      in.skipNBytes(bytes);
    } catch (IOException e) {
      throw IoFailure.reading(file.name(), e);
    }
  }

  /** One file on its way through the stages. */
  private final class Run {
    private final InputFile file;
    private final SeekableByteChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final RejectLog rejects;
    private final RecordBounds bounds;
    private final LiveRun live = LiveRun.of(job.id());
    private final ArrayDeque<Future<Chunk>> chunks = new ArrayDeque<>();
    private byte[] buffer = new byte[CHUNK_BYTES];
    private int filled;
    private long position;
    private long line;
    private long reported;
    private Tally total;

    Run(
        InputFile file,
        SeekableByteChannel channel,
        InputStream in,
        TextRange range,
        OutputStream out,
        RejectLog rejects) {
      this.file = file;
      this.channel = channel;
      this.in = in;
      this.out = out;
      this.rejects = rejects;
      this.position = range.start();
      this.line = range.firstLine();
      this.bounds =
          job.inputFormat() == RowFormat.CSV
              ? RecordBounds.csv(job.csvOptions(), file.columns().size())
              : RecordBounds.lines();
    }

    PartScorer.Scored score(ExecutorService workers) throws IOException {
      long firstLine = line;
      boolean ended = false;
      while (!ended) {
        ended = fill();
        int whole = ended ? filled : bounds.wholeRecords(buffer, filled);
        if (whole == 0 && !ended) {
          buffer = RecordBounds.roomFor(buffer, file.name() + ":" + line);
          continue;
        }
        submit(workers, whole);
        while (chunks.size() > 2 * threads) {
          write(chunks.remove());
        }
        report();
      }
      while (!chunks.isEmpty()) {
        write(chunks.remove());
      }
      return new PartScorer.Scored(position, line - firstLine, total);
    }

    private boolean fill() {
      try {
        while (filled < buffer.length) {
          int read = in.read(buffer, filled, buffer.length - filled);
          if (read < 0) {
            return true;
          }
          filled += read;
        }
        return false;
      } catch (IOException e) {
        throw IoFailure.reading(file.name(), e);
      }
    }

    private void submit(ExecutorService workers, int whole) {
      byte[] records = Arrays.copyOf(buffer, whole);
      TextRange range = new TextRange(position, Long.MAX_VALUE, line);
      chunks.add(workers.submit(() -> score(records, range)));
      position += whole;
      line += RecordBounds.lineEnds(records, whole);
      System.arraycopy(buffer, whole, buffer, 0, filled - whole);
      filled -= whole;
    }

    private Chunk score(byte[] records, TextRange range) throws Exception {
      PartScorer scorer = scorers.take();
      try {
        Bytes rows = new Bytes();
        RejectLog log = new RejectLog(null);
        PartEncoder encoder = TextPart.inMemory(scorer.encoder(), rows);
        PartScorer.Scored scored =
            scorer.score(file, new ByteArrayInputStream(records), range, encoder, log);
        return new Chunk(scored, compressed(rows), log);
      } finally {
        scorers.add(scorer);
      }
    }

    private Bytes compressed(Bytes rows) throws IOException {
      Compression compression = job.publication().compression();
      if (compression == Compression.NONE) {
        return rows;
      }
      Bytes small = new Bytes();
      try (OutputStream stream = compression.compress(small.stream())) {
        rows.writeTo(stream);
      }
      return small;
    }

    private void write(Future<Chunk> next) throws IOException {
      Chunk chunk = got(next);
      chunk.rows().writeTo(out);
      rejects.add(chunk.rejects());
      Tally tally = chunk.scored().tally();
      total = total == null ? tally : total.then(tally);
    }

    private Chunk got(Future<Chunk> next) throws IOException {
      try {
        return next.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped").causedBy(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          throw failure;
        } else if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IllegalStateException("scoring a chunk", e.getCause());
      }
    }

    private void report() throws IOException {
      long read = channel.position();
      live.advance(read - reported);
      reported = read;
    }
  }
}
