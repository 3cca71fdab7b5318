package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @Test
  void any_double_comes_back_from_its_shortest_text() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertSame(value, Double.toString(value));
      }
    }
  }

  @Test
  void long_decimals_round_as_java_rounds_them() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      BigInteger digits = new BigInteger(1 + random.nextInt(120), random);
      BigDecimal number = new BigDecimal(digits, random.nextInt(60) - 10);
      String text = random.nextBoolean() ? number.toPlainString() : number.toString();
      assertSame(Double.parseDouble(text), text);
    }
  }

  @Test
  void short_decimals_round_as_java_rounds_them() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
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

  private static void assertSame(double expected, String text) {
    double parsed = Numbers.parse(text);
    assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(parsed), text);
  }
}
