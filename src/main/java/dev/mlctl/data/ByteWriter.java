package dev.mlctl.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Puts numbers and bytes one after another: whole numbers from 0 in groups of seven bits, the
 * lowest first (LEB128), doubles in eight bytes, the lowest first. Not thread-safe.
 */
final class ByteWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int size;

  /** Puts a whole number that is not negative. */
  void whole(long value) {
    room(10);
    long rest = value;
    while (rest > 0x7F) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void real(double value) {
    room(Double.BYTES);
    LONGS.set(bytes, size, Double.doubleToRawLongBits(value));
    size += Double.BYTES;
  }

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Puts bytes and before them how many they are. */
  void block(byte[] block) {
    whole(block.length);
    room(block.length);
    System.arraycopy(block, 0, bytes, size, block.length);
    size += block.length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
