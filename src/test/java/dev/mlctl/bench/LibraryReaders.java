package dev.mlctl.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mlctl.format.ReferenceParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Files of ten doubles a row as the formats' own libraries read them, on one thread. Each gives the
 * sum of all values, which a compiler cannot leave out.
 */
final class LibraryReaders {
  private LibraryReaders() {}

  /** A {@code Group} a row, as parquet-java's examples read. */
  static double parquetGroups(Path path) throws IOException {
    double sum = 0;
    try (ParquetFileReader reader = ReferenceParquet.open(path)) {
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
      int width = schema.getFieldCount();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            columns.getRecordReader(pages, new GroupRecordConverter(schema));
        for (long r = 0; r < pages.getRowCount(); r++) {
          Group row = records.read();
          for (int c = 0; c < width; c++) {
            sum += row.getDouble(c, 0);
          }
        }
      }
    }
    return sum;
  }

  /** Column after column without making rows: the least parquet-java can be asked for. */
  static double parquetColumns(Path path) throws IOException {
    double sum = 0;
    try (ParquetFileReader reader = ReferenceParquet.open(path)) {
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        ColumnReadStoreImpl columns =
            new ColumnReadStoreImpl(
                pages, new GroupRecordConverter(schema).getRootConverter(), schema, "");
        for (ColumnDescriptor column : schema.getColumns()) {
          ColumnReader values = columns.getColumnReader(column);
          for (long r = 0; r < pages.getRowCount(); r++) {
            sum += values.getDouble();
            values.consume();
          }
        }
      }
    }
    return sum;
  }

  /** One {@code GenericRecord}, used again for every row. */
  static double avro(Path path) throws IOException {
    double sum = 0;
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(path.toFile(), new GenericDatumReader<>())) {
      int width = reader.getSchema().getFields().size();
      GenericRecord row = null;
      while (reader.hasNext()) {
        row = reader.next(row);
        for (int c = 0; c < width; c++) {
          sum += (Double) row.get(c);
        }
      }
    }
    return sum;
  }

  /** Jackson's tokens over bytes, every number parsed. */
  static double jackson(Path path) throws IOException {
    double sum = 0;
    try (JsonParser parser = new JsonFactory().createParser(Files.newInputStream(path))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
          sum += parser.getDoubleValue();
        }
      }
    }
    return sum;
  }
}
