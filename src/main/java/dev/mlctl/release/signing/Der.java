package dev.mlctl.release.signing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Reads and writes the few elements of DER (ITU-T X.690) that keys and signatures are made of. What
 * is not well formed, or not the one possible encoding, is an IllegalArgumentException.
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTETS = 0x04;
  static final int SEQUENCE = 0x30;

  private static final int LONG_FORM = 0x80;
  private static final int ONE_BYTE = 0x81;
  private static final int TWO_BYTES = 0x82;

  private final byte[] bytes;
  private int at;

  Der(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /** True when the next element is of this kind. */
  boolean next(int tag) {
    return at < bytes.length && unsignedByte(at) == tag;
  }

  /** The content of the next element, which must be of this kind. */
  byte[] read(int tag) {
    if (!next(tag)) {
      throw new IllegalArgumentException("its DER holds another element than it should");
    }
    at++;
    int length = length();
    if (length > bytes.length - at) {
      throw new IllegalArgumentException("its DER is cut short");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private int length() {
    int first = unsignedByte(at++);
    if (first < LONG_FORM) {
      return first;
    }
    int least = first == ONE_BYTE ? LONG_FORM : 0x100;
    int length = 0;
    for (int i = first; i > LONG_FORM && first <= TWO_BYTES; i--) {
      length = length << 8 | unsignedByte(at++);
    }
    if (length < least) {
      throw new IllegalArgumentException("its DER has a malformed length");
    }
    return length;
  }

  private int unsignedByte(int index) {
    if (index >= bytes.length) {
      throw new IllegalArgumentException("its DER is cut short");
    }
    return bytes[index] & 0xFF;
  }

  /** One element around the given contents, 65535 bytes at most. */
  static byte[] write(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length >= 0x100) {
      out.write(TWO_BYTES);
      out.write(length >> 8);
    } else if (length >= LONG_FORM) {
      out.write(ONE_BYTE);
    }
    out.write(length);
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }
}
