package dev.mlctl.score;

import dev.mlctl.format.ByteSource;
import dev.mlctl.format.ColumnFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one file of the files of several parts. */
final class PartJoin {
  private final ScoreJob job;
  private final WorkDirectory work;

  PartJoin(ScoreJob job) {
    this.job = job;
    this.work = job.workDirectory();
  }

  /**
   * Joins parts.
   *
   * @param header whether a header is to come first; otherwise the first part has it
   */
  void join(List<PartResult> parts, boolean header, OutputStream out) throws IOException {
    Optional<ColumnFormat> columns = job.publication().format().columns();
    if (columns.isPresent()) {
      List<ByteSource> files = new ArrayList<>();
      for (PartResult part : parts) {
        files.add(new StoredBytes(work.file(part.file()), part.file(), part.bytes()));
      }
      columns.get().join(files, out);
      return;
    }
    if (header) {
      out.write(RowEncoder.header(job));
    }
    for (PartResult part : parts) {
      try (InputStream in = work.open(part.file())) {
        if (in.transferTo(out) != part.bytes()) {
          throw new IllegalStateException("part " + part.part() + " has changed its size");
        }
      }
    }
  }
}
