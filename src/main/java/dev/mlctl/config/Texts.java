package dev.mlctl.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What JSON and YAML ask of every text. */
final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /**
   * Decodes UTF-8 strictly: overlong forms and encoded surrogates are faults too.
   *
   * @param fault what to throw, given the text before the first invalid byte
   */
  static String utf8(byte[] bytes, Function<String, RuntimeException> fault) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    // The character may stand in the file itself: only a decoder that stops can tell.
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), chars, true);
    if (result.isError()) {
      throw fault.apply(chars.flip().toString());
    }
    return text;
  }

  /** The place just after a text. */
  static Place end(String source, String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new Place(source, line, 1 + text.codePointCount(lineStart, text.length()));
  }

  /** Whether a text holds half of a surrogate pair, which has no UTF-8 form. */
  static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(code -> code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE);
  }
}
