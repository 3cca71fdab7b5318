package dev.mlctl.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.xerial.snappy.Snappy;

/**
 * Something that was sent, to be searched for what should not have been: as it is, in Base64, and
 * in what Beam has compressed, as it does with every function of a pipeline.
 */
public final class SentBytes {
  /** With which a stream of snappy-java's begins. */
  private static final String SNAPPY = "\u0082SNAPPY\0";

  /** The name, and two numbers of versions. */
  private static final int HEAD = 16;

  private final List<String> layers = new ArrayList<>();

  /** What was sent. A character of the texts in between is a byte. */
  public SentBytes(byte[] sent) throws IOException {
    String text = new String(sent, StandardCharsets.ISO_8859_1);
    layers.add(text);
    for (int at = text.indexOf(SNAPPY); at >= 0; at = text.indexOf(SNAPPY, at + 1)) {
      layers.add(uncompressed(sent, at));
    }
  }

  /**
   * One stream: after a head of 16 bytes, chunks with their lengths before them. What comes after
   * it is no part of it, and no chunk.
   */
  private static String uncompressed(byte[] sent, int at) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer rest = ByteBuffer.wrap(sent).position(at + HEAD);
    while (rest.remaining() > Integer.BYTES) {
      int length = rest.getInt();
      int start = rest.position();
      if (length <= 0
          || length > rest.remaining()
          || !Snappy.isValidCompressedBuffer(sent, start, length)) {
        break;
      }
      byte[] chunk = new byte[Snappy.uncompressedLength(sent, start, length)];
      Snappy.uncompress(sent, start, length, chunk, 0);
      text.append(new String(chunk, StandardCharsets.ISO_8859_1));
      rest.position(start + length);
    }
    return text.toString();
  }

  /** Whether it holds a text. */
  public boolean holds(String text) {
    return holds(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether it holds these bytes, or in Base64 all but the first and the last few of them. */
  public boolean holds(byte[] bytes) {
    List<String> forms = new ArrayList<>();
    forms.add(new String(bytes, StandardCharsets.ISO_8859_1));
    for (int skipped = 0; skipped < 3; skipped++) {
      int whole = (bytes.length - skipped) / 3 * 3;
      byte[] middle = Arrays.copyOfRange(bytes, skipped, skipped + whole);
      forms.add(Base64.getEncoder().encodeToString(middle));
      forms.add(Base64.getUrlEncoder().encodeToString(middle));
    }
    return forms.stream().anyMatch(form -> layers.stream().anyMatch(layer -> layer.contains(form)));
  }
}
