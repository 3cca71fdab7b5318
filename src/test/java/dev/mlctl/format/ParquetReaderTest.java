package dev.mlctl.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Unit;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetReaderTest {
  private static ColumnFile open(String name) throws IOException {
    return ColumnFormat.PARQUET.open(Fixtures.source(name));
  }

  private static List<Map<String, String>> rows(String name) throws IOException {
    ColumnFile file = open(name);
    List<String> names = Fixtures.names(file);
    return Fixtures.rows(file.read(names), names, null);
  }

  /** Python and Java differ in how they print a double, never in its value. */
  private static void assertSame(
      List<Map<String, String>> expected, List<Map<String, String>> found) {
    assertEquals(expected.size(), found.size());
    for (int r = 0; r < found.size(); r++) {
      assertEquals(expected.get(r).keySet(), found.get(r).keySet());
      for (String name : found.get(r).keySet()) {
        String wanted = expected.get(r).get(name);
        String text = found.get(r).get(name);
        if (wanted != null && text != null && List.of("f64", "few").contains(name)) {
          assertEquals(Double.parseDouble(wanted), Double.parseDouble(text));
        } else {
          assertEquals(wanted, text, name + " in row " + (r + 1));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "snappy",
        "gzip",
        "zstd",
        "lz4",
        "v2",
        "v2-none",
        "plain",
        "falls-back",
        "one-group",
        "short-decimals",
        "delta",
        "lengths",
        "split"
      })
  void every_type_reads_alike_however_it_is_written(String name) throws IOException {
    assertSame(Fixtures.expected("types.jsonl"), rows("types-" + name + ".parquet"));
  }

  @Test
  void timestamps_of_twelve_bytes_have_no_zone() throws IOException {
    List<Map<String, String>> expected = Fixtures.expected("types.jsonl");
    expected.forEach(row -> row.computeIfPresent("ts_utc", (c, t) -> t.replace("Z", "")));
    assertSame(expected, rows("types-int96.parquet"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta", "lengths", "dictionary"})
  void a_thousand_rows_read_alike_however_they_are_encoded(String name) throws IOException {
    List<Map<String, String>> plain = rows("many-plain.parquet");
    assertEquals("4293969294", plain.get(999).get("u32"));
    assertEquals(plain, rows("many-" + name + ".parquet"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"required", "required-v2"})
  void columns_without_nulls(String name) throws IOException {
    assertSame(Fixtures.expected("required.jsonl"), rows(name + ".parquet"));
    assertTrue(open(name + ".parquet").columns().stream().noneMatch(FileColumn::nullable));
  }

  @Test
  void columns_and_their_types() throws IOException {
    Map<String, ColumnType> types =
        open("types-none.parquet").columns().stream()
            .collect(Collectors.toMap(FileColumn::name, FileColumn::type));
    assertEquals(ColumnType.integer(8), types.get("i8"));
    assertEquals(ColumnType.integer(64), types.get("i64"));
    assertEquals(ColumnType.unsigned(16), types.get("u16"));
    assertEquals(ColumnType.floating(16), types.get("f16"));
    assertEquals(ColumnType.floating(32), types.get("f32"));
    assertEquals(ColumnType.DOUBLE, types.get("f64"));
    assertEquals(ColumnType.BOOLEAN, types.get("flag"));
    assertEquals(ColumnType.STRING, types.get("cat"));
    assertEquals(ColumnType.bytes(0), types.get("bytes"));
    assertEquals(ColumnType.bytes(5), types.get("five"));
    assertEquals(ColumnType.DATE, types.get("date"));
    assertEquals(ColumnType.time(Unit.MILLIS, false), types.get("t_ms"));
    assertEquals(ColumnType.timestamp(Unit.NANOS, false), types.get("ts_ns"));
    assertEquals(ColumnType.timestamp(Unit.MICROS, true), types.get("ts_utc"));
    assertEquals(ColumnType.bigDecimal(9, 2), types.get("d9"));
    assertEquals(ColumnType.UUID, types.get("uuid"));
    assertTrue(open("types-none.parquet").columns().stream().allMatch(FileColumn::nullable));
  }

  @Test
  void only_wanted_columns_are_read_in_the_order_wanted() throws IOException {
    List<String> wanted = List.of("text", "i64");
    List<Map<String, String>> found = Fixtures.rows(open("few.parquet").read(wanted), wanted, null);
    List<Map<String, String>> all = Fixtures.expected("few.jsonl");
    for (int r = 0; r < all.size(); r++) {
      assertEquals(wanted, List.copyOf(found.get(r).keySet()));
      assertEquals(all.get(r).get("text"), found.get(r).get("text"));
      assertEquals(all.get(r).get("i64"), found.get(r).get("i64"));
    }
  }

  @Test
  void no_column_wanted_still_counts_the_rows() throws IOException {
    assertEquals(60, Fixtures.rows(open("few.parquet").read(List.of()), List.of(), null).size());
  }

  @Test
  void an_empty_file_has_columns_and_no_rows() throws IOException {
    ColumnFile file = open("empty.parquet");
    assertEquals(List.of("i64", "f64", "text", "cat"), Fixtures.names(file));
    assertEquals(List.of(), file.sections());
    try (BatchReader reader = file.read(Fixtures.names(file))) {
      assertNull(reader.next());
    }
  }

  @Test
  void nested_columns_are_refused_only_when_wanted() throws IOException {
    ColumnFile file = open("nested.parquet");
    assertEquals(
        List.of("1 null p", "2 null q", "3 null null"),
        Fixtures.rows(file.read(List.of("a", "nothing", "z")), List.of("a", "nothing", "z"), null)
            .stream()
            .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining(" ")))
            .toList());
    Failure e =
        assertThrows(
            Failure.class, () -> file.read(List.of("a", "list", "map", "record", "absent")));
    assertEquals(FailureKind.INPUT, e.kind());
    assertEquals(
        List.of(
            "column \"list\" cannot be read: it is a list",
            "column \"map\" cannot be read: it is a map",
            "column \"record\" cannot be read: it is a record of several fields",
            "column \"absent\" is missing"),
        e.problems().stream().map(p -> p.message()).toList());
  }

  @Test
  void every_range_size_gives_every_row_once_with_its_number() throws IOException {
    ByteSource source = Fixtures.source("few.parquet");
    ColumnFile file = ColumnFormat.PARQUET.open(source);
    List<String> names = Fixtures.names(file);
    List<Map<String, String>> expected = Fixtures.rows(file.read(names), names, null);
    assertEquals(60, expected.size());
    for (long size = 1; size < source.size() + 2; size += size < 300 ? 1 : 97) {
      List<Map<String, String>> found = new ArrayList<>();
      List<Long> lines = new ArrayList<>();
      for (long start = 0; start < source.size(); start += size) {
        found.addAll(Fixtures.rows(file.read(names, start, start + size, 1), names, lines));
      }
      assertEquals(expected, found, "ranges of " + size);
      assertEquals(LongStream.rangeClosed(1, 60).boxed().toList(), lines);
    }
  }

  @Test
  void sections_are_the_row_groups() throws IOException {
    ColumnFile file = open("few.parquet");
    List<Section> sections = file.sections();
    assertEquals(12, sections.size());
    assertEquals(4, sections.get(0).start());
    for (int i = 0; i < sections.size(); i++) {
      assertEquals(5, sections.get(i).rows());
      assertEquals(1 + 5 * i, sections.get(i).firstRow());
      assertTrue(i == 0 || sections.get(i).start() == sections.get(i - 1).end());
    }
  }

  @Test
  void doubles_that_are_not_finite_come_as_they_are() throws IOException {
    try (BatchReader reader = open("odd.parquet").read(List.of("x"))) {
      RowBatch batch = reader.next();
      double[] found = java.util.Arrays.copyOf(batch.doubles(0), 5);
      org.junit.jupiter.api.Assertions.assertArrayEquals(
          new double[] {1.5, Double.NaN, Double.POSITIVE_INFINITY, 0, -0.0}, found);
      assertTrue(batch.nulls(0)[3]);
    }
  }

  @ParameterizedTest
  @CsvSource({"types.jsonl, this is no Parquet file", "make_fixtures.py, this is no Parquet file"})
  void a_file_of_another_format_is_refused(String name, String message) {
    Failure e = assertThrows(Failure.class, () -> open(name));
    assertEquals(FailureKind.INPUT, e.kind());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
