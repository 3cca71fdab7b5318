package dev.mlctl.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.mlctl.Fuzzer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Changes Protobuf messages field by field, at any depth, with the lengths around them made right:
 * a parser that checks lengths first would see nothing else of a change. Knows the wire format and
 * no message.
 */
final class WireMutator implements Fuzzer.Mutator {
  private static final long[] INTEGERS = {
    0,
    1,
    2,
    3,
    7,
    127,
    128,
    255,
    1 << 16,
    1 << 20,
    Integer.MAX_VALUE,
    1L << 31,
    -1,
    -2,
    0xFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    1e-300,
    1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  /** A field; {@code bytes} where it has a length, else {@code value}. */
  private record Field(int tag, long value, byte[] bytes) {
    int wire() {
      return WireFormat.getTagWireType(tag);
    }
  }

  @Override
  public byte[] change(byte[] input, byte[] other, Random random) {
    // Sometimes the bytes as they are, for what a well-formed message cannot hold.
    return random.nextInt(8) == 0
        ? Fuzzer.changeBytes(input, random)
        : changeMessage(input, other, random);
  }

  private static byte[] changeMessage(byte[] message, byte[] other, Random random) {
    List<Field> fields = read(message);
    if (fields.isEmpty()) {
      return Fuzzer.changeBytes(message, random);
    }
    int at = random.nextInt(fields.size());
    Field field = fields.get(at);
    List<Field> others = read(other);
    switch (random.nextInt(12)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(at, field);
      case 2 -> fields.addAll(Collections.nCopies(1 << random.nextInt(7), field));
      case 3 -> Collections.swap(fields, at, random.nextInt(fields.size()));
      case 4 -> {
        if (!others.isEmpty()) {
          fields.add(at, others.get(random.nextInt(others.size())));
        }
      }
      case 5 -> {
        int number = Math.max(1, WireFormat.getTagFieldNumber(field.tag) + random.nextInt(3) - 1);
        fields.set(at, new Field(number << 3 | field.wire(), field.value, field.bytes));
      }
      default -> fields.set(at, changeField(field, others, random));
    }
    return write(fields);
  }

  private static Field changeField(Field field, List<Field> others, Random random) {
    return switch (field.wire()) {
      case WireFormat.WIRETYPE_VARINT ->
          new Field(
              field.tag,
              random.nextBoolean()
                  ? INTEGERS[random.nextInt(INTEGERS.length)]
                  : field.value + random.nextInt(5) - 2,
              null);
      case WireFormat.WIRETYPE_FIXED64 ->
          new Field(field.tag, Double.doubleToRawLongBits(anyDouble(random)), null);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
          new Field(field.tag, 0, changeContent(field, others, random));
      default -> field;
    };
  }

  private static byte[] changeContent(Field field, List<Field> others, Random random) {
    byte[] content = field.bytes;
    int choice = random.nextInt(8);
    if (choice < 5 && !read(content).isEmpty()) {
      // The same field of another message, so that its parts are of the same kind.
      byte[] same =
          others.stream()
              .filter(other -> other.tag == field.tag)
              .map(Field::bytes)
              .findFirst()
              .orElse(content);
      return changeMessage(content, same, random);
    }
    if (choice < 7 && content.length >= 8 && content.length % 8 == 0) {
      ByteBuffer doubles = ByteBuffer.wrap(content.clone()).order(ByteOrder.LITTLE_ENDIAN);
      doubles.putDouble(8 * random.nextInt(content.length / 8), anyDouble(random));
      return doubles.array();
    }
    return Fuzzer.changeBytes(content, random);
  }

  private static double anyDouble(Random random) {
    return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
  }

  /** The fields of a message, or none when the bytes are no message. */
  private static List<Field> read(byte[] message) {
    List<Field> fields = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(message);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagWireType(tag)) {
          case WireFormat.WIRETYPE_VARINT -> fields.add(new Field(tag, in.readUInt64(), null));
          case WireFormat.WIRETYPE_FIXED64 -> fields.add(new Field(tag, in.readFixed64(), null));
          case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
              fields.add(new Field(tag, 0, in.readByteArray()));
          default -> {
            return new ArrayList<>();
          }
        }
      }
      return fields;
    } catch (IOException e) {
      return new ArrayList<>();
    }
  }

  private static byte[] write(List<Field> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Field field : fields) {
        out.writeUInt32NoTag(field.tag);
        switch (field.wire()) {
          case WireFormat.WIRETYPE_VARINT -> out.writeUInt64NoTag(field.value);
          case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64NoTag(field.value);
          default -> out.writeByteArrayNoTag(field.bytes == null ? new byte[0] : field.bytes);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
