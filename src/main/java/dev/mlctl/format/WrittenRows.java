package dev.mlctl.format;

import dev.mlctl.data.RowBatch;

/**
 * The rows of a batch that are written, and what was computed for them. Reused; not thread-safe.
 */
final class WrittenRows {
  private int[] rows = new int[0];
  private int count;
  private RowBatch batch;
  private double[][] numbers;
  private int[][] codes;

  /** Turns to another batch; its rejected rows are left out. */
  void of(RowBatch next, double[][] computedNumbers, int[][] computedCodes) {
    batch = next;
    numbers = computedNumbers;
    codes = computedCodes;
    if (rows.length < next.rows()) {
      rows = new int[next.capacity()];
    }
    count = 0;
    for (int r = 0; r < next.rows(); r++) {
      if (!next.isRejected(r)) {
        rows[count++] = r;
      }
    }
  }

  RowBatch batch() {
    return batch;
  }

  int count() {
    return count;
  }

  /** The rows' places in the batch; {@link #count} of them. */
  int[] rows() {
    return rows;
  }

  double[] numbers(int output) {
    return numbers[output];
  }

  int[] codes(int output) {
    return codes[output];
  }
}
