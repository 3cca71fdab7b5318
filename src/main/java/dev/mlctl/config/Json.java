package dev.mlctl.config;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Map;

/**
 * JSON (RFC 8259) as plain Java values: maps are LinkedHashMap, lists ArrayList, numbers Long or
 * Double (BigInteger or BigDecimal when they do not fit), and String, Boolean, null. Thread-safe.
 */
public final class Json {
  private Json() {}

  /**
   * Compact JSON, keys in the order given; whole numbers plain, others as {@link Double#toString}.
   * The same value gives the same text in every version.
   *
   * @throws IllegalArgumentException for a number that is not finite, half a surrogate pair, more
   *     than 100 levels, or a value of another type
   */
  public static String write(Object value) {
    return JsonWriter.write(value, false);
  }

  /** JSON as {@link #write} gives it, indented by two spaces, ending in a line end. */
  public static String pretty(Object value) {
    return JsonWriter.write(value, true);
  }

  /**
   * Reads one value. Duplicate keys, text after the end, invalid UTF-8, half a surrogate pair, more
   * than 100 levels and more than 64 MiB are INVALID failures at {@code source:line:column}.
   *
   * @param source what to call the text in messages, usually a path
   */
  public static Object read(String source, byte[] utf8) {
    return JsonReader.read(source, utf8);
  }

  /** Reads one value that must be an object; anything else is an INVALID failure. */
  public static Map<String, Object> readObject(String source, byte[] utf8) {
    if (read(source, utf8) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // read makes maps with text keys only
      Map<String, Object> object = (Map<String, Object>) map;
      return object;
    }
    throw Failure.of(FailureKind.INVALID, "expected a JSON object").at(source + ":1:1");
  }
}
