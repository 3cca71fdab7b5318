package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.RowBatch;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.RowGroup;

/** Reads columns of some row groups. */
final class ParquetReader implements BatchReader {
  private static final int MAX_ROWS = 4096;
  private static final int MAX_FIELDS = 1 << 19;
  private static final int ALL_WINDOWS = 16 << 20;
  private static final int SMALLEST_WINDOW = 1 << 14;
  private static final int LARGEST_WINDOW = 1 << 20;

  private final ByteSource file;
  private final List<ParquetFile.Column> wanted;
  private final List<RowGroup> groups;
  private final SeekableByteChannel channel;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private final RowBatch batch;
  private final int window;
  private int group;
  private long groupLeft;
  private long row;

  /**
   * A reader.
   *
   * @param groups in file order, none of them without rows
   * @param firstRow the number of the first row, from 1
   */
  ParquetReader(
      ByteSource file, List<ParquetFile.Column> wanted, List<RowGroup> groups, long firstRow)
      throws IOException {
    this.file = file;
    this.wanted = wanted;
    this.groups = groups;
    this.row = firstRow;
    int count = Math.max(1, wanted.size());
    this.window = Math.max(SMALLEST_WINDOW, Math.min(LARGEST_WINDOW, ALL_WINDOWS / count));
    this.batch =
        RowBatch.typed(
            file.name(),
            wanted.stream().map(c -> c.column().name()).toList(),
            wanted.stream().map(c -> c.column().type()).toList(),
            Math.max(1, Math.min(MAX_ROWS, MAX_FIELDS / count)));
    MemoryBudget budget = MemoryBudget.ofHeap(file.name());
    budget.claim((long) window * count, 0, "reading ahead");
    this.channel = file.open();
    for (ParquetFile.Column column : wanted) {
      columns.add(column(column, budget));
    }
  }

  private ParquetColumn column(ParquetFile.Column wanted, MemoryBudget budget) {
    FileColumn column = wanted.column();
    ParquetPages pages =
        new ParquetPages(file.name(), channel, budget, column.name(), column.nullable());
    Holding holding = column.type().holding();
    return holding == Holding.LONGS || holding == Holding.DOUBLES
        ? new NumberColumn(
            pages, column.nullable(), new NumberDecoder(wanted.element().getType(), column.type()))
        : new SliceColumn(pages, wanted, budget, batch.capacity());
  }

  @Override
  public RowBatch next() throws IOException {
    try {
      return fill();
    } catch (EOFException e) {
      throw Damage.of(file.name(), "it ends early").causedBy(e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw Damage.of(file.name(), "its values cannot be decoded").causedBy(e);
    }
  }

  private RowBatch fill() throws IOException {
    if (groupLeft == 0 && !nextGroup()) {
      return null;
    }
    int rows = (int) Math.min(groupLeft, batch.capacity());
    for (ParquetColumn column : columns) {
      rows = Math.min(rows, column.prepare(rows));
    }
    batch.begin(row, rows);
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).take(batch, c, rows);
    }
    row += rows;
    groupLeft -= rows;
    return batch;
  }

  private boolean nextGroup() throws IOException {
    if (group > 0) {
      for (ParquetColumn column : columns) {
        column.finish();
      }
    }
    if (group == groups.size()) {
      return false;
    }
    RowGroup next = groups.get(group++);
    for (int c = 0; c < columns.size(); c++) {
      int leaf = wanted.get(c).leaf();
      columns.get(c).open(next.getColumns().get(leaf).getMeta_data(), window);
    }
    groupLeft = next.getNum_rows();
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
