package dev.mlctl.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

class NumberTextTest {
  private static final boolean JAVA_IS_SHORTEST = Runtime.version().feature() >= 19;

  private final byte[] bytes = new byte[NumberText.ROOM];

  @Test
  void hard_doubles_are_written_as_by_java_25() throws IOException {
    int cases = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("number-text.csv")),
                US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comma = line.indexOf(',');
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(line, 0, comma, 16));
        assertEquals(line.substring(comma + 1), text(value), line);
        cases++;
      }
    }
    assertTrue(cases > 8000, cases + " cases");
  }

  @Test
  void any_double_is_written_as_java_writes_it_or_shorter_and_reads_back() {
    someDoubles(
        2_000_000,
        value -> {
          String java = Double.toString(value);
          String text = text(value);
          if (JAVA_IS_SHORTEST) {
            assertEquals(java, text);
          } else if (!java.equals(text)) {
            assertTrue(text.length() <= java.length(), text + " for " + java);
            assertEquals(value, Double.parseDouble(text), text);
          }
        });
  }

  @Test
  void no_shorter_decimal_reads_back_and_none_as_short_is_nearer() {
    someDoubles(
        50_000,
        value -> {
          BigDecimal exact = new BigDecimal(value);
          BigDecimal text = new BigDecimal(text(value)).stripTrailingZeros();
          int digits = text.precision();
          for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
            // Java promises the nearest of two digits where one would do.
            boolean shorter = digits > 2 && rounded(exact, digits - 1, mode).doubleValue() == value;
            assertTrue(!shorter, () -> text + " could be shorter");
          }
          BigDecimal nearest = rounded(exact, Math.max(digits, 2), RoundingMode.HALF_EVEN);
          if (nearest.doubleValue() == value) {
            assertEquals(0, nearest.compareTo(text), () -> nearest + " is nearer than " + text);
          }
        });
  }

  private static BigDecimal rounded(BigDecimal exact, int digits, RoundingMode mode) {
    return exact.round(new MathContext(digits, mode));
  }

  @Test
  void whole_numbers_and_short_decimals_are_written_as_such() {
    for (int i = -100_000; i <= 100_000; i += 7) {
      assertEquals(i + ".0", text(i));
      String hundredths = BigDecimal.valueOf(i, 2).stripTrailingZeros().toPlainString();
      assertEquals(hundredths.contains(".") ? hundredths : hundredths + ".0", text(i / 100.0));
    }
  }

  @Test
  void touches_only_its_room() {
    byte[] into = new byte[NumberText.ROOM + 20];
    someDoubles(
        100_000,
        value -> {
          Arrays.fill(into, (byte) '#');
          int end = NumberText.put(value, into, 10);
          assertTrue(end - 10 <= NumberText.MAX_LENGTH);
          assertEquals(text(value), new String(into, 10, end - 10, US_ASCII));
          byte[] untouched = new byte[10];
          Arrays.fill(untouched, (byte) '#');
          assertArrayEquals(untouched, Arrays.copyOf(into, 10));
          assertArrayEquals(untouched, Arrays.copyOfRange(into, 10 + NumberText.ROOM, into.length));
        });
  }

  /** Finite doubles of all sizes: random bits, plain numbers, subnormals, edges of binades. */
  private static void someDoubles(int count, DoubleConsumer use) {
    Random random = new Random(4);
    for (int i = 0; i < count; i++) {
      double value =
          switch (i & 3) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20) - 6);
            case 2 -> Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(51)));
            default ->
                Double.longBitsToDouble(((long) random.nextInt(2047) << 52) + random.nextInt(5));
          };
      if (Double.isFinite(value)) {
        use.accept(value);
      }
    }
  }

  private String text(double value) {
    return new String(bytes, 0, NumberText.put(value, bytes, 0), US_ASCII);
  }
}
