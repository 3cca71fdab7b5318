package dev.mlctl.bench;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.RowBatch;
import dev.mlctl.format.ColumnCompression;
import dev.mlctl.format.ColumnFormat;
import dev.mlctl.format.FileColumn;
import dev.mlctl.format.OutputColumn;
import dev.mlctl.format.RowWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** The same rows in every format: numbers of up to eight digits, made once and kept in a folder. */
final class FormatFiles {
  private static final int BATCH = 4096;
  private static final int BUFFER = 1 << 20;

  private final List<String> names;
  private final int rows;

  FormatFiles(int columns, int rows) {
    this.names = IntStream.range(0, columns).mapToObj(i -> "x" + i).toList();
    this.rows = rows;
  }

  /** Where batches of rows go. */
  private interface Sink {
    void write(RowBatch batch) throws IOException;
  }

  /** Makes {@code input.parquet}, {@code input.avro} and {@code input.jsonl} unless they exist. */
  void makeIn(Path folder) throws IOException {
    for (ColumnFormat format : ColumnFormat.values()) {
      make(folder, format.name().toLowerCase(Locale.ROOT), out -> columns(format, out));
    }
    make(folder, "jsonl", this::lines);
  }

  private interface Maker {
    void write(OutputStream out) throws IOException;
  }

  private static void make(Path folder, String extension, Maker maker) throws IOException {
    Path made = folder.resolve("input." + extension);
    if (Files.exists(made)) {
      return;
    }
    Path unfinished = folder.resolve("unfinished." + extension);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER)) {
      maker.write(out);
    }
    Files.move(unfinished, made);
  }

  private void columns(ColumnFormat format, OutputStream out) throws IOException {
    List<OutputColumn> columns =
        IntStream.range(0, names.size())
            .mapToObj(
                c -> OutputColumn.passed(FileColumn.of(names.get(c), ColumnType.DOUBLE, false), c))
            .toList();
    RowWriter writer = format.write(out, columns, ColumnCompression.SNAPPY);
    batches(batch -> writer.write(batch, null, null));
    writer.finish();
  }

  private void lines(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    batches(
        batch -> {
          text.setLength(0);
          for (int r = 0; r < batch.rows(); r++) {
            for (int c = 0; c < names.size(); c++) {
              text.append(c == 0 ? "{\"" : ",\"").append(names.get(c)).append("\":");
              text.append(batch.doubles(c)[r]);
            }
            text.append("}\n");
          }
          out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        });
  }

  private void batches(Sink sink) throws IOException {
    Random random = new Random(7);
    List<ColumnType> types = Collections.nCopies(names.size(), ColumnType.DOUBLE);
    RowBatch batch = RowBatch.typed("made up", names, types, BATCH);
    for (int done = 0; done < rows; done += BATCH) {
      batch.begin(done + 1, Math.min(BATCH, rows - done));
      for (int r = 0; r < batch.rows(); r++) {
        for (int c = 0; c < names.size(); c++) {
          batch.doubles(c)[r] = (random.nextInt(20_000_000) - 10_000_000) / 1e5;
        }
      }
      sink.write(batch);
    }
  }
}
