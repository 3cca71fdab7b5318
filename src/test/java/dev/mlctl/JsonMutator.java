package dev.mlctl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes JSON: a value becomes another or one of another text, or bytes are changed. */
public final class JsonMutator implements Fuzzer.Mutator {
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][0-9.eE+-]*|true|false|null|[\\[\\]{}]");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "\"NaN\"",
          "\"-Infinity\"",
          "0",
          "-1",
          "1e308",
          "1e-400",
          "1E400",
          "0.5",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1" + "0".repeat(900),
          "[]",
          "{}",
          "[[[]]]",
          "{\"a\": {}}",
          "\"\\u0000\"",
          "\"+1000000000-12-31T23:59:59.999999999Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "\"../../x\"");

  @Override
  public byte[] change(byte[] input, byte[] other, Random random) {
    if (random.nextInt(8) == 0) {
      return Fuzzer.changeBytes(input, random);
    }
    String text = new String(input, StandardCharsets.UTF_8);
    List<int[]> places = places(text);
    if (places.isEmpty()) {
      return Fuzzer.changeBytes(input, random);
    }
    int[] place = places.get(random.nextInt(places.size()));
    String changed = text.substring(0, place[0]) + value(other, random) + text.substring(place[1]);
    return changed.getBytes(StandardCharsets.UTF_8);
  }

  private static String value(byte[] other, Random random) {
    if (random.nextInt(3) > 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    String text = new String(other, StandardCharsets.UTF_8);
    List<int[]> places = places(text);
    if (places.isEmpty()) {
      return "0";
    }
    int[] place = places.get(random.nextInt(places.size()));
    return text.substring(place[0], place[1]);
  }

  private static List<int[]> places(String text) {
    List<int[]> places = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      places.add(new int[] {token.start(), token.end()});
    }
    return places;
  }
}
