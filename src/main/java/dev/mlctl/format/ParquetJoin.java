package dev.mlctl.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Makes one Parquet file of several that {@link ParquetWriter} wrote with the same columns: their
 * row groups one after another, and one footer.
 */
final class ParquetJoin {
  private static final int BUFFER_BYTES = 1 << 20;

  private ParquetJoin() {}

  static void join(List<ByteSource> parts, OutputStream out) throws IOException {
    out.write(ParquetFooter.MAGIC);
    long offset = ParquetFooter.MAGIC.length;
    FileMetaData joined = null;
    List<RowGroup> groups = new ArrayList<>();
    for (ByteSource part : parts) {
      ParquetFooter footer = ParquetFooter.read(part);
      FileMetaData metadata = footer.metadata();
      if (joined != null && !joined.getSchema().equals(metadata.getSchema())) {
        throw new IllegalArgumentException(part.name() + " has other columns than the first part");
      }
      joined = joined == null ? metadata : joined;
      for (RowGroup group : metadata.getRow_groups()) {
        groups.add(moved(group, offset - ParquetFooter.MAGIC.length));
      }
      offset += copy(part, ParquetFooter.MAGIC.length, footer.start(), out);
    }
    if (joined == null) {
      throw new IllegalArgumentException("there are no parts to join");
    }
    joined.setRow_groups(groups);
    joined.setNum_rows(groups.stream().mapToLong(RowGroup::getNum_rows).sum());
    ParquetFooter.write(joined, out);
  }

  private static RowGroup moved(RowGroup group, long by) {
    group.setFile_offset(group.getFile_offset() + by);
    for (ColumnChunk chunk : group.getColumns()) {
      ColumnMetaData metadata = chunk.getMeta_data();
      metadata.setData_page_offset(metadata.getData_page_offset() + by);
      if (metadata.isSetDictionary_page_offset()) {
        metadata.setDictionary_page_offset(metadata.getDictionary_page_offset() + by);
      }
    }
    return group;
  }

  /** Copies a range of a file; returns its length. */
  static long copy(ByteSource file, long from, long end, OutputStream out) throws IOException {
    try (SeekableByteChannel channel = file.open();
        RangeInput in = new RangeInput(channel, from, end, BUFFER_BYTES)) {
      long copied = in.transferTo(out);
      if (copied != end - from) {
        throw new IOException(file.name() + " has become shorter");
      }
      return copied;
    }
  }
}
