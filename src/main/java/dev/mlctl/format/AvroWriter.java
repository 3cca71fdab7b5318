package dev.mlctl.format;

import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import dev.mlctl.data.RowDigester;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.Schema;

/** Writes an Avro file. */
final class AvroWriter implements RowWriter {
  private static final int BLOCK_BYTES = 1 << 16;

  private final OutputStream out;
  private final ColumnCompression compression;
  private final byte[] header;
  private final List<AvroEncoder> encoders = new ArrayList<>();
  private final WrittenRows rows = new WrittenRows();
  private final RowDigester digester = new RowDigester();
  private final GrowingBytes block = new GrowingBytes();
  private final GrowingBytes packed = new GrowingBytes();
  private final GrowingBytes head = new GrowingBytes();
  private boolean started;
  private long blockRows;

  /**
   * A writer.
   *
   * @throws Failure of kind USAGE when a column's name cannot be one in Avro
   */
  AvroWriter(OutputStream out, List<OutputColumn> columns, ColumnCompression compression) {
    this.out = out;
    this.compression = compression;
    requireNames(columns);
    List<Schema.Field> fields = new ArrayList<>();
    for (OutputColumn column : columns) {
      Schema schema = AvroTypes.schema(column.column());
      fields.add(new Schema.Field(column.column().name(), schema));
      encoders.add(AvroEncoder.of(column, schema));
    }
    Schema schema = Schema.createRecord("mlctl_row", null, null, false, fields);
    this.header = AvroHeader.bytes(schema, codec(compression));
  }

  /**
   * Checks that columns can have their names in Avro: letters, digits and underscores.
   *
   * @throws Failure of kind USAGE naming every one that cannot
   */
  static void requireNames(List<OutputColumn> columns) {
    List<Problem> problems =
        columns.stream()
            .map(column -> column.column().name())
            .filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))
            .map(name -> Problem.of("\"" + name + "\" cannot be the name of a column in Avro"))
            .toList();
    if (!problems.isEmpty()) {
      List<Problem> all = new ArrayList<>(problems);
      int last = all.size() - 1;
      all.set(
          last,
          all.get(last)
              .hint(
                  "Avro's names are letters, digits and underscores: pass other columns on, or "
                      + "write another format"));
      throw new Failure(FailureKind.USAGE, all, null);
    }
  }

  private static String codec(ColumnCompression compression) {
    return switch (compression) {
      case NONE -> "null";
      case SNAPPY -> "snappy";
      case ZSTD -> "zstandard";
      case GZIP -> "deflate";
    };
  }

  @Override
  public void write(RowBatch batch, double[][] numbers, int[][] codes) throws IOException {
    rows.of(batch, numbers, codes);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.rows()[i];
      int start = block.size();
      for (int c = 0; c < encoders.size(); c++) {
        encoders.get(c).put(rows, row, block);
      }
      digester.add(block.array(), start, block.size());
      blockRows++;
      if (block.size() >= BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  /** {@inheritDoc} A row is hashed as Avro's binary encoding of it. */
  @Override
  public RowDigest digest() {
    return digester.digest();
  }

  private void start() throws IOException {
    if (!started) {
      out.write(header);
      started = true;
    }
  }

  private void endBlock() throws IOException {
    start();
    packed.clear();
    compress();
    head.clear();
    head.putSigned(blockRows);
    head.putSigned(packed.size());
    head.writeTo(out);
    packed.writeTo(out);
    out.write(header, header.length - AvroHeader.SYNC_BYTES, AvroHeader.SYNC_BYTES);
    block.clear();
    blockRows = 0;
  }

  private void compress() throws IOException {
    switch (compression) {
      case NONE, ZSTD -> Codecs.compress(compression, block, packed);
      case SNAPPY -> {
        Codecs.compress(compression, block, packed);
        CRC32 crc = new CRC32();
        crc.update(block.array(), 0, block.size());
        packed.putLittleEndian(Integer.reverseBytes((int) crc.getValue()), 4);
      }
      case GZIP -> {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (OutputStream deflated = new DeflaterOutputStream(packed.asStream(), deflater)) {
          block.writeTo(deflated);
        } finally {
          deflater.end();
        }
      }
    }
  }

  @Override
  public void finish() throws IOException {
    start();
    if (blockRows > 0) {
      endBlock();
    }
  }

  /** Makes one file of several that were written with the same columns and compression. */
  static void join(List<ByteSource> parts, OutputStream out) throws IOException {
    byte[] first = null;
    for (ByteSource part : parts) {
      AvroHeader header = AvroHeader.read(part);
      if (first == null) {
        ParquetJoin.copy(part, 0, part.size(), out);
        first = header.sync();
      } else if (Arrays.equals(first, header.sync())) {
        ParquetJoin.copy(part, header.end(), part.size(), out);
      } else {
        throw new IllegalArgumentException(part.name() + " has other columns than the first part");
      }
    }
    if (first == null) {
      throw new IllegalArgumentException("there are no parts to join");
    }
  }
}
