package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one output file of a run whose workers share this process: each part goes straight to its
 * place in it, so that no byte is written twice. (Putting together files of parts costs as much
 * again as writing them.)
 *
 * <p>Units are handed out in input order. A part that is finished waits in memory until the sizes
 * of those before it are known; so little waits, and workers wait for each other only when one is
 * far behind. Thread-safe.
 */
final class OrderedOutput implements Closeable {
  private static final long MAX_WAITING_BYTES = 96 << 20;

  /**
   * Java copies what it writes: so little at a time that the copy stays in the processor's cache.
   */
  private static final int WRITE_BYTES = 1 << 18;

  private final ScoreJob job;
  private final WorkDirectory work;
  private final LiveRun run;
  private final FileChannel channel;
  private final List<WorkUnit> units;
  private final Map<Integer, PartResult> finished;
  private final PartChain chain;
  private final Map<Integer, Part> waiting = new HashMap<>();
  private final ArrayDeque<Bytes> spare = new ArrayDeque<>();
  private int handedOut;
  private long waitingBytes;
  private long end;
  private RuntimeException failure;

  private record Part(PartResult result, Bytes rows) {}

  /**
   * The output of a run.
   *
   * @param units all there are, in input order
   * @param finished those whose rows are in the output already, by their number
   */
  OrderedOutput(ScoreJob job, List<WorkUnit> units, Map<Integer, PartResult> finished)
      throws IOException {
    this.job = job;
    this.work = job.workDirectory();
    this.run = LiveRun.of(job.id());
    this.units = units;
    this.finished = new HashMap<>(finished);
    this.chain = new PartChain(job.files());
    this.channel =
        FileChannel.open(
            Path.of(work.output()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ByteBuffer header = ByteBuffer.wrap(RowEncoder.header(job));
    end = header.remaining();
    put(header, 0);
    takeFinished();
  }

  private void takeFinished() throws IOException {
    List<Part> ready = new ArrayList<>();
    takeReady(ready, null);
    for (Part part : ready) {
      put(part);
    }
    if (finished.remove(chain.parts()) != null) {
      takeFinished(); // it is not where it should be: it is scored again
    }
  }

  /** The units that are still to be scored. */
  List<WorkUnit> unfinished() {
    return units.stream().filter(unit -> !finished.containsKey(unit.part())).toList();
  }

  /**
   * Scores the next unit that nobody has taken.
   *
   * @return false when all are taken
   * @throws Failure as reading and writing do, and as another worker has failed
   */
  boolean scoreNext(UnitScorer scorer) {
    try {
      WorkUnit unit = next();
      if (unit == null) {
        return false;
      }
      Bytes rows = spareBytes();
      long start = scorer.start(unit);
      PartResult result;
      if (job.files().get(unit.file()).splits()) {
        result = scorer.score(unit, start, rows);
      } else {
        result = scorer.scoreToFile(unit, start);
        work.putResult(result);
      }
      List<Part> ready = new ArrayList<>();
      place(new Part(result, rows), ready, scorer);
      for (Part part : ready) {
        put(part);
      }
      return true;
    } catch (IOException e) {
      throw failed(IoFailure.writing(job.publication().output(), e));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private synchronized WorkUnit next() {
    if (failure != null) {
      throw failure;
    }
    while (finished.containsKey(handedOut)) {
      handedOut++;
    }
    return handedOut < units.size() ? units.get(handedOut++) : null;
  }

  private synchronized Bytes spareBytes() {
    return spare.isEmpty() ? new Bytes() : spare.pop();
  }

  /** The first failure, which is what all workers then fail with. */
  private synchronized RuntimeException failed(RuntimeException e) {
    failure = failure == null ? e : failure;
    notifyAll();
    return failure;
  }

  private synchronized void place(Part part, List<Part> ready, UnitScorer scorer) {
    while (part.result.part() != chain.parts() && waitingBytes > MAX_WAITING_BYTES) {
      if (failure != null) {
        throw failure;
      } else if (run.isStopped()) {
        throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
      }
      try {
        wait(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped").causedBy(e);
      }
    }
    waiting.put(part.result.part(), part);
    waitingBytes += part.rows.size();
    takeReady(ready, scorer);
    notifyAll();
  }

  /** Gives the parts whose turn it is their places in the output. */
  private void takeReady(List<Part> ready, UnitScorer scorer) {
    while (chain.parts() < units.size()) {
      Part part = waiting.remove(chain.parts());
      PartResult old = finished.get(chain.parts());
      if (part != null) {
        waitingBytes -= part.rows.size();
        part = fitting(part, scorer);
      } else if (old != null && chain.fits(old) && isInPlace(old)) {
        part = new Part(old, null);
      } else if (old != null && chain.fits(old) && !old.file().isEmpty()) {
        part = new Part(old, new Bytes());
      } else if (old != null && scorer != null) {
        part = fitting(new Part(old, new Bytes()), scorer);
      } else {
        return;
      }
      PartResult placed = part.result.at(end);
      chain.add(placed);
      end += placed.bytes();
      if (part.rows != null) {
        ready.add(new Part(placed, part.rows));
      }
    }
  }

  private boolean isInPlace(PartResult old) {
    return old.file().isEmpty() && old.offset() == end;
  }

  /** The part itself, or the part scored again from where the one before it ended. */
  private Part fitting(Part part, UnitScorer scorer) {
    PartResult result = part.result;
    WorkUnit unit = result.unit();
    boolean rowsAreHere = part.rows.size() == result.bytes() || !result.file().isEmpty();
    if (chain.fits(result) && rowsAreHere) {
      return part;
    }
    long start = chain.startOf(unit);
    PartResult again =
        job.files().get(unit.file()).splits()
            ? scorer.score(unit, start, part.rows)
            : scorer.scoreToFile(unit, start);
    if (!again.isReadable()) {
      throw scorer.failure(unit, start, chain.linesBefore(unit));
    }
    return new Part(again, part.rows);
  }

  private void put(Part part) throws IOException {
    if (part.rows == null) {
      return;
    }
    PartResult result = part.result;
    if (result.file().isEmpty()) {
      put(part.rows.view(), result.offset());
      work.putResult(result);
    } else {
      copy(result);
      work.putResult(result.inOutput());
      work.delete(result.file());
    }
    synchronized (this) {
      spare.push(part.rows);
    }
  }

  private void put(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + WRITE_BYTES));
      position += channel.write(bytes, position);
    }
  }

  private void copy(PartResult result) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    long at = result.offset();
    try (SeekableByteChannel part = work.channel(result.file())) {
      while (part.read(buffer) >= 0) {
        int length = buffer.flip().remaining();
        put(buffer, at);
        at += length;
        buffer.clear();
      }
    }
  }

  /**
   * What all parts came to, once all are in place and safe on disk.
   *
   * @throws IllegalStateException when one is missing
   */
  synchronized PartChain finish() throws IOException {
    if (chain.parts() != units.size()) {
      throw new IllegalStateException(chain.parts() + " of " + units.size() + " parts are scored");
    }
    channel.truncate(end);
    channel.force(true);
    return chain;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
