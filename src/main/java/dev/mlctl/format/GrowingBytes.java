package dev.mlctl.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte array that grows as it is filled, over and over. Not thread-safe. */
final class GrowingBytes {
  private byte[] array = new byte[1 << 10];
  private int size;

  /** The bytes themselves, of which {@link #size} count; another array once it has grown. */
  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Sets how many bytes count, after they were put into {@link #array}. */
  void size(int filled) {
    size = filled;
  }

  /** Makes room for so many bytes more. */
  void reserve(int more) {
    long needed = (long) size + more;
    if (needed > array.length) {
      long wanted = Math.max(needed, array.length * 2L);
      array = Arrays.copyOf(array, (int) Math.min(wanted, Integer.MAX_VALUE - 8L));
    }
  }

  void put(int b) {
    reserve(1);
    array[size++] = (byte) b;
  }

  void put(byte[] bytes, int start, int length) {
    reserve(length);
    System.arraycopy(bytes, start, array, size, length);
    size += length;
  }

  /** Puts the lowest bytes of a number, least significant first, and touches none behind them. */
  void putLittleEndian(long value, int count) {
    reserve(count);
    if (count == Long.BYTES) {
      LittleEndian.putLong(array, size, value);
      size += count;
      return;
    }
    for (int i = 0; i < count; i++) {
      array[size++] = (byte) (value >>> (8 * i));
    }
  }

  /** Puts an unsigned number in groups of seven bits. */
  void putVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  /** Puts a number in groups of seven bits, in zigzag form. */
  void putSigned(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  /** Puts a text in UTF-8, its length before it. */
  void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putSigned(utf8.length);
    put(utf8, 0, utf8.length);
  }

  byte[] toArray() {
    return Arrays.copyOf(array, size);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, size);
  }

  /** A stream that puts what is written to it. */
  OutputStream asStream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        put(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        put(bytes, offset, length);
      }
    };
  }
}
