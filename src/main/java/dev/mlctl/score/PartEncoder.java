package dev.mlctl.score;

import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import java.io.IOException;

/** Writes the scored rows of one part, wherever they go. Not thread-safe. */
interface PartEncoder {
  /** Writes every row of a batch that is not rejected. */
  void write(RowBatch batch, Answers answers) throws IOException;

  /** The digest of the rows so far, whatever they are divided into and however compressed. */
  RowDigest digest();

  /** Writes what was held back; nothing can be written after it. */
  void finish() throws IOException;
}
