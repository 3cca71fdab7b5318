package dev.mlctl.data;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A CSV or JSON-lines file whose columns are found by name.
 *
 * @param what what the file is, for messages: {@code the labels}
 */
public record RowFile(Path path, CsvOptions csv, boolean json, String what) {
  private static final CsvOptions TABS = CsvOptions.delimited('\t');

  /** What is done with each row. */
  public interface RowReader {
    /** Takes row {@code row} of a batch whose columns are those that were asked for. */
    void read(RowBatch batch, int row);
  }

  /** A file written as its name tells. */
  public static RowFile of(Path path, String what) {
    return new RowFile(path, csv(path.toString()), isJson(path.toString()), what);
  }

  /** Tabs for .tsv, commas otherwise. */
  public static CsvOptions csv(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? TABS : CsvOptions.DEFAULT;
  }

  /** Whether a path is that of JSON lines: it ends in .json, .jsonl or .ndjson. */
  public static boolean isJson(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson");
  }

  /**
   * The names of the columns; for JSON those of the first row.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file, INPUT when it cannot be read
   */
  public List<String> columns() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      if (json) {
        return JsonLinesReader.members(in);
      }
      return CsvReader.file(in, csv, path.toString(), null).header();
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
        in -> in,
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
   * Reads every row, batch by batch, and the file to its last byte.
   *
   * @param wanted as for {@link #read}
   * @param around wraps the file's bytes, to see them pass
   * @throws Failure of kind NOT_FOUND when there is no such file, INPUT when it cannot be read
   */
  public void readBatches(
      List<String> wanted, UnaryOperator<InputStream> around, Consumer<RowBatch> use) {
    if (json) {
      requireMembers(wanted);
    }
    try (InputStream in = around.apply(Files.newInputStream(path));
        BatchReader reader = reader(in, wanted)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        use.accept(batch);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BatchReader reader(InputStream in, List<String> wanted) throws IOException {
    return json
        ? JsonLinesReader.of(in, path.toString(), wanted, TextRange.ALL)
        : CsvReader.file(in, csv, path.toString(), wanted);
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
