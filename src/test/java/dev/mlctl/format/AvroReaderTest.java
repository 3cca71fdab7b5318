package dev.mlctl.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Unit;
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
import org.junit.jupiter.params.provider.ValueSource;

class AvroReaderTest {
  private static ColumnFile open(String name) throws IOException {
    return ColumnFormat.AVRO.open(Fixtures.source(name));
  }

  private static List<Map<String, String>> rows(String name) throws IOException {
    ColumnFile file = open(name);
    List<String> names = Fixtures.names(file);
    return Fixtures.rows(file.read(names), names, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void every_type_reads_with_every_compression(String codec) throws IOException {
    List<Map<String, String>> expected = Fixtures.expected("avro.jsonl");
    List<Map<String, String>> found = rows("avro-" + codec + ".avro");
    assertEquals(expected.size(), found.size());
    for (int r = 0; r < found.size(); r++) {
      assertEquals(expected.get(r).keySet(), found.get(r).keySet());
      for (String name : found.get(r).keySet()) {
        String wanted = expected.get(r).get(name);
        String text = found.get(r).get(name);
        if (name.equals("f64") && wanted != null && text != null) {
          assertEquals(Double.parseDouble(wanted), Double.parseDouble(text));
        } else {
          assertEquals(wanted, text, name + " in row " + (r + 1));
        }
      }
    }
  }

  @Test
  void columns_and_their_types() throws IOException {
    Map<String, FileColumn> columns =
        open("avro-null.avro").columns().stream()
            .collect(Collectors.toMap(FileColumn::name, column -> column));
    assertEquals(ColumnType.integer(32), columns.get("int").type());
    assertEquals(ColumnType.integer(64), columns.get("long").type());
    assertEquals(ColumnType.floating(32), columns.get("float").type());
    assertEquals(ColumnType.STRING, columns.get("suit").type());
    assertEquals(ColumnType.bytes(5), columns.get("five").type());
    assertEquals(ColumnType.DATE, columns.get("date").type());
    assertEquals(ColumnType.time(Unit.MICROS, false), columns.get("t_us").type());
    assertEquals(ColumnType.timestamp(Unit.MILLIS, true), columns.get("ts_ms").type());
    assertEquals(ColumnType.timestamp(Unit.MICROS, false), columns.get("local_us").type());
    assertEquals(ColumnType.bigDecimal(18, 4), columns.get("fixed_decimal").type());
    assertEquals("it is a list", columns.get("skipped").fault());
    assertEquals("it is a map", columns.get("deep").fault());
    assertEquals("it is a union of several types", columns.get("either").fault());
    assertTrue(columns.get("flag").nullable());
    assertTrue(columns.get("nothing").nullable());
    assertEquals(false, columns.get("int").nullable());
  }

  @Test
  void only_wanted_columns_are_read_in_the_order_wanted() throws IOException {
    List<String> wanted = List.of("uuid", "flag", "suit");
    List<Map<String, String>> all = Fixtures.expected("avro.jsonl");
    List<Map<String, String>> found =
        Fixtures.rows(open("avro-snappy.avro").read(wanted), wanted, null);
    for (int r = 0; r < all.size(); r++) {
      assertEquals(wanted, List.copyOf(found.get(r).keySet()));
      for (String name : wanted) {
        assertEquals(all.get(r).get(name), found.get(r).get(name));
      }
    }
    assertEquals(60, Fixtures.rows(open("avro-null.avro").read(List.of()), List.of(), null).size());
  }

  @Test
  void nested_columns_are_refused_only_when_wanted() throws IOException {
    ColumnFile file = open("avro-null.avro");
    Failure e = assertThrows(Failure.class, () -> file.read(List.of("int", "deep", "no")));
    assertEquals(FailureKind.INPUT, e.kind());
    assertEquals(
        List.of("column \"deep\" cannot be read: it is a map", "column \"no\" is missing"),
        e.problems().stream().map(p -> p.message()).toList());
  }

  @Test
  void an_empty_file_has_columns_and_no_rows() throws IOException {
    ColumnFile file = open("avro-empty.avro");
    assertEquals(List.of(), file.sections());
    try (BatchReader reader = file.read(Fixtures.names(file))) {
      assertNull(reader.next());
    }
  }

  @Test
  void an_unknown_compression_is_named() throws IOException {
    ColumnFile file = open("avro-bzip2.avro");
    Failure e = assertThrows(Failure.class, () -> file.read(List.of("int")));
    assertEquals("its blocks are compressed with bzip2", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro-small.avro", "avro-deflate.avro"})
  void every_range_size_gives_every_row_once(String name) throws IOException {
    ByteSource source = Fixtures.source(name);
    ColumnFile file = ColumnFormat.AVRO.open(source);
    List<String> names = Fixtures.names(file);
    List<Map<String, String>> expected = Fixtures.rows(file.read(names), names, null);
    long step = source.size() < 1000 ? 1 : 331;
    for (long size = 1; size < source.size() + 20; size += step) {
      List<Map<String, String>> found = new ArrayList<>();
      for (long start = 0; start < source.size(); start += size) {
        found.addAll(Fixtures.rows(file.read(names, start, start + size, 1), names, null));
      }
      assertEquals(expected, found, "ranges of " + size);
    }
  }

  @Test
  void sections_give_the_rows_with_their_numbers() throws IOException {
    ColumnFile file = open("avro-deflate.avro");
    List<String> names = List.of("long");
    List<Section> sections = file.sections();
    assertTrue(sections.size() > 5, sections.size() + " blocks");
    List<Map<String, String>> found = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    for (Section s : sections) {
      int before = found.size();
      found.addAll(Fixtures.rows(file.read(names, s.start(), s.end(), s.firstRow()), names, lines));
      assertEquals(s.rows(), found.size() - before);
    }
    assertEquals(Fixtures.rows(file.read(names), names, null), found);
    assertEquals(LongStream.rangeClosed(1, 60).boxed().toList(), lines);
  }

  @Test
  void a_file_of_another_format_is_refused() {
    Failure e = assertThrows(Failure.class, () -> open("few.parquet"));
    assertEquals("this is no Avro file", e.getMessage());
    assertEquals(FailureKind.INPUT, e.kind());
  }
}
