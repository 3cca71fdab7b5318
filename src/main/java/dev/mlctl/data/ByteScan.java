package dev.mlctl.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Gets what a {@link ByteWriter} put. Whatever is not there, or larger than it can be, is an {@link
 * IllegalArgumentException}, found before anything is allocated for it. Not thread-safe.
 */
final class ByteScan {
  /** Above any count, and so far below the end of long that many can be added up. */
  static final long MOST = 1L << 48;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int at;

  ByteScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A whole number up to {@link #MOST}. */
  long whole() {
    long value = 0;
    for (int shift = 0; shift < 56; shift += 7) {
      int next = octet();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        if (value > MOST) {
          break;
        }
        return value;
      }
    }
    throw new IllegalArgumentException("a count is too large");
  }

  /** A whole number up to a limit. */
  int whole(int most) {
    long value = whole();
    if (value > most) {
      throw new IllegalArgumentException(value + " where at most " + most + " can be");
    }
    return (int) value;
  }

  double real() {
    need(Double.BYTES);
    double value = Double.longBitsToDouble((long) LONGS.get(bytes, at));
    at += Double.BYTES;
    return value;
  }

  int octet() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** Bytes with their number before them. */
  byte[] block() {
    byte[] block = new byte[blockLength()];
    System.arraycopy(bytes, at, block, 0, block.length);
    at += block.length;
    return block;
  }

  void skipBlock() {
    int length = blockLength();
    at += length;
  }

  private int blockLength() {
    int length = whole(bytes.length);
    need(length);
    return length;
  }

  private void need(int more) {
    if (bytes.length - at < more) {
      throw new IllegalArgumentException("it is cut short");
    }
  }

  /** Makes sure that nothing is left. */
  void end() {
    if (at != bytes.length) {
      throw new IllegalArgumentException("there is more than there should be");
    }
  }
}
