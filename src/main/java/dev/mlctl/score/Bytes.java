package dev.mlctl.score;

import dev.mlctl.data.NumberText;
import dev.mlctl.data.RowDigester;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing byte buffer that is filled over and over. Not thread-safe. */
final class Bytes {
  private byte[] array = new byte[1 << 16];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void put(byte b) {
    if (size == array.length) {
      grow(1);
    }
    array[size++] = b;
  }

  void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > array.length - size) {
      grow(length);
    }
    System.arraycopy(bytes, start, array, size, length);
    size += length;
  }

  void put(Bytes other) {
    put(other.array, 0, other.size);
  }

  void putInt(int value) {
    put((byte) (value >> 24));
    put((byte) (value >> 16));
    put((byte) (value >> 8));
    put((byte) value);
  }

  void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  /** Puts a text of ASCII characters. */
  @SuppressWarnings("deprecation") // the one way to copy Latin-1 characters without an encoder
  void putAscii(String text) {
    int length = text.length();
    if (length > array.length - size) {
      grow(length);
    }
    text.getBytes(0, length, array, size);
    size += length;
  }

  /** Puts a number as {@link NumberText} writes it. */
  void putNumber(double value) {
    if (NumberText.ROOM > array.length - size) {
      grow(NumberText.ROOM);
    }
    size = NumberText.put(value, array, size);
  }

  /** Adds what was put from a place on to a digest, as one row. */
  void digest(int start, RowDigester digester) {
    digester.add(array, start, size);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, size);
  }

  /** A stream that puts what is written to it. */
  OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        put((byte) b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        put(bytes, offset, offset + length);
      }
    };
  }

  /** A view of what is in it, valid until it changes. */
  ByteBuffer view() {
    return ByteBuffer.wrap(array, 0, size);
  }

  byte[] toArray() {
    return Arrays.copyOf(array, size);
  }

  private void grow(int more) {
    long wanted = Math.max((long) size + more, array.length * 2L);
    array = Arrays.copyOf(array, (int) Math.min(wanted, Integer.MAX_VALUE - 8L));
  }
}
