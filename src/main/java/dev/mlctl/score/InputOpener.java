package dev.mlctl.score;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvHeader;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextRange;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.format.ColumnFile;
import dev.mlctl.format.ColumnFormat;
import dev.mlctl.format.FileColumn;
import dev.mlctl.format.Section;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the beginning of every input file: how it is compressed, and which columns it has. */
final class InputOpener {
  private static final int HEADER_CHUNK = 1 << 16;
  private static final int MAX_HEADER_BYTES = 16 << 20;

  private final ScoreSource source;
  private final List<String> features;

  /**
   * An opener.
   *
   * @param features the columns a model needs
   */
  InputOpener(ScoreSource source, List<String> features) {
    this.source = source;
    this.features = features;
  }

  /**
   * Looks at a file.
   *
   * @param path where it is
   * @param name what messages call it
   * @throws Failure of kind INPUT when it cannot be used at all
   */
  InputFile open(String path, String name, long size) {
    try {
      Optional<ColumnFormat> columns = source.format().columns();
      if (columns.isPresent()) {
        return columnFile(columns.get(), path, name, size);
      }
      Compression compression = Compression.startingWith(firstBytes(path, Compression.NONE, 2));
      CsvHeader header =
          source.format() == RowFormat.CSV
              ? csvHeader(path, name, compression)
              : jsonHeader(path, name, compression);
      return InputFile.text(path, name, header, size, compression);
    } catch (IOException e) {
      throw IoFailure.reading(name, e);
    }
  }

  private InputFile columnFile(ColumnFormat format, String path, String name, long size)
      throws IOException {
    ColumnFile file = format.open(new StoredBytes(path, name, size));
    List<String> names = file.columns().stream().map(FileColumn::name).toList();
    CsvHeader.requireColumns(names, features, name);
    List<Section> sections = file.sections();
    long start = sections.isEmpty() ? 0 : sections.get(0).start();
    return new InputFile(
        path, name, names, size, start, 0, Compression.NONE, file.columns(), sections);
  }

  private CsvHeader csvHeader(String path, String name, Compression compression)
      throws IOException {
    for (int wanted = HEADER_CHUNK; wanted <= MAX_HEADER_BYTES; wanted *= 4) {
      byte[] first = firstBytes(path, compression, wanted);
      CsvHeader header = CsvHeader.parse(first, first.length < wanted, source.csvOptions(), name);
      if (header != null) {
        CsvHeader.requireColumns(header.names(), features, name);
        return header;
      }
    }
    throw Failure.of(FailureKind.INPUT, "the header is longer than 16 MiB")
        .at(name + ":1")
        .hint("look for a quote that is never closed, or a file that is not text");
  }

  private static byte[] firstBytes(String path, Compression compression, int count)
      throws IOException {
    try (InputStream in = stream(path, compression)) {
      return in.readNBytes(count);
    }
  }

  private static InputStream stream(String path, Compression compression) throws IOException {
    return compression.decompress(new ChannelStream(Storage.of(path).read(path), 0));
  }

  /**
   * The members of the first object. An absent member is a missing value, so one object may lack a
   * feature; but when all of the first thousands lack it, its name is wrong.
   */
  private CsvHeader jsonHeader(String path, String name, Compression compression)
      throws IOException {
    List<String> members;
    try (InputStream in = stream(path, compression)) {
      members = JsonLinesReader.members(in);
    }
    try (BatchReader reader =
        JsonLinesReader.of(stream(path, compression), name, features, TextRange.ALL)) {
      RowBatch batch = reader.next();
      if (batch != null) {
        requireMembers(batch, name, members);
      }
    }
    return new CsvHeader(members, 0, 0);
  }

  private void requireMembers(RowBatch batch, String name, List<String> members) {
    Set<Integer> seen = new HashSet<>();
    boolean anyRow = false;
    for (int r = 0; r < batch.rows(); r++) {
      anyRow |= !batch.isRejected(r);
      for (int f = 0; f < features.size() && !batch.isRejected(r); f++) {
        if (batch.starts(f)[r] != batch.recordStart(r)) {
          seen.add(f);
        }
      }
    }
    List<Problem> problems = new ArrayList<>();
    for (int f = 0; f < features.size() && anyRow; f++) {
      if (!seen.contains(f)) {
        problems.add(
            Problem.of("column \"" + features.get(f) + "\" is missing")
                .at(name + ":1")
                .hint("the columns are: " + String.join(", ", members)));
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
  }
}
