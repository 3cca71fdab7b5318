package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.data.ColumnType.Unit;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypedDecoderTest {
  private static final Feature NUMBER = Feature.number("x");
  private static final Feature DATE =
      new Feature("x", FeatureType.DATE, List.of(), MissingPolicy.IMPUTE, UnknownPolicy.OTHER);

  private record Decoded(FeatureBatch features, List<String> reasons) {
    double[] numbers() {
      return Arrays.copyOf(features.numbers(0), features.rows());
    }

    int[] codes() {
      return Arrays.copyOf(features.codes(0), features.rows());
    }
  }

  /** A batch of one column; null for a null, byte[] or String for slices. */
  private static RowBatch column(ColumnType type, Object... values) {
    RowBatch batch = RowBatch.typed("f", List.of("x"), List.of(type), values.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    batch.begin(1, values.length);
    for (int r = 0; r < values.length; r++) {
      batch.nulls(0)[r] = values[r] == null;
      if (values[r] instanceof Double d) {
        batch.doubles(0)[r] = d;
      } else if (values[r] instanceof Number n) {
        batch.longs(0)[r] = n.longValue();
      } else if (batch.starts(0) != null) {
        byte[] slice =
            values[r] instanceof String s
                ? s.getBytes(StandardCharsets.UTF_8)
                : values[r] == null ? new byte[0] : (byte[]) values[r];
        batch.starts(0)[r] = bytes.size();
        bytes.writeBytes(slice);
        batch.ends(0)[r] = bytes.size();
      }
    }
    batch.bytes(0, bytes.toByteArray());
    return batch;
  }

  private static Decoded decode(Feature feature, Set<String> nulls, RowBatch rows) {
    FeatureBatch into = new FeatureBatch(List.of(feature), rows.capacity());
    new FeatureDecoder(List.of(feature), new int[] {0}, nulls).decode(rows, into);
    List<String> reasons = new ArrayList<>();
    for (int r = 0; r < rows.rows(); r++) {
      reasons.add(rows.isRejected(r) ? rows.failedRow(r).reason() : "");
    }
    return new Decoded(into, reasons);
  }

  private static Feature strict(Feature f) {
    return new Feature(
        f.name(), f.type(), f.categories(), MissingPolicy.REJECT, UnknownPolicy.REJECT);
  }

  @Test
  void doubles_are_taken_as_they_are_and_must_be_finite() {
    Decoded d =
        decode(
            NUMBER,
            Set.of(),
            column(ColumnType.DOUBLE, 1.5, null, -0.1, Double.NaN, Double.NEGATIVE_INFINITY));
    assertArrayEquals(new double[] {1.5, Double.NaN, -0.1, Double.NaN, Double.NaN}, d.numbers());
    assertEquals(
        List.of(
            "",
            "",
            "",
            "x: \"NaN\" is not a finite number",
            "x: \"-Infinity\" is not a finite number"),
        d.reasons());
  }

  @Test
  void a_null_rejects_its_row_where_the_model_says_so() {
    for (Feature feature : List.of(NUMBER, DATE, Feature.category("x", List.of("1")))) {
      ColumnType type =
          feature.type() == FeatureType.DATE ? ColumnType.DATE : ColumnType.integer(8);
      Decoded d = decode(strict(feature), Set.of(), column(type, 1, null));
      assertEquals(List.of("", "x is missing"), d.reasons());
    }
  }

  @Test
  void null_values_that_are_numbers_compare_as_numbers() {
    Set<String> nulls = Set.of("-999", "NA", "NaN");
    Decoded d = decode(NUMBER, nulls, column(ColumnType.DOUBLE, -999.0, 1.0, Double.NaN));
    assertArrayEquals(new double[] {Double.NaN, 1, Double.NaN}, d.numbers());
    assertEquals(List.of("", "", ""), d.reasons());
    d = decode(NUMBER, nulls, column(ColumnType.integer(32), -999, 5));
    assertArrayEquals(new double[] {Double.NaN, 5}, d.numbers());
  }

  @Test
  void whole_numbers_of_all_kinds() {
    assertArrayEquals(
        new double[] {-3, Double.NaN, 9007199254740992.0},
        decode(NUMBER, Set.of(), column(ColumnType.integer(64), -3L, null, 9007199254740993L))
            .numbers());
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long value = random.nextLong();
      double expected = new BigDecimal(Long.toUnsignedString(value)).doubleValue();
      RowBatch rows = column(ColumnType.unsigned(64), value);
      assertEquals(expected, decode(NUMBER, Set.of(), rows).numbers()[0]);
    }
  }

  @Test
  void decimals_round_correctly_whatever_their_size() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      int scale = random.nextInt(19);
      long value = random.nextLong() >> (4 + random.nextInt(60));
      double expected = BigDecimal.valueOf(value, scale).doubleValue();
      RowBatch small = column(ColumnType.decimal(18, scale), value);
      assertEquals(expected, decode(NUMBER, Set.of(), small).numbers()[0]);
      byte[] bytes = BigInteger.valueOf(value).toByteArray();
      RowBatch big = column(ColumnType.bigDecimal(38, scale), bytes, null);
      Decoded d = decode(NUMBER, Set.of(), big);
      assertArrayEquals(new double[] {expected, Double.NaN}, d.numbers());
      assertEquals(List.of("", ""), d.reasons());
    }
  }

  @Test
  void a_column_of_another_type_is_no_number() {
    Decoded d = decode(NUMBER, Set.of("-"), column(ColumnType.STRING, "1", "", "-", null));
    assertEquals(List.of("x: \"1\" is text, not a number", "", "", ""), d.reasons());
    d = decode(NUMBER, Set.of(), column(ColumnType.BOOLEAN, 1, null));
    assertEquals(List.of("x: \"true\" is not a number", ""), d.reasons());
    assertArrayEquals(new double[] {Double.NaN, Double.NaN}, d.numbers());
  }

  @Test
  void dates_come_from_dates_timestamps_and_iso_texts() {
    ColumnType millis = ColumnType.timestamp(Unit.MILLIS, true);
    byte[] julian =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(43_200_000_000_000L)
            .putInt(2_440_589)
            .array();
    assertArrayEquals(
        new double[] {-1, Double.NaN},
        decode(DATE, Set.of(), column(ColumnType.DATE, -1, null)).numbers());
    assertArrayEquals(
        new double[] {1.5, -0.5},
        decode(DATE, Set.of(), column(millis, 129_600_000L, -43_200_000L)).numbers());
    assertArrayEquals(
        new double[] {1.5},
        decode(DATE, Set.of(), column(ColumnType.JULIAN_TIMESTAMP, julian)).numbers());
    Decoded d =
        decode(
            DATE,
            Set.of("NA"),
            column(ColumnType.STRING, "1970-01-02", "1970-01-02T12:00", "NA", "x"));
    assertArrayEquals(new double[] {1, 1.5, Double.NaN, Double.NaN}, d.numbers());
    assertEquals(List.of("", "", "", "x: \"x\" is not an ISO date"), d.reasons());
    d = decode(DATE, Set.of(), column(ColumnType.integer(32), 19_000));
    assertEquals(List.of("x: \"19000\" is not an ISO date"), d.reasons());
  }

  @Test
  void a_date_among_the_null_values_is_missing() {
    Decoded d = decode(DATE, Set.of("1970-01-01"), column(ColumnType.DATE, 0, 1));
    assertArrayEquals(new double[] {Double.NaN, 1}, d.numbers());
    assertEquals(List.of("", ""), d.reasons());
  }

  @Test
  void categories_come_from_texts_numbers_booleans_and_dates() {
    Feature feature =
        Feature.category("x", List.of("rot", "grün", "7", "true", "2020-02-29", "2.5", "1.00"));
    assertArrayEquals(
        new int[] {1, 0, -1, -1, -2},
        decode(feature, Set.of("NA"), column(ColumnType.STRING, "grün", "rot", "", "NA", "x"))
            .codes());
    assertArrayEquals(
        new int[] {2, -2, -1},
        decode(feature, Set.of(), column(ColumnType.integer(16), 7, 8, null)).codes());
    assertArrayEquals(
        new int[] {3, -2}, decode(feature, Set.of(), column(ColumnType.BOOLEAN, 1, 0)).codes());
    assertArrayEquals(
        new int[] {4, -2}, decode(feature, Set.of(), column(ColumnType.DATE, 18321, 0)).codes());
    assertArrayEquals(
        new int[] {2, 5, -2},
        decode(feature, Set.of(), column(ColumnType.DOUBLE, 7.0, 2.5, 7.5)).codes());
    assertArrayEquals(
        new int[] {6},
        decode(feature, Set.of(), column(ColumnType.bigDecimal(30, 2), new byte[] {100})).codes());
  }

  @Test
  void a_null_value_is_missing_even_if_it_is_a_category() {
    Feature feature = Feature.category("x", List.of("7", "8"));
    assertArrayEquals(
        new int[] {-1, 1},
        decode(feature, Set.of("7"), column(ColumnType.integer(8), 7, 8)).codes());
  }

  @Test
  void new_categories_are_named_or_rejected() {
    Feature feature = Feature.category("x", List.of("a"));
    Decoded d = decode(feature, Set.of(), column(ColumnType.STRING, "a", "b", "b"));
    assertEquals(Map.of("b", 2L), d.features().newCategories(0));
    d = decode(strict(feature), Set.of(), column(ColumnType.integer(8), 5));
    assertEquals(List.of("x: \"5\" was never seen in training"), d.reasons());
  }
}
