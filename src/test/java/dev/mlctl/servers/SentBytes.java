package dev.mlctl.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.xerial.snappy.SnappyInputStream;

/**
 * Something that was sent, to be searched for what should not have been: as it is, in Base64, and
 * in what Beam has compressed, as it does with every function of a pipeline.
 */
public final class SentBytes {
  /** With which a stream of snappy-java's begins. */
  private static final String SNAPPY = "\u0082SNAPPY\0";

  private final List<String> layers = new ArrayList<>();

  /** What was sent. A character of the texts in between is a byte. */
  public SentBytes(byte[] sent) throws IOException {
    String text = new String(sent, StandardCharsets.ISO_8859_1);
    layers.add(text);
    for (int at = text.indexOf(SNAPPY); at >= 0; at = text.indexOf(SNAPPY, at + 1)) {
      layers.add(uncompressed(sent, at));
    }
  }

  /** One stream; what follows it is no part of it, so it is read up to where it makes no sense. */
  private static String uncompressed(byte[] sent, int at) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[1 << 12];
    try (SnappyInputStream in =
        new SnappyInputStream(new ByteArrayInputStream(sent, at, sent.length - at))) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      if (text.isEmpty()) {
        throw e;
      }
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
