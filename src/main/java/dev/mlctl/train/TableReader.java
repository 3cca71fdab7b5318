package dev.mlctl.train;

import dev.mlctl.config.Nearest;
import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.FailedRow;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Numbers;
import dev.mlctl.data.Progress;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a training file twice: once to learn what its columns hold, once for the columns that are
 * wanted. Training never leaves a row out in silence: a row that cannot be read is a failure.
 */
final class TableReader {
  private static final int SHOWN_ROWS = 5;

  private final TrainSpec.Source source;
  private final Path path;
  private final Set<String> nullValues;
  private final Progress progress;

  /** A reader of one file that is written as the source says. */
  TableReader(TrainSpec.Source source, Path path, Progress progress) {
    this.source = source;
    this.path = path;
    this.nullValues = Set.copyOf(source.nullValues());
    this.progress = progress;
  }

  /**
   * What the first look found.
   *
   * @param columns by name, in file order
   * @param digest SHA-256 of the file, hexadecimal
   */
  record Scan(Map<String, ColumnFacts> columns, String digest) {}

  /** What is done with each row that is kept; columns are in the order asked for. */
  private interface RowUse {
    void row(RowBatch batch, int row);
  }

  Scan scan() {
    Map<String, ColumnFacts> facts = new LinkedHashMap<>();
    String digest =
        read(
            null,
            header -> header.forEach(name -> facts.put(name, new ColumnFacts(name))),
            () -> {
              List<ColumnFacts> columns = List.copyOf(facts.values());
              return (batch, row) -> {
                for (int c = 0; c < columns.size(); c++) {
                  look(batch, c, row, columns.get(c));
                }
              };
            });
    return new Scan(facts, digest);
  }

  /**
   * Loads columns.
   *
   * @param types the wanted columns with their types
   */
  Table load(Map<String, FeatureType> types) {
    List<ColumnBuilder> builders = new ArrayList<>();
    types.forEach((name, type) -> builders.add(new ColumnBuilder(name, type, nullValues)));
    List<Problem> problems = new ArrayList<>();
    int[] rows = {0};
    read(
        types.keySet(),
        header -> {},
        () ->
            (batch, row) -> {
              rows[0]++;
              for (int c = 0; c < builders.size(); c++) {
                if (!builders.get(c).add(batch, c, row) && problems.size() < SHOWN_ROWS) {
                  problems.add(doesNotFit(builders.get(c), batch, c, row));
                }
              }
            });
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.INPUT, problems, null);
    }
    return new Table(builders.stream().map(ColumnBuilder::build).toList(), rows[0]);
  }

  /** A column asked for that the file does not have. */
  Failure missingColumn(String role, String name, Collection<String> header) {
    String hint =
        Nearest.name(name, header)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("the columns are: " + String.join(", ", header));
    return Failure.of(FailureKind.INPUT, "%s \"%s\" is not a column of the data", role, name)
        .at(path + ":1")
        .hint(hint);
  }

  private Problem doesNotFit(ColumnBuilder column, RowBatch batch, int c, int row) {
    return notA(column.name(), column.type(), batch.text(c, row), batch.line(row));
  }

  /** The fault of a value that does not fit its column's type. */
  Problem notA(String column, FeatureType type, String text, long line) {
    String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    String wanted = type == FeatureType.DATE ? "an ISO date" : "a finite number";
    return Problem.of(column + ": \"" + shown + "\" is not " + wanted)
        .at(path + ":" + line)
        .hint(
            "if it stands for a missing value, name it in source.config.null_values; "
                + "if the column holds texts, set columns."
                + column
                + ".type: category");
  }

  private void look(RowBatch batch, int column, int row, ColumnFacts facts) {
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (start == end) {
      facts.addMissing();
      return;
    }
    double number = Numbers.parse(batch.bytes(), start, end);
    if (!Double.isNaN(number) && nullValues.isEmpty()) {
      facts.addNumber();
      return;
    }
    String text = batch.text(column, row);
    if (text.isEmpty() || nullValues.contains(text)) {
      facts.addMissing();
    } else {
      facts.addText(text, batch.line(row));
    }
  }

  /** Reads every row that the source keeps; returns the file's digest. */
  private String read(
      Set<String> wanted,
      java.util.function.Consumer<List<String>> onHeader,
      java.util.function.Supplier<RowUse> use) {
    MessageDigest digest = sha256();
    try (InputStream file = Files.newInputStream(path);
        InputStream counted = new Counting(new DigestInputStream(file, digest), Files.size(path));
        InputStream text = Compression.decompressed(counted);
        CsvReader reader = CsvReader.file(text, source.csv(), path.toString(), columns(wanted))) {
      onHeader.accept(reader.header());
      List<String> names = wanted == null ? reader.header() : columns(wanted);
      RowFilter filter = RowFilter.of(source.where(), names, this);
      RowUse rows = use.get();
      List<Problem> bad = new ArrayList<>();
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int r = 0; r < batch.rows(); r++) {
          if (batch.isRejected(r)) {
            addBad(bad, batch.failedRow(r));
          } else if (filter.keeps(batch, r)) {
            rows.row(batch, r);
          }
        }
      }
      if (!bad.isEmpty()) {
        throw new Failure(FailureKind.INPUT, bad, null);
      }
      counted.transferTo(OutputStream.nullOutputStream()); // the digest is that of the whole file
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchFileException e) {
      throw Failure.of(FailureKind.NOT_FOUND, "there is no file %s", path)
          .hint("paths in a YAML file are relative to that file")
          .causedBy(e);
    } catch (IOException e) {
      throw Failure.of(FailureKind.INPUT, "cannot read the data: %s", reason(e))
          .at(path.toString())
          .causedBy(e);
    }
  }

  /** The wanted columns, then those the filter needs on top; null for all. */
  private List<String> columns(Set<String> wanted) {
    if (wanted == null) {
      return null;
    }
    List<String> names = new ArrayList<>(wanted);
    source.where().keySet().stream().filter(n -> !wanted.contains(n)).forEach(names::add);
    return names;
  }

  private static void addBad(List<Problem> bad, FailedRow row) {
    if (bad.size() < SHOWN_ROWS) {
      bad.add(
          Problem.of("a row cannot be read: " + row.reason())
              .at(row.source() + ":" + row.line())
              .hint("training leaves no row out in silence: correct the row or remove it"));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Tells the progress how many bytes were read. */
  private final class Counting extends FilterInputStream {
    private final long size;
    private long read;

    Counting(InputStream in, long size) {
      super(in);
      this.size = size;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      read += Math.max(0, n);
      progress.at("reading " + path.getFileName(), read, size);
      return n;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      read += b < 0 ? 0 : 1;
      return b;
    }
  }
}
