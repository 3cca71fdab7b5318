package dev.mlctl.score;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void numbers_are_whole_wherever_the_buffer_has_to_grow() {
    for (int before = 65_536 - 40; before <= 65_536; before++) {
      Bytes bytes = new Bytes();
      bytes.put(new byte[before]);
      bytes.putNumber(-2.2250738585072014E-308);
      bytes.putNumber(0.5);
      String text = new String(bytes.toArray(), before, bytes.size() - before, US_ASCII);
      assertEquals("-2.2250738585072014E-3080.5", text);
    }
  }

  @Test
  void a_cleared_buffer_starts_anew() {
    Bytes bytes = new Bytes();
    bytes.putNumber(12345.678);
    bytes.clear();
    bytes.putNumber(3);
    assertEquals("3.0", new String(bytes.toArray(), US_ASCII));
  }
}
