package dev.mlctl.data;

import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.ColumnType.Meaning;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Values with a type as text: whole numbers and decimals in plain digits, floating-point numbers as
 * {@link Double#toString} (or {@link Float#toString}) has them, booleans as {@code true} and {@code
 * false}, dates and times as ISO 8601 has them with a {@code Z} only when they are in UTC, UUIDs in
 * their canonical form, other bytes in Base64.
 */
public final class ValueText {
  /** No value held in a long has a longer text. */
  public static final int LONGEST = 48;

  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private ValueText() {}

  /** The text of a value with a type; empty when it is null. */
  public static String of(RowBatch batch, int column, int row) {
    if (batch.nulls(column)[row]) {
      return "";
    }
    ColumnType type = batch.type(column);
    return switch (type.holding()) {
      case LONGS -> {
        byte[] into = new byte[LONGEST];
        int end = put(type, batch.longs(column)[row], into, 0);
        yield new String(into, 0, end, StandardCharsets.US_ASCII);
      }
      case DOUBLES -> of(type, batch.doubles(column)[row]);
      case RAW, UTF8, BYTES ->
          of(
              type,
              batch.bytes(column),
              batch.starts(column)[row],
              batch.ends(column)[row] - batch.starts(column)[row]);
    };
  }

  /** The text of a value held in a double. */
  public static String of(ColumnType type, double value) {
    if (type.meaning() == Meaning.FLOAT) {
      return Float.toString((float) value);
    }
    byte[] into = new byte[NumberText.ROOM];
    return new String(into, 0, NumberText.put(value, into, 0), StandardCharsets.US_ASCII);
  }

  /** The text of a value held in bytes. */
  public static String of(ColumnType type, byte[] bytes, int start, int length) {
    if (type.holding() == Holding.UTF8) {
      return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
    ByteBuffer value = ByteBuffer.wrap(bytes, start, length);
    return switch (type.meaning()) {
      case BIG_DECIMAL -> decimal(type, bytes, start, length).toPlainString();
      case UUID -> new UUID(value.getLong(), value.getLong()).toString();
      case JULIAN_TIMESTAMP -> {
        byte[] into = new byte[LONGEST];
        int end = TimeText.julian(bytes, start, into, 0);
        yield new String(into, 0, end, StandardCharsets.US_ASCII);
      }
      default ->
          Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, start, start + length));
    };
  }

  /** A whole number of at most 8 bytes in two's complement; 0 when there are none. */
  static long bigEndian(byte[] bytes, int start, int end) {
    long value = start < end ? bytes[start] : 0;
    for (int p = start + 1; p < end; p++) {
      value = value << 8 | (bytes[p] & 0xFF);
    }
    return value;
  }

  /** A decimal held in bytes. */
  static BigDecimal decimal(ColumnType type, byte[] bytes, int start, int length) {
    BigInteger digits = length == 0 ? BigInteger.ZERO : new BigInteger(bytes, start, length);
    return new BigDecimal(digits, type.scale());
  }

  /**
   * Writes the text of a value held in a long, in ASCII.
   *
   * @param into with at least {@link #LONGEST} bytes from {@code at}
   * @return where the text ends
   */
  public static int put(ColumnType type, long value, byte[] into, int at) {
    return switch (type.meaning()) {
      case BOOLEAN -> put(value == 0 ? FALSE : TRUE, into, at);
      case UNSIGNED ->
          value >= 0 ? digits(value, into, at) : put(ascii(Long.toUnsignedString(value)), into, at);
      case DECIMAL -> decimal(value, type.scale(), into, at);
      case DATE -> TimeText.date(value, into, at);
      case TIME -> TimeText.time(type, value, into, at);
      case TIMESTAMP -> TimeText.timestamp(type, value, into, at);
      default -> digits(value, into, at);
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int put(byte[] text, byte[] into, int at) {
    System.arraycopy(text, 0, into, at, text.length);
    return at + text.length;
  }

  static int digits(long value, byte[] into, int at) {
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        return put(ascii(Long.toString(value)), into, at);
      }
      into[at] = '-';
      return digits(-value, into, at + 1);
    }
    int end = at + 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      end++;
    }
    return padded(value, end - at, into, at);
  }

  /** Writes exactly so many digits. */
  static int padded(long value, int count, byte[] into, int at) {
    long rest = value;
    for (int p = at + count - 1; p >= at; p--) {
      into[p] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + count;
  }

  private static int decimal(long value, int scale, byte[] into, int at) {
    if (value == Long.MIN_VALUE) {
      return put(ascii(BigDecimal.valueOf(value, scale).toPlainString()), into, at);
    }
    int p = at;
    if (value < 0) {
      into[p++] = '-';
    }
    long rest = Math.abs(value);
    long one = 1;
    for (int i = 0; i < scale; i++) {
      one *= 10;
    }
    p = digits(rest / one, into, p);
    if (scale > 0) {
      into[p++] = '.';
      p = padded(rest % one, scale, into, p);
    }
    return p;
  }

  /** A row as a JSON object of the columns that were read; nulls included. */
  static String object(RowBatch batch, List<String> names, int row) {
    StringBuilder out = new StringBuilder("{");
    for (int c = 0; c < batch.columns(); c++) {
      out.append(c == 0 ? "" : ",");
      quoted(names.get(c), out);
      out.append(':');
      if (batch.nulls(c)[row]) {
        out.append("null");
      } else if (isJsonLiteral(batch, c, row)) {
        out.append(of(batch, c, row));
      } else {
        quoted(of(batch, c, row), out);
      }
    }
    return out.append('}').toString();
  }

  /** Whether a value that is not null stands in JSON without quotes. */
  public static boolean isJsonLiteral(RowBatch batch, int column, int row) {
    ColumnType type = batch.type(column);
    return type.meaning() == Meaning.BOOLEAN
        || (type.isNumber()
            && (type.holding() != Holding.DOUBLES || Double.isFinite(batch.doubles(column)[row])));
  }

  private static void quoted(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
