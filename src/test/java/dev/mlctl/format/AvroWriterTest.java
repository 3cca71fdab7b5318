package dev.mlctl.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroWriterTest {
  /** The readable columns of a file that are passed on as they were declared. */
  private static List<OutputColumn> passed(ColumnFile file) {
    List<OutputColumn> columns = new ArrayList<>();
    for (FileColumn column : file.columns()) {
      if (column.fault().isEmpty()) {
        columns.add(OutputColumn.passed(column, columns.size()));
      }
    }
    return columns;
  }

  private static byte[] copy(
      ColumnFile file,
      List<OutputColumn> columns,
      ColumnFormat format,
      ColumnCompression compression,
      long start,
      long end)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = format.write(out, columns, compression);
    try (BatchReader reader = file.read(Fixtures.names(file), start, end, 1)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        writer.write(batch, null, null);
      }
    }
    writer.finish();
    return out.toByteArray();
  }

  private static byte[] copy(ColumnFile file, ColumnCompression compression) throws IOException {
    return copy(file, passed(file), ColumnFormat.AVRO, compression, 0, Long.MAX_VALUE);
  }

  /** Rows as Avro's own library reads them, the given columns only. */
  private static List<String> reference(byte[] bytes, List<String> names) throws IOException {
    List<String> rows = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>())) {
      while (reader.hasNext()) {
        GenericRecord row = reader.next();
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(name).append('=').append(row.get(name)).append(' '));
        rows.add(text.toString());
      }
    }
    return rows;
  }

  private static List<Map<String, String>> rows(ColumnFormat format, byte[] bytes)
      throws IOException {
    ColumnFile file = format.open(Fixtures.source("copy", bytes));
    List<String> names = Fixtures.names(file);
    return Fixtures.rows(file.read(names), names, null);
  }

  @ParameterizedTest
  @EnumSource(ColumnCompression.class)
  void columns_that_are_passed_on_keep_their_types_and_values(ColumnCompression compression)
      throws IOException {
    ColumnFile file = ColumnFormat.AVRO.open(Fixtures.source("avro-null.avro"));
    byte[] copy = copy(file, compression);
    List<String> names = Fixtures.names(file);
    byte[] original = Files.readAllBytes(Fixtures.path("avro-null.avro"));
    assertEquals(reference(original, names), reference(copy, names));
    assertEquals(
        file.columns().stream().filter(column -> column.fault().isEmpty()).toList(),
        ColumnFormat.AVRO.open(Fixtures.source("copy", copy)).columns());
    assertArrayEquals(copy, copy(file, compression), "the same rows give the same bytes");
  }

  @Test
  void a_file_without_rows_is_a_header() throws IOException {
    ColumnFile file = ColumnFormat.AVRO.open(Fixtures.source("avro-empty.avro"));
    byte[] copy = copy(file, ColumnCompression.GZIP);
    assertEquals(List.of(), reference(copy, List.of()));
    assertEquals(List.of(), rows(ColumnFormat.AVRO, copy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"types-none.parquet", "types-short-decimals.parquet", "required.parquet"})
  void parquet_becomes_avro_with_the_same_values(String name) throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source(name));
    List<OutputColumn> columns = passed(file);
    byte[] avro = copy(file, columns, ColumnFormat.AVRO, ColumnCompression.NONE, 0, Long.MAX_VALUE);
    List<String> names = Fixtures.names(file);
    assertEquals(60, reference(avro, names).size());
    List<Map<String, String>> expected = Fixtures.rows(file.read(names), names, null);
    assertEquals(expected, rows(ColumnFormat.AVRO, avro));
  }

  @Test
  void avro_becomes_parquet_with_the_same_values() throws IOException {
    ColumnFile file = ColumnFormat.AVRO.open(Fixtures.source("avro-null.avro"));
    byte[] parquet =
        copy(file, passed(file), ColumnFormat.PARQUET, ColumnCompression.ZSTD, 0, Long.MAX_VALUE);
    List<String> names = Fixtures.names(file);
    assertEquals(Fixtures.rows(file.read(names), names, null), rows(ColumnFormat.PARQUET, parquet));
  }

  @Test
  void timestamps_of_twelve_bytes_become_local_ones() throws IOException {
    ColumnFile file = ColumnFormat.PARQUET.open(Fixtures.source("types-int96.parquet"));
    byte[] avro =
        copy(file, passed(file), ColumnFormat.AVRO, ColumnCompression.NONE, 0, Long.MAX_VALUE);
    List<String> names = Fixtures.names(file);
    assertEquals(Fixtures.rows(file.read(names), names, null), rows(ColumnFormat.AVRO, avro));
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
    RowWriter writer = ColumnFormat.AVRO.write(out, columns, ColumnCompression.SNAPPY);
    writer.write(batch, new double[][] {null, {0.25, 9, -0.0, 1e-300}}, new int[][] {{2, 9, 0, 1}});
    writer.finish();
    assertEquals(
        List.of(
            "id=0 prediction=vielleicht p=0.25 model_release=m@prod#7 ",
            "id=20 prediction=no p=-0.0 model_release=m@prod#7 ",
            "id=null prediction=yes p=1.0E-300 model_release=m@prod#7 "),
        reference(out.toByteArray(), List.of("id", "prediction", "p", "model_release")));
  }

  @Test
  void fields_of_a_text_become_texts_or_numbers() throws IOException {
    String csv = "t,n\nplain,1.5\n\"a \"\"b\"\"\",\"2\"\n,\n\"\",NA\nx,\n";
    List<OutputColumn> columns =
        List.of(
            OutputColumn.passed(FileColumn.of("t", ColumnType.STRING, true), 0),
            OutputColumn.passed(FileColumn.of("n", ColumnType.DOUBLE, true), 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowWriter writer = ColumnFormat.AVRO.write(out, columns, ColumnCompression.NONE);
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
        List.of(
            "t=plain n=1.5 ", "t=a \"b\" n=2.0 ", "t=null n=null ", "t= n=null ", "t=x n=null "),
        reference(out.toByteArray(), List.of("t", "n")));
  }

  @Test
  void names_that_avro_does_not_have_are_all_told() {
    List<OutputColumn> columns =
        List.of(
            OutputColumn.numbers("Max Temp", 0),
            OutputColumn.numbers("fine_1", 0),
            OutputColumn.numbers("1st", 0));
    Failure e =
        assertThrows(
            Failure.class, () -> ColumnFormat.AVRO.write(null, columns, ColumnCompression.NONE));
    assertEquals(FailureKind.USAGE, e.kind());
    assertEquals(
        List.of(
            "\"Max Temp\" cannot be the name of a column in Avro",
            "\"1st\" cannot be the name of a column in Avro"),
        e.problems().stream().map(p -> p.message()).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void parts_join_into_one_file(int count) throws IOException {
    ColumnFile file = ColumnFormat.AVRO.open(Fixtures.source("avro-deflate.avro"));
    List<Section> sections = file.sections();
    List<ByteSource> parts = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      long start = sections.get(sections.size() * p / count).start();
      long end = sections.get(sections.size() * (p + 1) / count - 1).end();
      byte[] part = copy(file, passed(file), ColumnFormat.AVRO, ColumnCompression.GZIP, start, end);
      parts.add(Fixtures.source("part " + p, part));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ColumnFormat.AVRO.join(parts, out);
    List<String> names = Fixtures.names(file);
    byte[] original = Files.readAllBytes(Fixtures.path("avro-deflate.avro"));
    assertEquals(reference(original, names), reference(out.toByteArray(), names));
    assertEquals(
        count, ColumnFormat.AVRO.open(Fixtures.source("j", out.toByteArray())).sections().size());
  }
}
