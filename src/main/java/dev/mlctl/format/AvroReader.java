package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.Utf8;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.avro.Schema;

/** Reads columns of the blocks in a range. What a batch has as slices points into the blocks. */
final class AvroReader implements BatchReader {
  private static final int MAX_ROWS = 4096;
  private static final int MAX_FIELDS = 1 << 19;
  private static final int MAX_VALUE_BYTES = 16 << 20;

  /** Blocks are read together until they have so many bytes, so that batches are not too small. */
  private static final int ENOUGH_BYTES = 1 << 19;

  /** A block in memory that is not decoded yet. */
  private record Waiting(long rows, int start, int end) {}

  private final ByteSource file;
  private final SeekableByteChannel channel;
  private final AvroBlocks blocks;
  private final List<AvroField> fields = new ArrayList<>();
  private final RowBatch batch;
  private final GrowingBytes bytes = new GrowingBytes();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final AvroCursor cursor = new AvroCursor();
  private long blockLeft;
  private long row;

  AvroReader(
      ByteSource file,
      AvroHeader header,
      List<FileColumn> columns,
      int[] chosen,
      long start,
      long end,
      long firstRow)
      throws IOException {
    this.file = file;
    this.row = firstRow;
    List<String> names = new ArrayList<>();
    List<ColumnType> types = new ArrayList<>();
    int[] places = new int[columns.size()];
    for (int c = 0; c < chosen.length; c++) {
      names.add(columns.get(chosen[c]).name());
      types.add(columns.get(chosen[c]).type());
      places[chosen[c]] = c + 1;
    }
    List<Schema.Field> all = header.schema().getFields();
    for (int f = 0; f < places.length; f++) {
      fields.add(new AvroField(all.get(f).schema(), places[f] - 1));
    }
    int capacity = Math.max(1, Math.min(MAX_ROWS, MAX_FIELDS / Math.max(1, chosen.length)));
    this.batch = RowBatch.typed(file.name(), names, types, capacity);
    this.channel = file.open();
    MemoryBudget budget = MemoryBudget.ofHeap(file.name());
    this.blocks = new AvroBlocks(file, header, channel, start, end, budget);
  }

  @Override
  public RowBatch next() throws IOException {
    try {
      if (!fill()) {
        return null;
      }
      return decode();
    } catch (EOFException e) {
      throw Damage.of(file.name(), "it ends early").causedBy(e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw Damage.of(file.name(), "its rows cannot be decoded").causedBy(e);
    }
  }

  /** Reads blocks, once those before are decoded. */
  private boolean fill() throws IOException {
    if (blockLeft > 0 || !waiting.isEmpty()) {
      return true;
    }
    bytes.clear();
    while (bytes.size() < ENOUGH_BYTES && blocks.hasNext()) {
      long rows = blocks.readHead();
      int start = bytes.size();
      blocks.readBody(bytes);
      if (rows > 0) {
        waiting.add(new Waiting(rows, start, bytes.size()));
      }
    }
    return !waiting.isEmpty();
  }

  private RowBatch decode() {
    int rows = 0;
    batch.begin(row, 0);
    setBytes();
    while (rows < batch.capacity() && (blockLeft > 0 || !waiting.isEmpty())) {
      if (blockLeft == 0) {
        Waiting next = waiting.remove();
        blockLeft = next.rows();
        cursor.reset(bytes.array(), next.start(), next.end());
      }
      int count = (int) Math.min(blockLeft, batch.capacity() - rows);
      for (int i = 0; i < count; i++) {
        decodeRow(rows++);
      }
      blockLeft -= count;
      if (blockLeft == 0 && !cursor.isAtEnd()) {
        throw new IllegalArgumentException("a block has more bytes than its rows");
      }
    }
    batch.begin(row, rows);
    rejectInvalid(rows);
    row += rows;
    return batch;
  }

  private void setBytes() {
    for (AvroField field : fields) {
      if (field.column() >= 0 && batch.starts(field.column()) != null) {
        boolean isEnum = field.kind() == AvroField.Kind.ENUM;
        batch.bytes(field.column(), isEnum ? field.symbols() : bytes.array());
      }
    }
  }

  private void decodeRow(int r) {
    for (int f = 0; f < fields.size(); f++) {
      AvroField field = fields.get(f);
      if (field.kind() == AvroField.Kind.SKIPPED) {
        field.skip(cursor);
        continue;
      }
      boolean isNull = field.readNull(cursor);
      batch.nulls(field.column())[r] = isNull;
      if (isNull) {
        putNothing(field.column(), r);
      } else {
        decodeValue(field, r);
      }
    }
  }

  private void putNothing(int column, int r) {
    switch (batch.type(column).holding()) {
      case LONGS -> batch.longs(column)[r] = 0;
      case DOUBLES -> batch.doubles(column)[r] = 0;
      case RAW, UTF8, BYTES -> putSlice(column, r, 0, 0);
    }
  }

  private void putSlice(int column, int r, int start, int end) {
    batch.starts(column)[r] = start;
    batch.ends(column)[r] = end;
  }

  private void decodeValue(AvroField field, int r) {
    int column = field.column();
    switch (field.kind()) {
      case BOOLEAN -> batch.longs(column)[r] = cursor.bytes()[cursor.skip(1)] & 1;
      case WHOLE -> batch.longs(column)[r] = cursor.readLong();
      case FLOAT ->
          batch.doubles(column)[r] = LittleEndian.getFloat(cursor.bytes(), cursor.skip(4));
      case DOUBLE ->
          batch.doubles(column)[r] = LittleEndian.getDouble(cursor.bytes(), cursor.skip(8));
      case BYTES -> {
        int start = cursor.skipBytes();
        putSlice(column, r, start, cursor.position());
      }
      case FIXED -> {
        int start = cursor.skip(field.size());
        putSlice(column, r, start, cursor.position());
      }
      case ENUM -> {
        int symbol = Math.toIntExact(cursor.readLong());
        putSlice(column, r, field.symbolStart(symbol), field.symbolEnd(symbol));
      }
      case NOTHING, SKIPPED -> throw new IllegalStateException("no value of " + field.kind());
    }
  }

  private void rejectInvalid(int rows) {
    for (AvroField field : fields) {
      if (field.kind() == AvroField.Kind.BYTES) {
        int column = field.column();
        boolean text = batch.type(column).meaning() == Meaning.STRING;
        for (int r = 0; r < rows; r++) {
          check(column, r, text);
        }
      }
    }
  }

  private void check(int column, int r, boolean text) {
    int start = batch.starts(column)[r];
    int end = batch.ends(column)[r];
    if (end - start > MAX_VALUE_BYTES) {
      throw Damage.unsupported(
          file.name() + ":" + batch.line(r),
          "a value of column \"" + batch.name(column) + "\" is longer than 16 MiB");
    }
    if (text && !Utf8.isValid(batch.bytes(column), start, end)) {
      batch.reject(r, batch.name(column) + ": invalid UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
