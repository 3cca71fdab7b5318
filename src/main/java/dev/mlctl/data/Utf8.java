package dev.mlctl.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are well-formed UTF-8 (no overlong forms, no surrogates). */
public final class Utf8 {
  private Utf8() {}

  /** Whether the bytes from start up to end are. */
  public static boolean isValid(byte[] bytes, int start, int end) {
    int p = start;
    while (p < end && bytes[p] >= 0) {
      p++;
    }
    return p == end || isValidUnicode(bytes, p, end);
  }

  private static boolean isValidUnicode(byte[] bytes, int start, int end) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
