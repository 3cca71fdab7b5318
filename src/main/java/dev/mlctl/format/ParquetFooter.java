package dev.mlctl.format;

import dev.mlctl.error.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The end of a Parquet file: its metadata, their length and the magic bytes.
 *
 * @param start where the metadata begin, which is where the data end
 */
record ParquetFooter(FileMetaData metadata, long start) {
  static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  /** The length of the metadata, and the magic bytes. */
  private static final int TAIL = 8;

  /**
   * Reads a footer.
   *
   * @throws Failure of kind INPUT when the file is no Parquet file, or is damaged
   */
  static ParquetFooter read(ByteSource file) throws IOException {
    if (file.size() < MAGIC.length + TAIL) {
      throw notParquet(file);
    }
    try (SeekableByteChannel channel = file.open()) {
      byte[] tail = bytes(channel, file.size() - TAIL, TAIL);
      byte[] magic = Arrays.copyOfRange(tail, 4, TAIL);
      if (Arrays.equals(magic, ENCRYPTED)) {
        throw Damage.unsupported(file.name(), "the file is encrypted");
      }
      if (!Arrays.equals(magic, MAGIC) || !Arrays.equals(bytes(channel, 0, MAGIC.length), MAGIC)) {
        throw notParquet(file);
      }
      int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
      long start = file.size() - TAIL - length;
      if (length <= 0 || start < MAGIC.length) {
        throw Damage.of(file.name(), "its footer cannot be " + length + " bytes long");
      }
      MemoryBudget.ofHeap(file.name()).claim(length * 8L, 0, "the file's footer");
      return new ParquetFooter(parse(file, bytes(channel, start, length)), start);
    }
  }

  private static byte[] bytes(SeekableByteChannel channel, long from, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    new RangeInput(channel, from, from + length, 1).readFully(bytes, 0, length);
    return bytes;
  }

  private static Failure notParquet(ByteSource file) {
    return Damage.unsupported(file.name(), "this is no Parquet file, or only a part of one")
        .hint("a Parquet file begins and ends with the bytes PAR1");
  }

  private static FileMetaData parse(ByteSource file, byte[] bytes) {
    FileMetaData metadata = new FileMetaData();
    try {
      metadata.read(Thrift.reader(new ByteArrayInputStream(bytes), bytes.length));
    } catch (TException | RuntimeException e) { // Thrift's own code fails in many ways
      throw Damage.of(file.name(), "its footer cannot be understood").causedBy(e);
    }
    if (metadata.isSetEncryption_algorithm()) {
      throw Damage.unsupported(file.name(), "the file is encrypted");
    }
    return metadata;
  }

  /** Writes metadata as the end of a file. */
  static void write(FileMetaData metadata, OutputStream out) throws IOException {
    GrowingBytes bytes = new GrowingBytes();
    Util.writeFileMetaData(metadata, bytes.asStream());
    byte[] tail =
        ByteBuffer.allocate(TAIL)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(bytes.size())
            .put(MAGIC)
            .array();
    bytes.writeTo(out);
    out.write(tail);
  }

  /** Where the bytes of a column in a row group begin. */
  static long start(ColumnMetaData chunk) {
    long data = chunk.getData_page_offset();
    long dictionary = chunk.getDictionary_page_offset();
    boolean before = chunk.isSetDictionary_page_offset() && dictionary > 0 && dictionary < data;
    return before ? dictionary : data;
  }

  /** Where the bytes of a row group begin. */
  static long start(RowGroup group) {
    long start = Long.MAX_VALUE;
    for (ColumnChunk chunk : group.getColumns()) {
      start = Math.min(start, start(chunk.getMeta_data()));
    }
    return start;
  }
}
