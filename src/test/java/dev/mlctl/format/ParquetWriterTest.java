package dev.mlctl.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetWriterTest {
  @TempDir Path directory;

  private static List<OutputColumn> passed(ColumnFile file) {
    List<OutputColumn> columns = new ArrayList<>();
    for (FileColumn column : file.columns()) {
      columns.add(OutputColumn.passed(column, columns.size()));
    }
    return columns;
  }

  /** The rows of some sections, written as they are read. */
  static byte[] copy(ColumnFile file, ColumnCompression compression, long start, long end)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = ColumnFormat.PARQUET.write(out, passed(file), compression);
    try (BatchReader reader = file.read(Fixtures.names(file), start, end, 1)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        writer.write(batch, null, null);
      }
    }
    writer.finish();
    return out.toByteArray();
  }

  private static byte[] copy(ColumnFile file, ColumnCompression compression) throws IOException {
    return copy(file, compression, 0, Long.MAX_VALUE);
  }

  private Path save(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("copy.parquet"), bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types-none.parquet",
        "types-int96.parquet",
        "types-short-decimals.parquet",
        "required.parquet",
        "many-plain.parquet",
        "few.parquet",
        "empty.parquet",
        "odd.parquet"
      })
  void columns_that_are_passed_on_keep_their_types_and_values(String name) throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source(name));
    Path copy = save(copy(file, ColumnCompression.SNAPPY));
    assertEquals(
        ReferenceParquet.schema(Fixtures.path(name)).getFields(),
        ReferenceParquet.schema(copy).getFields());
    assertEquals(ReferenceParquet.rows(Fixtures.path(name)), ReferenceParquet.rows(copy));
    assertEquals(file.columns(), ColumnFormat.PARQUET.open(ByteSource.of(copy)).columns());
  }

  @ParameterizedTest
  @EnumSource(ColumnCompression.class)
  void every_compression_reads_back(ColumnCompression compression) throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("types-zstd.parquet"));
    byte[] copy = copy(file, compression);
    assertEquals(
        ReferenceParquet.rows(Fixtures.path("types-zstd.parquet")),
        ReferenceParquet.rows(save(copy)));
    ColumnFile again = ColumnFormat.PARQUET.open(Fixtures.source("copy", copy));
    List<String> names = Fixtures.names(file);
    assertEquals(
        Fixtures.rows(file.read(names), names, null),
        Fixtures.rows(again.read(names), names, null));
  }

  @Test
  void the_same_rows_give_the_same_bytes() throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("types-none.parquet"));
    for (ColumnCompression compression : ColumnCompression.values()) {
      assertArrayEquals(copy(file, compression), copy(file, compression));
    }
  }

  @Test
  void types_without_a_declaration_get_the_one_that_says_the_same() throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("types-none.parquet"));
    List<OutputColumn> bare = new ArrayList<>();
    for (FileColumn column : file.columns()) {
      bare.add(
          OutputColumn.passed(
              FileColumn.of(column.name(), column.type(), column.nullable()), bare.size()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = ColumnFormat.PARQUET.write(out, bare, ColumnCompression.NONE);
    List<String> names = Fixtures.names(file);
    try (BatchReader reader = file.read(names)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        writer.write(batch, null, null);
      }
    }
    writer.finish();
    ColumnFile again = ColumnFormat.PARQUET.open(Fixtures.source("copy", out.toByteArray()));
    assertEquals(
        file.columns().stream().map(FileColumn::type).toList(),
        again.columns().stream().map(FileColumn::type).toList());
    assertEquals(
        Fixtures.rows(file.read(names), names, null),
        Fixtures.rows(again.read(names), names, null));
    assertEquals(60, ReferenceParquet.rows(save(out.toByteArray())).size());
  }

  @Test
  void computed_columns_stand_beside_those_passed_on_and_rejected_rows_are_left_out()
      throws IOException {
    RowBatch batch = RowBatch.typed("f", List.of("id"), List.of(ColumnType.integer(64)), 4);
    batch.begin(1, 4);
    for (int r = 0; r < 4; r++) {
      batch.longs(0)[r] = r * 10L;
    }
    batch.nulls(0)[3] = true;
    batch.reject(1, "why");
    List<OutputColumn> columns =
        List.of(
            OutputColumn.passed(FileColumn.of("id", ColumnType.integer(64), true), 0),
            OutputColumn.codes("prediction", List.of("no", "yes", "vielleicht")),
            OutputColumn.numbers("p", 1),
            OutputColumn.constant("model_release", "m@prod#7"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = ColumnFormat.PARQUET.write(out, columns, ColumnCompression.ZSTD);
    double[][] numbers = {null, {0.25, 9, -0.0, 1e-300}};
    writer.write(batch, numbers, new int[][] {{2, 9, 0, 1}});
    writer.finish();
    assertEquals(
        List.of(
            "id: 0\nprediction: vielleicht\np: 0.25\nmodel_release: m@prod#7\n",
            "id: 20\nprediction: no\np: -0.0\nmodel_release: m@prod#7\n",
            "prediction: yes\np: 1.0E-300\nmodel_release: m@prod#7\n"),
        ReferenceParquet.rows(save(out.toByteArray())));
    assertEquals(
        "optional int64 id, required binary prediction (STRING), required double p, "
            + "required binary model_release (STRING)",
        String.join(
            ", ",
            ReferenceParquet.schema(directory.resolve("copy.parquet")).getFields().stream()
                .map(Object::toString)
                .toList()));
  }

  @Test
  void fields_of_a_text_become_texts_or_numbers() throws IOException {
    String csv = "t,n\nplain,1.5\n\"a \"\"b\"\"\",\"2\"\n,\n\"\",NA\nx,\n";
    List<OutputColumn> columns =
        List.of(
            OutputColumn.passed(FileColumn.of("t", ColumnType.STRING, true), 0),
            OutputColumn.passed(FileColumn.of("n", ColumnType.DOUBLE, true), 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = ColumnFormat.PARQUET.write(out, columns, ColumnCompression.NONE);
    try (BatchReader reader =
        CsvReader.file(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
            CsvOptions.DEFAULT,
            "a.csv",
            List.of("t", "n"))) {
      writer.write(reader.next(), null, null);
    }
    writer.finish();
    assertEquals(
        List.of("t: plain\nn: 1.5\n", "t: a \"b\"\nn: 2.0\n", "", "t: \n", "t: x\n"),
        ReferenceParquet.rows(save(out.toByteArray())));
  }

  /** Columns with few, many and only different values, with and without nulls, over many pages. */
  private static byte[] large(int rows, long seed, List<String> printed) throws IOException {
    List<String> names = List.of("few", "many", "word", "id", "flag", "u");
    List<ColumnType> types =
        List.of(
            ColumnType.DOUBLE,
            ColumnType.DOUBLE,
            ColumnType.STRING,
            ColumnType.STRING,
            ColumnType.BOOLEAN,
            ColumnType.unsigned(32));
    List<OutputColumn> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      boolean nullable = c % 2 == 0;
      columns.add(OutputColumn.passed(FileColumn.of(names.get(c), types.get(c), nullable), c));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = ColumnFormat.PARQUET.write(out, columns, ColumnCompression.SNAPPY);
    Random random = new Random(seed);
    RowBatch batch = RowBatch.typed("f", names, types, 4096);
    for (int done = 0; done < rows; done += batch.rows()) {
      fill(batch, Math.min(4096, rows - done), done, random);
      writer.write(batch, null, null);
      for (int r = 0; r < batch.rows(); r++) {
        StringBuilder row = new StringBuilder();
        for (int c = 0; c < names.size(); c++) {
          if (!batch.nulls(c)[r]) {
            row.append(names.get(c)).append(": ").append(batch.text(c, r)).append('\n');
          }
        }
        printed.add(row.toString());
      }
    }
    writer.finish();
    return out.toByteArray();
  }

  private static void fill(RowBatch batch, int rows, int done, Random random) {
    batch.begin(done + 1, rows);
    StringBuilder words = new StringBuilder();
    StringBuilder ids = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      // The middle has no null and one value only, so that there are long runs too.
      boolean plain = done > 20_000 && done < 60_000;
      for (int c = 0; c < 6; c += 2) {
        batch.nulls(c)[r] = !plain && random.nextInt(5) == 0;
      }
      batch.doubles(0)[r] = plain ? 2.5 : random.nextInt(100) / 4.0;
      batch.doubles(1)[r] = random.nextGaussian();
      batch.starts(2)[r] = words.length();
      words.append(batch.nulls(2)[r] ? "" : "word" + random.nextInt(done < 40_000 ? 9 : 90_000));
      batch.ends(2)[r] = words.length();
      batch.starts(3)[r] = ids.length();
      ids.append("id-").append(done + r);
      batch.ends(3)[r] = ids.length();
      batch.longs(4)[r] = random.nextInt(2);
      batch.longs(5)[r] = random.nextInt() & 0xFFFFFFFFL;
    }
    batch.bytes(2, words.toString().getBytes(StandardCharsets.US_ASCII));
    batch.bytes(3, ids.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void many_pages_and_every_way_of_encoding_read_back() throws IOException {
    List<String> expected = new ArrayList<>();
    Path path = save(large(150_000, 5, expected));
    List<String> found = ReferenceParquet.rows(path);
    // Parquet's library prints an unsigned number with a sign.
    for (int r = 0; r < expected.size(); r++) {
      String u = expected.get(r).replaceAll("(?s).*\nu: (\\d+)\n", "$1");
      String signed = Integer.toString((int) Long.parseLong(u));
      expected.set(r, expected.get(r).replace("u: " + u + "\n", "u: " + signed + "\n"));
    }
    assertEquals(expected.size(), found.size());
    for (int r = 0; r < found.size(); r++) {
      assertEquals(expected.get(r), found.get(r), "row " + r);
    }
    Set<String> byIndex = new HashSet<>();
    for (BlockMetaData group : ReferenceParquet.footer(path).getBlocks()) {
      group.getColumns().stream()
          .filter(column -> column.hasDictionaryPage())
          .forEach(column -> byIndex.add(column.getPath().toDotString()));
    }
    assertEquals(Set.of("few", "word"), byIndex);
  }

  @Test
  void statistics_tell_the_range_of_each_row_group() throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("types-one-group.parquet"));
    Path path = save(copy(file, ColumnCompression.NONE));
    List<ColumnChunkMetaData> original =
        ReferenceParquet.footer(Fixtures.path("types-one-group.parquet"))
            .getBlocks()
            .get(0)
            .getColumns();
    List<ColumnChunkMetaData> copied =
        ReferenceParquet.footer(path).getBlocks().get(0).getColumns();
    int compared = 0;
    for (int c = 0; c < copied.size(); c++) {
      var ours = copied.get(c).getStatistics();
      var theirs = original.get(c).getStatistics();
      assertEquals(theirs.getNumNulls(), ours.getNumNulls(), copied.get(c).toString());
      if (ours.hasNonNullValue()) {
        assertEquals(theirs.minAsString(), ours.minAsString(), copied.get(c).toString());
        assertEquals(theirs.maxAsString(), ours.maxAsString(), copied.get(c).toString());
        compared++;
      }
    }
    assertTrue(compared >= 20, compared + " columns have a range");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void parts_join_into_one_file(int count) throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("few.parquet"));
    List<Section> sections = file.sections();
    List<ByteSource> parts = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      long start = sections.get(sections.size() * p / count).start();
      int last = sections.size() * (p + 1) / count - 1;
      byte[] part = copy(file, ColumnCompression.SNAPPY, start, sections.get(last).end());
      parts.add(Fixtures.source("part " + p, part));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ColumnFormat.PARQUET.join(parts, out);
    assertEquals(
        ReferenceParquet.rows(Fixtures.path("few.parquet")),
        ReferenceParquet.rows(save(out.toByteArray())));
    ColumnFile joined = ColumnFormat.PARQUET.open(Fixtures.source("joined", out.toByteArray()));
    assertEquals(count, joined.sections().size());
    List<String> names = Fixtures.names(file);
    List<Long> lines = new ArrayList<>();
    List<Map<String, String>> rows = Fixtures.rows(joined.read(names), names, lines);
    assertEquals(Fixtures.rows(file.read(names), names, null), rows);
    assertEquals(60L, lines.get(59));
    if (count == 1) {
      assertArrayEquals(copy(file, ColumnCompression.SNAPPY), out.toByteArray());
    }
  }

  @Test
  void parts_without_rows_join_too() throws IOException {
    ColumnFile empty = ColumnFormat.PARQUET.open(Fixtures.source("empty.parquet"));
    ColumnFile few = ColumnFormat.PARQUET.open(Fixtures.source("few.parquet"));
    byte[] none = copy(empty, ColumnCompression.ZSTD);
    byte[] some = copy(few, ColumnCompression.ZSTD);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ColumnFormat.PARQUET.join(
        List.of(Fixtures.source("0", none), Fixtures.source("1", some), Fixtures.source("2", none)),
        out);
    assertArrayEquals(some, out.toByteArray());
    assertEquals(0, ReferenceParquet.rows(save(none)).size());
  }

  @Test
  void half_precision_goes_both_ways() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      byte[] bytes = {(byte) bits, (byte) (bits >> 8)};
      float value = LittleEndian.getHalf(bytes, 0);
      if (!Float.isNaN(value)) {
        assertEquals(bits, LittleEndian.half(value));
      }
    }
    assertEquals(0x3C00, LittleEndian.half(1.0002f), "rounds to the nearest");
    assertEquals(0x3C02, LittleEndian.half(1 + 3 * 0x1p-11f), "ties go to even");
    assertEquals(0x7C00, LittleEndian.half(1e30f));
    assertEquals(0x0400, LittleEndian.half(0x1p-14f - 0x1p-26f), "rounds up to a normal number");
    assertTrue(Float.isNaN(LittleEndian.getHalf(new byte[] {1, 0x7E}, 0)));
    assertEquals(List.of(0), Arrays.asList(LittleEndian.half(0f)));
  }
}
