package dev.mlctl.format;

import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;

/** Writes a Parquet file. */
final class ParquetWriter implements RowWriter {
  private static final String CREATED_BY = "mlctl version 1";

  /** The encodings of version 2 of the format, in pages of version 1, which more readers know. */
  private static final int FORMAT_VERSION = 2;

  /** Row groups stay small enough for some of them to be written side by side. */
  private static final long GROUP_BYTES = 32 << 20;

  private static final long GROUP_ROWS = 1 << 20;
  private static final int PAGE_ROWS = 1 << 14;
  private static final int FEWEST_PAGE_ROWS = 1 << 10;
  private static final int PAGE_VALUES = 1 << 21;

  private final OutputStream out;
  private final List<ParquetChunk> chunks = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private final WrittenRows rows = new WrittenRows();
  private final RowHashes hashes = new RowHashes();
  private long offset;
  private long groupRows;

  ParquetWriter(OutputStream out, List<OutputColumn> columns, ColumnCompression compression) {
    this.out = out;
    int count = Math.max(1, columns.size());
    int pageRows = Math.max(FEWEST_PAGE_ROWS, Math.min(PAGE_ROWS, PAGE_VALUES / count));
    for (OutputColumn column : columns) {
      chunks.add(new ParquetChunk(column, compression, pageRows));
    }
  }

  @Override
  public void write(RowBatch batch, double[][] numbers, int[][] codes) throws IOException {
    rows.of(batch, numbers, codes);
    hashes.start(rows.count());
    long bytes = 0;
    for (ParquetChunk chunk : chunks) {
      chunk.add(rows, hashes);
      bytes += chunk.byteSize();
    }
    hashes.end();
    groupRows += rows.count();
    if (bytes > GROUP_BYTES || groupRows > GROUP_ROWS) {
      endGroup();
    }
  }

  @Override
  public RowDigest digest() {
    return hashes.digest();
  }

  private void endGroup() throws IOException {
    if (offset == 0) {
      out.write(ParquetFooter.MAGIC);
      offset = ParquetFooter.MAGIC.length;
    }
    if (groupRows == 0) {
      return;
    }
    long start = offset;
    long uncompressed = 0;
    List<ColumnChunk> written = new ArrayList<>();
    for (ParquetChunk chunk : chunks) {
      ColumnChunk finished = chunk.finish(offset, out);
      offset += finished.getMeta_data().getTotal_compressed_size();
      uncompressed += finished.getMeta_data().getTotal_uncompressed_size();
      written.add(finished);
    }
    groups.add(
        new RowGroup(written, uncompressed, groupRows)
            .setFile_offset(start)
            .setTotal_compressed_size(offset - start));
    groupRows = 0;
  }

  @Override
  public void finish() throws IOException {
    endGroup();
    List<SchemaElement> schema = new ArrayList<>();
    schema.add(new SchemaElement("schema").setNum_children(chunks.size()));
    List<ColumnOrder> orders = new ArrayList<>();
    for (ParquetChunk chunk : chunks) {
      schema.add(chunk.element());
      orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    long total = groups.stream().mapToLong(RowGroup::getNum_rows).sum();
    FileMetaData metadata = new FileMetaData(FORMAT_VERSION, schema, total, groups);
    metadata.setCreated_by(CREATED_BY);
    metadata.setColumn_orders(orders);
    ParquetFooter.write(metadata, out);
  }
}
