package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @Test
  void any_double_comes_back_from_its_shortest_text() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertSame(value, Double.toString(value));
      }
    }
  }

  @Test
  void long_decimals_round_as_java_rounds_them() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(120), random);
      BigDecimal number = new BigDecimal(digits, random.nextInt(60) - 10);
      String text = random.nextBoolean() ? number.toPlainString() : number.toString();
      assertSame(Double.parseDouble(text), text);
    }
  }

  @Test
  void short_decimals_round_as_java_rounds_them() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      long digits = random.nextLong() >>> random.nextInt(64);
      String text =
          (random.nextBoolean() ? "-" : "")
              + new BigDecimal(BigInteger.valueOf(digits).abs(), random.nextInt(24))
                  .toPlainString();
      assertSame(Double.parseDouble(text), text);
    }
  }

  @Test
  void halves_between_two_doubles_round_to_even() {
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      double low = Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(30) - 15);
      BigDecimal half =
          new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
      for (String text : new String[] {half.toPlainString(), half.toPlainString() + "1"}) {
        assertSame(Double.parseDouble(text), text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "-",
        "+",
        "+-1",
        "--1",
        "-.",
        "e5",
        ".e1",
        "1e",
        "1e+",
        "1e1.5",
        "1_0",
        "1 2",
        "1,5",
        "1.2.3",
        "NaN",
        "nan",
        "Infinity",
        "-Infinity",
        "inf",
        "0x1p3",
        "0x10",
        "1d",
        "1f",
        "1D",
        "1F",
        "1L",
        "1e400",
        "-1e400",
        "1e99999999999",
        "\u0661",
        "\uff11",
        "1\u00a0",
        "1\t",
        "true",
        "1;",
        "1e5e5",
        "\u22121"
      })
  void rejects(String text) {
    assertTrue(Double.isNaN(Numbers.parse(text)), text);
    byte[] bytes = ("123456789012345678901234" + text).getBytes(StandardCharsets.UTF_8);
    assertTrue(Double.isNaN(Numbers.parse(bytes, 24, bytes.length)), text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "0,0",
        "-0,-0.0",
        "+1,1",
        "+1.5e+3,1500",
        "007,7",
        "-000.5,-0.5",
        ".5,0.5",
        "5.,5",
        "+.5,0.5",
        "1E3,1000",
        "1e-3,0.001",
        " 1,1",
        "1 ,1",
        "  -2.5  ,-2.5",
        "4.9e-324,4.9e-324",
        "1e-400,0",
        "-1e-400,-0.0",
        "1e-99999999999,0",
        "0e99999999999,0",
        "1.7976931348623157e308,1.7976931348623157e308",
        "9007199254740993,9007199254740992",
        "9007199254740992,9007199254740992",
        "123456789012345678,123456789012345680",
        "18446744073709551616,18446744073709551616",
        "0.1,0.1",
        "00000000000000000000000000000001.5,1.5",
        "2.2250738585072012e-308,2.2250738585072014e-308"
      })
  void parses(String text, String value) {
    assertSame(Double.parseDouble(value), text);
  }

  @Test
  void reads_only_its_range_of_bytes() {
    byte[] bytes = "91.59".getBytes(StandardCharsets.US_ASCII);
    assertEquals(1.5, Numbers.parse(bytes, 1, 4));
  }

  @Test
  void exact_halves_round_to_even_and_a_unit_more_or_less_the_other_way() {
    Random random = new Random(5);
    for (int i = 0; i < 50_000; i++) {
      int places = random.nextInt(5);
      long odd = (1L << 53) + 1 + 2 * random.nextLong((1L << 52) - 1);
      BigDecimal half = BigDecimal.valueOf(odd).divide(BigDecimal.valueOf(1L << places));
      BigDecimal unit = BigDecimal.ONE.movePointLeft(places);
      for (BigDecimal number : new BigDecimal[] {half, half.add(unit), half.subtract(unit)}) {
        assertSame(Double.parseDouble(number.toPlainString()), number.toPlainString());
      }
    }
  }

  @Test
  void decimals_of_many_digits_round_as_java_rounds_them() {
    Random random = new Random(6);
    for (int i = 0; i < 100_000; i++) {
      long digits = random.nextLong() >>> (1 + random.nextInt(12));
      String text = BigDecimal.valueOf(digits, random.nextInt(24)).toPlainString();
      assertSame(Double.parseDouble(text), text);
    }
  }

  @Test
  void any_bytes_are_the_number_java_reads_or_none() {
    Pattern grammar = Pattern.compile(" *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)? *");
    String digits = "0123456789";
    String others = ".....--+eE /:;,aNx\"\u00e9";
    Random random = new Random(7);
    int numbers = 0;
    for (int i = 0; i < 300_000; i++) {
      int length = random.nextInt(27);
      int strange = random.nextInt(4);
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < length; c++) {
        String from = random.nextInt(length) < strange ? others : digits;
        text.append(from.charAt(random.nextInt(from.length())));
      }
      double expected = Double.NaN;
      if (grammar.matcher(text).matches()) {
        double value = Double.parseDouble(text.toString());
        expected = Double.isInfinite(value) ? Double.NaN : value;
        numbers++;
      }
      assertSame(expected, text.toString());
    }
    assertTrue(numbers > 60_000 && numbers < 240_000, numbers + " numbers");
  }

  /** Wherever the text stands in its buffer, and whatever stands around it. */
  private static void assertSame(double expected, String text) {
    for (String before : new String[] {"", "7", "1234567", "-98765432109876543210.123456789,"}) {
      byte[] bytes = (before + text + "4.5").getBytes(StandardCharsets.ISO_8859_1);
      double parsed = Numbers.parse(bytes, before.length(), before.length() + text.length());
      assertEquals(
          Double.doubleToLongBits(expected),
          Double.doubleToLongBits(parsed),
          () -> text + " after " + before);
    }
  }
}
