package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An Avro file whose header was read. A block belongs to the range that holds the first byte of the
 * marker before it.
 */
final class AvroFile implements ColumnFile {
  private final ByteSource file;
  private final AvroHeader header;
  private final List<FileColumn> columns;

  private AvroFile(ByteSource file, AvroHeader header) {
    this.file = file;
    this.header = header;
    this.columns = header.schema().getFields().stream().map(AvroTypes::column).toList();
  }

  /**
   * Reads a file's header.
   *
   * @throws dev.mlctl.error.Failure of kind INPUT when the file is no Avro file, or is damaged
   */
  static AvroFile open(ByteSource file) throws IOException {
    return new AvroFile(file, AvroHeader.read(file));
  }

  @Override
  public List<FileColumn> columns() {
    return columns;
  }

  /**
   * Its blocks, found by going from one to the next. A section starts with the marker before it.
   */
  @Override
  public List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    try (SeekableByteChannel channel = file.open()) {
      AvroBlocks blocks =
          new AvroBlocks(
              file, header, channel, 0, Long.MAX_VALUE, MemoryBudget.ofHeap(file.name()));
      long row = 1;
      while (blocks.hasNext()) {
        long start = blocks.position() - AvroHeader.SYNC_BYTES;
        long rows = blocks.readHead();
        blocks.skipBody();
        sections.add(new Section(start, blocks.position() - AvroHeader.SYNC_BYTES, row, rows));
        row += rows;
      }
    } catch (EOFException e) {
      throw Damage.of(file.name(), "it ends early").causedBy(e);
    }
    return sections;
  }

  @Override
  public BatchReader read(List<String> wanted, long start, long end, long firstRow)
      throws IOException {
    int[] chosen = FileColumns.find(wanted, columns, file.name());
    return new AvroReader(file, header, columns, chosen, start, end, firstRow);
  }
}
