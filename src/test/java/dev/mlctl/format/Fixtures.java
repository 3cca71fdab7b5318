package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextRange;
import dev.mlctl.data.ValueText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files beside {@code make_fixtures.py}, and rows of any file as plain values. */
final class Fixtures {
  private Fixtures() {}

  static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static ByteSource source(String name) throws IOException {
    return ByteSource.of(path(name), name);
  }

  /** A file in memory. */
  static ByteSource source(String name, byte[] bytes) {
    return new ByteSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public SeekableByteChannel open() {
        return new BytesChannel(bytes);
      }
    };
  }

  /** The rows that a file of expected texts holds: for each column text or null. */
  static List<Map<String, String>> expected(String name) throws IOException {
    List<String> names;
    try (InputStream in = Files.newInputStream(path(name))) {
      names = JsonLinesReader.members(in);
    }
    return rows(
        JsonLinesReader.of(Files.newInputStream(path(name)), name, names, TextRange.ALL),
        names,
        null);
  }

  /** All rows of a reader; numbers of rows are put into {@code lines} unless that is null. */
  static List<Map<String, String>> rows(BatchReader reader, List<String> names, List<Long> lines)
      throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (reader) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int r = 0; r < batch.rows(); r++) {
          rows.add(row(batch, names, r));
          if (lines != null) {
            lines.add(batch.line(r));
          }
        }
      }
    }
    return rows;
  }

  private static Map<String, String> row(RowBatch batch, List<String> names, int r) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      boolean isNull =
          batch.nulls(c) == null ? batch.starts(c)[r] == batch.ends(c)[r] : batch.nulls(c)[r];
      String text = batch.nulls(c) == null ? batch.text(c, r) : ValueText.of(batch, c, r);
      row.put(names.get(c), isNull ? null : text);
    }
    return row;
  }

  static List<String> names(ColumnFile file) {
    return file.columns().stream()
        .filter(column -> column.fault().isEmpty())
        .map(FileColumn::name)
        .toList();
  }

  /** A read-only channel over bytes. */
  private static final class BytesChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private long position;

    BytesChannel(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) {
      int count = (int) Math.min(into.remaining(), bytes.length - position);
      if (count <= 0) {
        return -1;
      }
      into.put(bytes, (int) position, count);
      position += count;
      return count;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
      position = to;
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
