package dev.mlctl.format;

import dev.mlctl.data.Compression;
import dev.mlctl.error.Failure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/**
 * The blocks of an Avro file whose preceding marker starts in a range, as Avro's own readers share
 * a file out. Not thread-safe.
 */
final class AvroBlocks {
  private static final int WINDOW = 1 << 18;
  private static final int SNAPPY_CHECKSUM = 4;

  private final ByteSource file;
  private final AvroHeader header;
  private final long end;
  private final RangeInput in;
  private final MemoryBudget budget;
  private final byte[] sync = new byte[AvroHeader.SYNC_BYTES];
  private byte[] packed = new byte[0];
  private long claimed;
  private long rows;
  private long size;

  /**
   * Blocks of a range.
   *
   * @throws Failure of kind INPUT when the compression is not known here
   */
  AvroBlocks(
      ByteSource file,
      AvroHeader header,
      SeekableByteChannel channel,
      long start,
      long end,
      MemoryBudget budget)
      throws IOException {
    this.file = file;
    this.header = header;
    this.end = end;
    this.budget = budget;
    if (!isKnown(header.codec())) {
      throw Damage.unsupported(file.name(), "its blocks are compressed with " + header.codec())
          .hint("the compressions are null, deflate, snappy and zstandard");
    }
    long firstMarker = header.end() - AvroHeader.SYNC_BYTES;
    boolean fromStart = start <= firstMarker;
    long from = fromStart ? header.end() : Math.min(start, file.size());
    this.in = new RangeInput(channel, from, file.size(), WINDOW);
    if (!fromStart) {
      findMarker();
    }
  }

  private static boolean isKnown(String codec) {
    return switch (codec) {
      case "null", "deflate", "snappy", "zstandard" -> true;
      default -> false;
    };
  }

  /** Goes on to behind the next marker that starts in the range, or behind the range. */
  private void findMarker() throws IOException {
    byte[] last = new byte[AvroHeader.SYNC_BYTES];
    long seen = 0;
    while (in.position() - last.length < end) {
      int b = in.read();
      if (b < 0) {
        return;
      }
      last[(int) (seen++ % last.length)] = (byte) b;
      if (seen >= last.length
          && (byte) b == header.sync()[last.length - 1]
          && isMarker(last, (int) (seen % last.length))) {
        return;
      }
    }
  }

  private boolean isMarker(byte[] ring, int first) {
    for (int i = 0; i < ring.length; i++) {
      if (ring[(first + i) % ring.length] != header.sync()[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the next block starts. */
  long position() {
    return in.position();
  }

  /** Whether there is another block in the range. */
  boolean hasNext() {
    return in.left() > 0 && in.position() - AvroHeader.SYNC_BYTES < end;
  }

  /**
   * Reads the head of the next block.
   *
   * @return how many rows it has
   * @throws Failure of kind INPUT when there is no block where one must be
   */
  long readHead() throws IOException {
    long at = in.position();
    try {
      rows = AvroCursor.readLong(in);
      size = AvroCursor.readLong(in);
    } catch (IllegalArgumentException | EOFException e) {
      throw damage(at).causedBy(e);
    }
    if (rows < 0 || size < 0 || size > in.left() - AvroHeader.SYNC_BYTES) {
      throw damage(at);
    }
    return rows;
  }

  private Failure damage(long at) {
    return Damage.of(file.name(), "the block at byte " + at + " is not as it must be");
  }

  /** Passes over the block whose head was read. */
  void skipBody() throws IOException {
    long at = in.position();
    in.skipFully(size);
    readSync(at);
  }

  private void readSync(long at) throws IOException {
    in.readFully(sync, 0, sync.length);
    if (!Arrays.equals(sync, header.sync())) {
      throw damage(at);
    }
  }

  /** Reads the block whose head was read; appends it, decompressed. */
  void readBody(GrowingBytes into) throws IOException {
    long at = in.position();
    if (size > packed.length) {
      budget.claim(size, packed.length, "a block");
      packed = new byte[(int) size];
    }
    in.readFully(packed, 0, (int) size);
    readSync(at);
    try {
      decompress((int) size, into);
    } catch (IOException | IllegalArgumentException e) {
      throw damage(at).causedBy(e);
    }
  }

  private void decompress(int length, GrowingBytes into) throws IOException {
    switch (header.codec()) {
      case "null" -> {
        reserve(into, length);
        into.put(packed, 0, length);
      }
      case "snappy" -> snappy(length - SNAPPY_CHECKSUM, into);
      case "zstandard" -> {
        try (InputStream plain = Compression.ZSTD.decompress(stream(length))) {
          readAll(plain, into);
        }
      }
      default -> {
        Inflater inflater = new Inflater(true);
        try (InputStream plain = new InflaterInputStream(stream(length), inflater)) {
          readAll(plain, into);
        } finally {
          inflater.end();
        }
      }
    }
  }

  private InputStream stream(int length) {
    return new ByteArrayInputStream(packed, 0, length);
  }

  /** What cannot be known to fit is read piece by piece. */
  private void readAll(InputStream plain, GrowingBytes into) throws IOException {
    int piece = 1 << 16;
    while (true) {
      reserve(into, piece);
      int read = plain.readNBytes(into.array(), into.size(), piece);
      into.size(into.size() + read);
      if (read < piece) {
        return;
      }
      piece = Math.min(piece * 2, 1 << 24);
    }
  }

  private void snappy(int length, GrowingBytes into) throws IOException {
    if (length < 0) {
      throw new IOException("no checksum");
    }
    int plain = Snappy.uncompressedLength(packed, 0, length);
    reserve(into, plain);
    int from = into.size();
    into.size(from + Snappy.uncompress(packed, 0, length, into.array(), from));
    CRC32 crc = new CRC32();
    crc.update(into.array(), from, into.size() - from);
    int wanted = 0;
    for (int i = 0; i < SNAPPY_CHECKSUM; i++) {
      wanted = wanted << 8 | (packed[length + i] & 0xFF);
    }
    if (wanted != (int) crc.getValue()) {
      throw new IOException("the checksum differs");
    }
  }

  private void reserve(GrowingBytes into, int more) {
    long needed = 2L * ((long) into.size() + more); // growing holds the old array and the new one
    if (needed > claimed) {
      budget.claim(needed, claimed, "a block");
      claimed = needed;
    }
    into.reserve(more);
  }
}
