package dev.mlctl.score;

import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigester;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes scored rows in one format. Not thread-safe. */
abstract class RowEncoder {
  private final ScoreJob job;
  private final int[] columns;

  RowEncoder(ScoreJob job) {
    this.job = job;
    List<String> passthrough = job.layout().passthrough();
    columns = new int[job.layout().wholeRecords() ? 0 : passthrough.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = job.layout().wanted().indexOf(passthrough.get(i));
    }
  }

  static RowEncoder of(ScoreJob job, Signature signature) {
    return job.publication().format() == RowFormat.CSV
        ? new CsvEncoder(job, signature)
        : new JsonEncoder(job, signature);
  }

  /** What a file of this job's rows starts with, as it is stored. */
  static byte[] header(ScoreJob job) {
    Publication publication = job.publication();
    if (publication.format() != RowFormat.CSV) {
      return new byte[0];
    }
    byte[] names = CsvEncoder.header(job.layout(), publication.csvOptions());
    Bytes out = new Bytes();
    try (OutputStream compressed = publication.compression().compress(out.stream())) {
      compressed.write(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toArray();
  }

  /**
   * Writes every row of a batch that is not rejected, a line each.
   *
   * @param digester takes the rows, each as its bytes without the line end
   */
  final void encode(RowBatch batch, Answers answers, Bytes out, RowDigester digester) {
    boolean all = batch.rejected() == 0;
    for (int r = 0; r < batch.rows(); r++) {
      if (all || !batch.isRejected(r)) {
        int start = out.size();
        encode(batch, r, answers, out);
        out.digest(start, digester);
        out.put((byte) '\n');
      }
    }
  }

  /** Writes a row without its line end. */
  abstract void encode(RowBatch batch, int row, Answers answers, Bytes out);

  final ScoreJob job() {
    return job;
  }

  /** For each column that is passed on its column in the batch; none for whole records. */
  final int[] columns() {
    return columns;
  }
}
