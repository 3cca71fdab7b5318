package dev.mlctl.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * How many fields a bundle may have. An empty field takes two bytes of a file and some fifty of
 * memory, so a small file of nothing but fields would fill the heap. The numbers of a model are
 * packed, a million of them being one field; what counts is the categories of its features.
 */
final class FieldLimit {
  private static final int MOST = 1 << 21;
  private static final int PATH_BITS = 4;

  private final CodedInputStream in;
  private int fields;

  private FieldLimit(byte[] bytes) {
    this.in = CodedInputStream.newInstance(bytes);
  }

  /**
   * Counts without taking memory.
   *
   * @throws IllegalArgumentException when there are too many
   * @throws IOException when the bytes are no message
   */
  static void check(byte[] bundle) throws IOException {
    new FieldLimit(bundle).count(0);
  }

  private void count(int path) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Shapes.check(++fields <= MOST, "it has more than " + MOST + " fields");
      int inner = path << PATH_BITS | WireFormat.getTagFieldNumber(tag);
      boolean whole = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (whole && isMessage(inner)) {
        int outer = in.pushLimit(in.readRawVarint32());
        count(inner);
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }

  /**
   * Which fields of {@code bundle.proto} hold messages. Its own description would tell, and take a
   * quarter as long to load as a whole command may take.
   *
   * @param path the field's number below those of the messages it is in, four bits each
   */
  static boolean isMessage(int path) {
    return switch (path) {
      case 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa, 0xb, 0xe -> true;
      case 0x33, 0x41, 0x72, 0x91, 0x92, 0xe1, 0x411, 0x412 -> true;
      default -> false;
    };
  }
}
