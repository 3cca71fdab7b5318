package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import dev.mlctl.error.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * A Parquet file whose footer was read and checked. A row group belongs to the range that holds its
 * first byte.
 */
final class ParquetFile implements ColumnFile {
  /**
   * A column at the top of the schema.
   *
   * @param leaf its place among the leaves of the schema, by which row groups list their chunks; of
   *     a column of several leaves the first
   * @param element null when it cannot be read
   */
  record Column(FileColumn column, int leaf, SchemaElement element) {}

  private final ByteSource file;
  private final List<Column> columns = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private int leaves;

  private ParquetFile(ByteSource file) {
    this.file = file;
  }

  /**
   * Reads a file's footer.
   *
   * @throws Failure of kind INPUT when the file is no Parquet file, or is damaged
   */
  static ParquetFile open(ByteSource file) throws IOException {
    ParquetFooter footer = ParquetFooter.read(file);
    ParquetFile opened = new ParquetFile(file);
    opened.readSchema(footer.metadata().getSchema());
    opened.readGroups(footer.metadata(), footer.start());
    return opened;
  }

  private void readSchema(List<SchemaElement> schema) {
    int next = 1;
    int fields = schema.isEmpty() ? 0 : schema.get(0).getNum_children();
    for (int f = 0; f < fields; f++) {
      if (next >= schema.size()) {
        throw Damage.of(file.name(), "its schema ends early");
      }
      SchemaElement element = schema.get(next);
      int leaf = leaves;
      next = pass(schema, next);
      columns.add(
          element.isSetType()
              ? new Column(ParquetTypes.column(element), leaf, element)
              : new Column(ParquetTypes.group(element), leaf, null));
    }
  }

  /** Passes over an element with all below it, counting leaves; returns the next one's index. */
  private int pass(List<SchemaElement> schema, int from) {
    long open = 1;
    int next = from;
    while (open > 0) {
      if (next >= schema.size()) {
        throw Damage.of(file.name(), "its schema ends early");
      }
      SchemaElement element = schema.get(next++);
      open--;
      if (element.isSetType()) {
        leaves++;
      } else if (element.getNum_children() > 0) {
        open += element.getNum_children();
      }
    }
    return next;
  }

  private void readGroups(FileMetaData metadata, long end) {
    long firstRow = 1;
    long last = 0;
    for (RowGroup group : metadata.getRow_groups()) {
      if (group.getNum_rows() == 0) {
        continue;
      }
      long start = check(group, end);
      if (start < last) {
        throw Damage.of(file.name(), "its row groups are not in order");
      }
      if (!groups.isEmpty()) {
        sections.add(section(start, firstRow));
      }
      firstRow += group.getNum_rows();
      groups.add(group);
      last = start;
    }
    if (!groups.isEmpty()) {
      sections.add(section(end, firstRow));
    }
    if (firstRow - 1 != metadata.getNum_rows()) {
      throw Damage.of(file.name(), "its row groups do not have the rows that its footer tells");
    }
  }

  private Section section(long end, long nextRow) {
    RowGroup group = groups.get(groups.size() - 1);
    long rows = group.getNum_rows();
    return new Section(ParquetFooter.start(group), end, nextRow - rows, rows);
  }

  /** Checks that a row group lies in the file; returns its first byte. */
  private long check(RowGroup group, long end) {
    if (group.getNum_rows() < 0 || group.getColumnsSize() != leaves) {
      throw Damage.of(file.name(), "a row group has not the columns or rows it must have");
    }
    for (ColumnChunk chunk : group.getColumns()) {
      ColumnMetaData metadata = chunk.getMeta_data();
      if (metadata == null || chunk.isSetFile_path()) {
        throw Damage.unsupported(file.name(), "the columns of a row group lie in other files");
      }
      long start = ParquetFooter.start(metadata);
      long size = metadata.getTotal_compressed_size();
      if (start < ParquetFooter.MAGIC.length || size < 0 || size > end - start) {
        throw Damage.of(file.name(), "a row group lies outside the file");
      }
    }
    return ParquetFooter.start(group);
  }

  @Override
  public List<FileColumn> columns() {
    return columns.stream().map(Column::column).toList();
  }

  @Override
  public List<Section> sections() {
    return List.copyOf(sections);
  }

  @Override
  public BatchReader read(List<String> wanted, long start, long end, long firstRow)
      throws IOException {
    List<Column> chosen = new ArrayList<>();
    for (int column : FileColumns.find(wanted, columns(), file.name())) {
      chosen.add(columns.get(column));
    }
    List<RowGroup> inRange = new ArrayList<>();
    long row = 1;
    for (int g = 0; g < groups.size(); g++) {
      Section section = sections.get(g);
      if (section.start() >= start && section.start() < end) {
        row = inRange.isEmpty() ? section.firstRow() : row;
        inRange.add(groups.get(g));
      }
    }
    return new ParquetReader(file, chosen, inRange, row);
  }
}
