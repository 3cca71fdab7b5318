package dev.mlctl.score;

import dev.mlctl.error.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The parts that an earlier try of a run has finished, and whose bytes are still what they were.
 */
final class FinishedParts {
  private static final int BUFFER_BYTES = 1 << 20;

  private final WorkDirectory work;

  private FinishedParts(WorkDirectory work) {
    this.work = work;
  }

  /** The finished ones of some units, by their number. */
  static Map<Integer, PartResult> of(WorkDirectory work, List<WorkUnit> units) throws IOException {
    Map<Integer, PartResult> finished = new HashMap<>();
    List<PartResult> found;
    try {
      found = work.results();
    } catch (Failure e) {
      return finished; // a result that cannot be read: a power cut, so trust none of them
    }
    FinishedParts parts = new FinishedParts(work);
    for (PartResult result : found) {
      boolean known = result.part() < units.size();
      if (known && units.get(result.part()).equals(result.unit()) && parts.isWhole(result)) {
        finished.put(result.part(), result);
      }
    }
    return finished;
  }

  private boolean isWhole(PartResult result) throws IOException {
    if (!result.isReadable() || (!result.rejects().isEmpty() && !work.has(result.rejects()))) {
      return false;
    }
    String file = result.file().isEmpty() ? WorkDirectory.OUTPUT : result.file();
    if (!work.has(file)) {
      return false;
    }
    try (SeekableByteChannel channel = work.channel(file)) {
      long start = result.file().isEmpty() ? result.offset() : 0;
      return channel.size() >= start + result.bytes()
          && checksum(channel, start, result.bytes()) == result.checksum();
    }
  }

  private static long checksum(SeekableByteChannel channel, long start, long bytes)
      throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    channel.position(start);
    for (long left = bytes; left > 0; ) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
      int read = channel.read(buffer);
      if (read < 0) {
        return -1;
      }
      checksum.update(buffer.flip());
      left -= read;
    }
    return checksum.getValue();
  }
}
