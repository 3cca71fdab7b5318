package dev.mlctl.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.avro.Schema;

/** Goes through values in Avro's binary encoding. Not thread-safe. */
final class AvroCursor {
  /** Types may contain themselves, so that only the data tells how deep they go. */
  private static final int MAX_DEPTH = 200;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** Goes to bytes from {@code from} up to {@code to}. */
  void reset(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at == end;
  }

  /**
   * Reads a whole number.
   *
   * @throws IllegalArgumentException when there is none
   */
  long readLong() {
    long value = 0;
    for (int shift = 0; at < end && shift < 64; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return Varints.signed(value);
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }

  /** Reads a whole number from a stream. */
  static long readLong(InputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the file ends early");
      }
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return Varints.signed(value);
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }

  /** Reads a length and passes over so many bytes; returns where they start. */
  int skipBytes() {
    return skip(readLong());
  }

  /** Passes over bytes; returns where they start. */
  int skip(long length) {
    if (length < 0 || length > end - at) {
      throw new IllegalArgumentException("a value lies outside its block");
    }
    int start = at;
    at += (int) length;
    return start;
  }

  /** Passes over a value of any type. */
  void skip(Schema schema) {
    skip(schema, 0);
  }

  private void skip(Schema schema, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("values nested too deep");
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> skip(1);
      case INT, LONG, ENUM -> readLong();
      case FLOAT -> skip(4);
      case DOUBLE -> skip(8);
      case BYTES, STRING -> skipBytes();
      case FIXED -> skip(schema.getFixedSize());
      case RECORD -> schema.getFields().forEach(field -> skip(field.schema(), depth + 1));
      case UNION -> skip(schema.getTypes().get((int) readLong()), depth + 1);
      case ARRAY -> skipItems(null, schema.getElementType(), depth + 1);
      case MAP -> skipItems(Schema.create(Schema.Type.STRING), schema.getValueType(), depth + 1);
    }
  }

  /** Blocks of items, each with their number before them, up to one without any. */
  private void skipItems(Schema key, Schema value, int depth) {
    for (long count = readLong(); count != 0; count = readLong()) {
      if (count < 0) {
        skipBytes(); // their size in bytes is there
        continue;
      }
      for (long i = 0; i < count; i++) {
        int before = at;
        if (key != null) {
          skip(key, depth);
        }
        skip(value, depth);
        if (at == before) {
          break; // items of no bytes: the others are passed over already
        }
      }
    }
  }
}
