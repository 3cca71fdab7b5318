package dev.mlctl.format;

import dev.mlctl.data.BatchReader;
import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.JsonLinesReader;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.TextRange;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A file of rows whose columns are found by name. A text file may be compressed, whatever its name.
 *
 * @param csv how it is written when it is CSV
 * @param what what the file is, for messages: {@code the labels}
 */
public record RowFile(Path path, Format format, CsvOptions csv, String what) {
  private static final CsvOptions TABS = CsvOptions.delimited('\t');

  /** How rows are written. */
  public enum Format {
    /** CSV. */
    CSV,
    /** JSON lines. */
    JSON,
    /** Parquet. */
    PARQUET,
    /** Avro. */
    AVRO;

    /** What the name of a file or of a sink ends with tells; CSV when it tells nothing. */
    public static Format of(String name) {
      String plain = plain(name);
      if (plain.endsWith("json") || plain.endsWith(".jsonl")) {
        return JSON;
      }
      return plain.endsWith("parquet") ? PARQUET : plain.endsWith("avro") ? AVRO : CSV;
    }
  }

  /** What is done with each row. */
  public interface RowReader {
    /** Takes row {@code row} of a batch whose columns are those that were asked for. */
    void read(RowBatch batch, int row);
  }

  /** A file written as its name tells. */
  public static RowFile of(Path path, String what) {
    return new RowFile(path, Format.of(path.toString()), csv(path.toString()), what);
  }

  /** Tabs for .tsv, commas otherwise. */
  public static CsvOptions csv(String path) {
    return plain(path).endsWith(".tsv") ? TABS : CsvOptions.DEFAULT;
  }

  /** A name in lower case, without what a compression adds to it. */
  private static String plain(String name) {
    return Compression.named(name).strip(name).toLowerCase(Locale.ROOT);
  }

  /**
   * The names of the columns; for JSON those of the first row.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file, INPUT when it cannot be read
   */
  public List<String> columns() {
    try {
      return switch (format) {
        case CSV -> {
          try (CsvReader reader = CsvReader.file(text(), csv, path.toString(), null)) {
            yield reader.header();
          }
        }
        case JSON -> {
          try (InputStream in = text()) {
            yield JsonLinesReader.members(in);
          }
        }
        case PARQUET, AVRO -> columnFile().columns().stream().map(FileColumn::name).toList();
      };
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads every usable row.
   *
   * @param wanted columns that must all be there, unless the file is JSON without rows
   * @return how many rows could not be used
   * @throws Failure of kind NOT_FOUND when there is no such file, INPUT when it cannot be read
   */
  public long read(List<String> wanted, RowReader rows) {
    long[] unusable = {0};
    readBatches(
        wanted,
        batch -> {
          for (int r = 0; r < batch.rows(); r++) {
            if (batch.isRejected(r)) {
              unusable[0]++;
            } else {
              rows.read(batch, r);
            }
          }
        });
    return unusable[0];
  }

  /**
   * Reads every row, batch by batch.
   *
   * @param wanted as for {@link #read}
   * @throws Failure of kind NOT_FOUND when there is no such file, INPUT when it cannot be read
   */
  public void readBatches(List<String> wanted, Consumer<RowBatch> use) {
    if (format == Format.JSON) {
      requireMembers(wanted);
    }
    try (BatchReader reader = reader(wanted)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        use.accept(batch);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BatchReader reader(List<String> wanted) throws IOException {
    return switch (format) {
      case CSV -> CsvReader.file(text(), csv, path.toString(), wanted);
      case JSON -> JsonLinesReader.of(text(), path.toString(), wanted, TextRange.ALL);
      case PARQUET, AVRO -> columnFile().read(wanted);
    };
  }

  private InputStream text() throws IOException {
    return Compression.decompressed(Files.newInputStream(path));
  }

  private ColumnFile columnFile() throws IOException {
    ColumnFormat of = format == Format.PARQUET ? ColumnFormat.PARQUET : ColumnFormat.AVRO;
    return of.open(ByteSource.of(path));
  }

  private void requireMembers(List<String> wanted) {
    List<String> there = columns();
    for (String name : wanted) {
      if (!there.isEmpty() && !there.contains(name)) {
        throw Failure.of(FailureKind.INPUT, "column \"%s\" is missing", name)
            .at(path + ":1")
            .hint("the columns are: " + String.join(", ", there));
      }
    }
  }

  private Failure unreadable(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Failure.of(FailureKind.NOT_FOUND, "cannot read %s: no such file", what)
          .at(path.toString())
          .causedBy(e);
    }
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return Failure.of(FailureKind.INPUT, "cannot read %s: %s", what, reason)
        .at(path.toString())
        .causedBy(e);
  }
}
