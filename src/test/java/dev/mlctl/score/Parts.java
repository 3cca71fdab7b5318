package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvHeader;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.RecordBounds;
import dev.mlctl.data.RowDigest;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.Streams;
import dev.mlctl.data.Streams.Row;
import dev.mlctl.data.TextRange;
import dev.mlctl.data.TextReader;
import dev.mlctl.error.Failure;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a file in parts as a run of score does, but nothing else: each part from where its first
 * record seems to start, checked and read again by the chain.
 */
final class Parts {
  private static final RunProfile NOTHING = RunProfile.of(Bundles.linear(1).baseline().emptied());

  private final byte[] bytes;
  private final CsvOptions csv;
  private final List<String> wanted;
  private final InputFile file;
  private final RecordBounds bounds;

  /** How many parts were read again since they had been started at a wrong place. */
  int repaired;

  /**
   * A file.
   *
   * @param csv null for JSON lines
   * @param wanted the columns to read; null for all of a CSV file
   */
  Parts(byte[] bytes, CsvOptions csv, List<String> wanted, String name) {
    this.bytes = bytes;
    this.csv = csv;
    CsvHeader header =
        csv == null ? new CsvHeader(wanted, 0, 0) : CsvHeader.parse(bytes, true, csv, name);
    this.wanted = wanted == null ? header.names() : wanted;
    this.file = InputFile.text(name, name, header, bytes.length, Compression.NONE);
    this.bounds = csv == null ? RecordBounds.lines() : RecordBounds.csv(csv, header.names().size());
  }

  /** All rows in order, read in parts of a size. */
  List<Row> read(long rangeBytes) throws IOException {
    PartChain chain = new PartChain(List.of(file));
    List<Row> all = new ArrayList<>();
    for (WorkUnit unit : InputPlan.of(List.of(file), rangeBytes).units()) {
      List<Row> rows = new ArrayList<>();
      PartResult result = tried(unit, start(unit), rows);
      if (!chain.fits(result)) {
        repaired++;
        rows.clear();
        result = tried(unit, chain.startOf(unit), rows);
        if (!result.isReadable()) {
          read(unit, chain.startOf(unit), chain.linesBefore(unit), rows);
          throw new AssertionError("read on second thoughts");
        }
      }
      long before = chain.linesBefore(unit);
      rows.forEach(r -> all.add(new Row(r.line() + before, r.fields(), r.reason())));
      chain.add(result);
    }
    return all;
  }

  private long start(WorkUnit unit) throws IOException {
    return unit.start() == file.dataStart()
        ? unit.start()
        : bounds.firstStart(new Memory(bytes), unit.start());
  }

  private PartResult tried(WorkUnit unit, long start, List<Row> rows) throws IOException {
    try {
      return read(unit, start, 0, rows);
    } catch (Failure e) {
      return PartResult.unreadable(unit, start);
    }
  }

  private PartResult read(WorkUnit unit, long start, long linesBefore, List<Row> rows)
      throws IOException {
    TextRange range = new TextRange(start, Math.max(start, unit.end()), linesBefore + 1);
    TextReader reader = open(range);
    rows.addAll(Streams.rows(reader));
    long lines = reader.nextLine() - range.firstLine();
    long rejected = rows.stream().filter(row -> !row.reason().isEmpty()).count();
    Tally tally =
        new Tally(
            rows.size(),
            rows.size() - rejected,
            rejected,
            RowDigest.NONE,
            Map.of(),
            List.of(),
            NOTHING);
    return new PartResult(unit, start, reader.nextRecord(), lines, "", 0, 0, 0, "", tally);
  }

  private TextReader open(TextRange range) throws IOException {
    ChannelStream in = new ChannelStream(new Memory(bytes), range.start());
    return csv == null
        ? JsonLinesReader.of(in, file.name(), wanted, range)
        : CsvReader.part(in, csv, file.name(), file.columns(), wanted, range);
  }

  /** Bytes as a file. */
  private static final class Memory implements SeekableByteChannel {
    private final byte[] bytes;
    private int position;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) {
      int length = Math.min(into.remaining(), bytes.length - position);
      if (length <= 0) {
        return into.hasRemaining() ? -1 : 0;
      }
      into.put(bytes, position, length);
      position += length;
      return length;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = (int) newPosition;
      return this;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }
  }
}
