package dev.mlctl.format;

import dev.mlctl.error.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What an Avro file starts with ("Object Container Files" of the Avro specification).
 *
 * @param sync the 16 bytes that follow the header and every block
 * @param end where the first block starts
 */
record AvroHeader(Schema schema, String codec, byte[] sync, long end) {
  static final int SYNC_BYTES = 16;

  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final String SCHEMA = "avro.schema";
  private static final String CODEC = "avro.codec";
  private static final int MAX_BYTES = 16 << 20;
  private static final int WINDOW = 1 << 16;

  /**
   * Reads a header.
   *
   * @throws Failure of kind INPUT when the file is no Avro file, or is damaged
   */
  static AvroHeader read(ByteSource file) throws IOException {
    try (SeekableByteChannel channel = file.open();
        RangeInput in = new RangeInput(channel, 0, file.size(), WINDOW)) {
      byte[] magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw Damage.unsupported(file.name(), "this is no Avro file")
            .hint("an Avro file begins with the bytes Obj");
      }
      Map<String, byte[]> metadata = metadata(in);
      byte[] sync = new byte[SYNC_BYTES];
      in.readFully(sync, 0, SYNC_BYTES);
      byte[] codec = metadata.getOrDefault(CODEC, "null".getBytes(StandardCharsets.US_ASCII));
      return new AvroHeader(
          schema(file, metadata.get(SCHEMA)),
          new String(codec, StandardCharsets.UTF_8),
          sync,
          in.position());
    } catch (EOFException | IllegalArgumentException e) {
      throw Damage.of(file.name(), "its header ends early or makes no sense").causedBy(e);
    }
  }

  /** A map of texts to bytes, in blocks of entries, up to one without any. */
  private static Map<String, byte[]> metadata(RangeInput in) throws IOException {
    Map<String, byte[]> metadata = new LinkedHashMap<>();
    for (long count = AvroCursor.readLong(in); count != 0; count = AvroCursor.readLong(in)) {
      if (count < 0) {
        AvroCursor.readLong(in); // the size of the entries, for those who pass over them
      }
      for (long i = 0; i < Math.abs(count); i++) {
        byte[] key = bytes(in);
        metadata.put(new String(key, StandardCharsets.UTF_8), bytes(in));
      }
    }
    return metadata;
  }

  private static byte[] bytes(RangeInput in) throws IOException {
    long length = AvroCursor.readLong(in);
    if (length < 0 || length > MAX_BYTES || length > in.left() || in.position() > MAX_BYTES) {
      throw new IllegalArgumentException("an entry of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    in.readFully(bytes, 0, bytes.length);
    return bytes;
  }

  private static Schema schema(ByteSource file, byte[] json) {
    if (json == null) {
      throw Damage.of(file.name(), "it has no schema");
    }
    Schema schema;
    try {
      schema = parser().parse(new String(json, StandardCharsets.UTF_8));
    } catch (RuntimeException | StackOverflowError e) { // the parser fails in many ways
      throw Damage.of(file.name(), "its schema cannot be understood").causedBy(e);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw Damage.unsupported(file.name(), "its rows are no records but " + schema.getType());
    }
    return schema;
  }

  /** A parser that takes what other writers take for a name. */
  @SuppressWarnings("deprecation") // the way that came after is not in this version
  static Schema.Parser parser() {
    return new Schema.Parser().setValidate(false).setValidateDefaults(false);
  }

  /** The header of a file to be written; its marker follows from what else is in it. */
  static byte[] bytes(Schema schema, String codec) {
    GrowingBytes out = new GrowingBytes();
    out.put(MAGIC, 0, MAGIC.length);
    out.putSigned(2);
    out.putText(CODEC);
    out.putText(codec);
    out.putText(SCHEMA);
    out.putText(schema.toString());
    out.putSigned(0);
    byte[] sync = md5(out.toArray());
    out.put(sync, 0, SYNC_BYTES);
    return out.toArray();
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
