package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.data.ColumnType.Unit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTextTest {
  private static String text(ColumnType type, long value) {
    byte[] into = new byte[ValueText.LONGEST];
    return new String(into, 0, ValueText.put(type, value, into, 0), StandardCharsets.US_ASCII);
  }

  @Test
  void whole_numbers_print_as_java_prints_them() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertEquals(Long.toString(value), text(ColumnType.integer(64), value));
      assertEquals(Long.toUnsignedString(value), text(ColumnType.unsigned(64), value));
    }
    assertEquals("-9223372036854775808", text(ColumnType.integer(64), Long.MIN_VALUE));
  }

  @Test
  void booleans_are_words() {
    assertEquals("true", text(ColumnType.BOOLEAN, 1));
    assertEquals("false", text(ColumnType.BOOLEAN, 0));
  }

  @Test
  void decimals_are_plain() {
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      int scale = random.nextInt(19);
      long value = random.nextLong() >> random.nextInt(64);
      String plain = BigDecimal.valueOf(value, scale).toPlainString();
      assertEquals(plain, text(ColumnType.decimal(18, scale), value));
      byte[] bytes = BigInteger.valueOf(value).toByteArray();
      assertEquals(plain, ValueText.of(ColumnType.bigDecimal(30, scale), bytes, 0, bytes.length));
    }
    assertEquals("-92.23372036854775808", text(ColumnType.decimal(18, 17), Long.MIN_VALUE));
  }

  @Test
  void dates_are_those_of_the_java_calendar() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long day = i < 10_000 ? i * 97L - 500_000 : (long) random.nextInt() >> random.nextInt(24);
      assertEquals(LocalDate.ofEpochDay(day).toString(), text(ColumnType.DATE, day));
    }
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void timestamps_have_seconds_and_a_zone_only_in_utc(Unit unit) {
    Random random = new Random(4);
    long perSecond = 1_000_000_000 / unit.nanos();
    for (int i = 0; i < 2000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      LocalDateTime expected =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(value, perSecond),
              (int) (Math.floorMod(value, perSecond) * unit.nanos()),
              java.time.ZoneOffset.UTC);
      String printed = text(ColumnType.timestamp(unit, false), value);
      assertEquals(expected, LocalDateTime.parse(printed), printed);
      assertEquals(printed + "Z", text(ColumnType.timestamp(unit, true), value));
    }
    assertEquals("1970-01-01T00:00:00", text(ColumnType.timestamp(unit, false), 0));
  }

  @Test
  void fractions_of_a_second_have_three_six_or_nine_digits() {
    ColumnType nanos = ColumnType.timestamp(Unit.NANOS, true);
    assertEquals("1970-01-01T00:00:00.120Z", text(nanos, 120_000_000));
    assertEquals("1969-12-31T23:59:59.999999Z", text(nanos, -1000));
    assertEquals("1970-01-01T00:00:00.000000001Z", text(nanos, 1));
  }

  @Test
  void times_of_day() {
    ColumnType micros = ColumnType.time(Unit.MICROS, false);
    assertEquals("23:59:59.999999", text(micros, 86_400_000_000L - 1));
    assertEquals(
        LocalTime.of(1, 2, 3).toString(), text(ColumnType.time(Unit.MILLIS, false), 3_723_000));
    assertEquals("00:00:01Z", text(ColumnType.time(Unit.NANOS, true), 1_000_000_000));
    assertEquals("86400000000", text(micros, 86_400_000_000L), "no time of day is a plain number");
    assertEquals("-1", text(micros, -1));
  }

  @Test
  void floats_print_with_the_digits_of_a_float() {
    assertEquals("0.1", ValueText.of(ColumnType.floating(32), 0.1f));
    assertEquals("0.10000000149011612", ValueText.of(ColumnType.DOUBLE, 0.1f));
  }

  @Test
  void values_in_bytes() {
    UUID uuid = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    assertEquals(uuid.toString(), ValueText.of(ColumnType.UUID, bytes, 0, 16));
    assertEquals("AQL/", ValueText.of(ColumnType.bytes(0), new byte[] {9, 1, 2, -1}, 1, 3));
    byte[] julian =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(3_600_000_000_000L)
            .putInt(2_440_589)
            .array();
    assertEquals("1970-01-02T01:00:00", ValueText.of(ColumnType.JULIAN_TIMESTAMP, julian, 0, 12));
  }

  @Test
  void a_rejected_row_is_recorded_as_the_object_of_its_columns() {
    List<String> names = List.of("n", "t", "x", "nan", "u\"");
    List<ColumnType> types =
        List.of(
            ColumnType.integer(32),
            ColumnType.STRING,
            ColumnType.DOUBLE,
            ColumnType.DOUBLE,
            ColumnType.BOOLEAN);
    RowBatch batch = RowBatch.typed("a.parquet", names, types, 2);
    batch.begin(41, 2);
    batch.longs(0)[1] = -7;
    byte[] utf8 = "say \"ä\"\n".getBytes(StandardCharsets.UTF_8);
    batch.bytes(1, utf8);
    batch.ends(1)[1] = utf8.length;
    batch.nulls(2)[1] = true;
    batch.doubles(3)[1] = Double.NaN;
    batch.reject(1, "why");
    String record =
        "{\"n\":-7,\"t\":\"say \\\"ä\\\"\\u000a\",\"x\":null,\"nan\":\"NaN\",\"u\\\"\":false}";
    assertEquals(new FailedRow("a.parquet", 42, "why", record), batch.failedRow(1));
  }
}
