package dev.mlctl.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Parquet files as Parquet's own library reads them. */
public final class ReferenceParquet {
  private ReferenceParquet() {}

  /** A reader of a file on a local disk, without Hadoop's configuration. */
  public static ParquetFileReader open(Path path) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    return ParquetFileReader.open(new LocalInputFile(path), options);
  }

  static ParquetMetadata footer(Path path) throws IOException {
    try (ParquetFileReader reader = open(path)) {
      return reader.getFooter();
    }
  }

  static MessageType schema(Path path) throws IOException {
    return footer(path).getFileMetaData().getSchema();
  }

  /** Each row as the library prints it. */
  static List<String> rows(Path path) throws IOException {
    List<String> rows = new ArrayList<>();
    try (ParquetFileReader reader = open(path)) {
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            columns.getRecordReader(pages, new GroupRecordConverter(schema));
        for (long r = 0; r < pages.getRowCount(); r++) {
          rows.add(records.read().toString());
        }
      }
    }
    return rows;
  }
}
