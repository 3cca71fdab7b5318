package dev.mlctl.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Bytes of a message in Protobuf's wire format, read where they are, from the first to the last.
 * Protobuf's own classes would hold each number of a large field twice more on the way; a forest
 * has tens of millions. Not thread-safe.
 */
final class WireSlice {
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  /** Ten bytes of seven bits: longer is no number. */
  private static final int VARINT_BITS = 70;

  private final byte[] bytes;
  private final int end;
  private int at;

  private WireSlice(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** All of an array, which must not change. */
  static WireSlice of(byte[] bytes) {
    return new WireSlice(bytes, 0, bytes.length);
  }

  /** How many bytes are still to be read. */
  int remaining() {
    return end - at;
  }

  /**
   * Parses a message except for some fields that have a length; these stay slices.
   *
   * @param large the numbers of these fields
   * @param rest takes all other fields
   * @return the slices that are there, by field
   * @throws IOException when the bytes are no message
   * @throws IllegalArgumentException when one of these fields is there twice
   */
  Map<Integer, WireSlice> split(Set<Integer> large, MessageLite.Builder rest) throws IOException {
    Map<Integer, WireSlice> found = new HashMap<>();
    CodedInputStream in = CodedInputStream.newInstance(bytes, at, remaining());
    int unparsed = at;
    int tagAt = at;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (large.contains(field)
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int length = in.readRawVarint32();
        int start = at + in.getTotalBytesRead();
        in.skipRawBytes(length);
        WireSlice slice = new WireSlice(bytes, start, start + length);
        Shapes.check(found.put(field, slice) == null, "a field is there twice");
        rest.mergeFrom(bytes, unparsed, tagAt - unparsed);
        unparsed = start + length;
      } else if (!in.skipField(tag)) {
        break; // the end of a group that never began, which the rest refuses
      }
      tagAt = at + in.getTotalBytesRead();
    }
    rest.mergeFrom(bytes, unparsed, end - unparsed);
    return found;
  }

  /** The next number of a packed uint32. */
  int nextUnsigned() {
    int value = 0;
    for (int shift = 0; shift < VARINT_BITS; shift += 7) {
      Shapes.check(at < end, "numbers are missing");
      byte next = bytes[at++];
      if (shift < Integer.SIZE) {
        value |= (next & 0x7f) << shift;
      }
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }

  /** The next number of a packed sint32. */
  int nextSigned() {
    return CodedInputStream.decodeZigZag32(nextUnsigned());
  }

  /** The next number of a packed double. */
  double nextDouble() {
    Shapes.check(remaining() >= Double.BYTES, "numbers are missing");
    double value = (double) DOUBLES.get(bytes, at);
    at += Double.BYTES;
    return value;
  }

  /** How many doubles are still to be read. */
  int doublesRemaining() {
    Shapes.check(remaining() % Double.BYTES == 0, "a number is cut off");
    return remaining() / Double.BYTES;
  }

  /** All numbers of a packed double. */
  double[] doubles() {
    double[] values = new double[doublesRemaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = nextDouble();
    }
    return values;
  }
}
