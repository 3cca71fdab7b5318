package dev.mlctl.score;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.CsvHeader;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextFormat;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The input's files and how they are cut into parts.
 *
 * @param files in the order they are scored
 * @param units in input order, at least one per file
 * @param bytes of all files
 */
record InputPlan(List<InputFile> files, List<WorkUnit> units, long bytes) {
  /** Enough to keep the cost of starting a part below a hundredth of scoring it. */
  static final long RANGE_BYTES = 4 << 20;

  /** However large the input, about this many parts at the most. */
  private static final long MANY_PARTS = 4096;

  private static final int HEADER_CHUNK = 1 << 16;
  private static final int MAX_HEADER_BYTES = 16 << 20;

  InputPlan {
    files = List.copyOf(files);
    units = List.copyOf(units);
  }

  /**
   * A file to plan.
   *
   * @param path a regular file
   * @param name what messages call it
   */
  record Opened(Path path, String name) {}

  /**
   * Looks at every header and cuts every file.
   *
   * @param features the columns a model needs
   * @param rangeBytes how long a part shall be; 0 to choose by the input's size
   * @throws Failure of kind INPUT when a file cannot be used at all
   */
  static InputPlan of(
      List<Opened> opened, ScoreSource source, List<String> features, long rangeBytes) {
    List<InputFile> files = new ArrayList<>();
    List<WorkUnit> units = new ArrayList<>();
    try {
      long bytes = 0;
      for (Opened file : opened) {
        bytes += Files.size(file.path());
      }
      long range = rangeBytes > 0 ? rangeBytes : Math.max(RANGE_BYTES, bytes / MANY_PARTS);
      for (Opened file : opened) {
        plan(file, source, features, range, files, units);
      }
      return new InputPlan(files, units, bytes);
    } catch (IOException e) {
      throw IoFailure.reading(opened.get(Math.min(files.size(), opened.size() - 1)).name(), e);
    }
  }

  private static void plan(
      Opened file,
      ScoreSource source,
      List<String> features,
      long range,
      List<InputFile> files,
      List<WorkUnit> units)
      throws IOException {
    boolean csv = source.format() == TextFormat.CSV;
    CsvHeader header = csv ? header(file, source) : jsonHeader(file, features);
    if (csv) {
      CsvHeader.requireColumns(header.names(), features, file.name());
    }
    int index = files.size();
    int before = units.size();
    try (FileChannel channel = FileChannel.open(file.path())) {
      RangeScanner scanner =
          new RangeScanner(
              file.name(),
              csv,
              (byte) source.delimiter(),
              range,
              (start, end, line) -> units.add(new WorkUnit(units.size(), index, start, end, line)));
      long firstLine = header.lines() + 1L;
      scanner.scan(channel, header.bytes(), firstLine);
      if (units.size() == before) {
        units.add(new WorkUnit(before, index, header.bytes(), header.bytes(), firstLine));
      }
      files.add(new InputFile(file.path().toString(), file.name(), header.names(), channel.size()));
    }
  }

  private static CsvHeader header(Opened file, ScoreSource source) throws IOException {
    CsvOptions options = new CsvOptions((byte) source.delimiter());
    for (int wanted = HEADER_CHUNK; wanted <= MAX_HEADER_BYTES; wanted *= 4) {
      byte[] first = firstBytes(file.path(), wanted);
      CsvHeader header = CsvHeader.parse(first, first.length < wanted, options, file.name());
      if (header != null) {
        return header;
      }
    }
    throw Failure.of(FailureKind.INPUT, "the header is longer than 16 MiB")
        .at(file.name() + ":1")
        .hint("look for a quote that is never closed, or a file that is not text");
  }

  private static byte[] firstBytes(Path path, int count) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(count);
    }
  }

  /**
   * The members of the first object. An absent member is a missing value, so one object may lack a
   * feature; but when all of the first thousands lack it, its name is wrong.
   */
  private static CsvHeader jsonHeader(Opened file, List<String> features) throws IOException {
    List<String> members;
    try (InputStream in = Files.newInputStream(file.path())) {
      members = JsonLinesReader.members(in);
    }
    try (BatchReader reader =
        JsonLinesReader.of(Files.newInputStream(file.path()), file.name(), features, 1)) {
      RowBatch batch = reader.next();
      if (batch != null) {
        requireMembers(batch, file.name(), features, members);
      }
    }
    return new CsvHeader(members, 0, 0);
  }

  private static void requireMembers(
      RowBatch batch, String name, List<String> features, List<String> members) {
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
