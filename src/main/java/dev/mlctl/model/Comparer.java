package dev.mlctl.model;

/**
 * Compares the answers of two models row by row. Not thread-safe: one per worker, then added up.
 */
public final class Comparer {
  private final long[][] matrix;
  private long rows;
  private double sum;
  private double absolute;
  private double squares;
  private double largest;

  /** A comparison of no rows yet, of models with this signature's task and classes. */
  public Comparer(Signature signature) {
    int classes = signature.classes().size();
    this.matrix = new long[classes][classes];
  }

  /** Adds a row that both models have answered. */
  public void add(Predictions champion, Predictions challenger, int row) {
    rows++;
    if (champion.classes() == null) {
      addNumbers(challenger.outputs()[0][row] - champion.outputs()[0][row]);
      return;
    }
    matrix[champion.classes()[row]][challenger.classes()[row]]++;
    double apart = 0;
    for (int k = 0; k < matrix.length; k++) {
      apart += Math.abs(challenger.outputs()[k][row] - champion.outputs()[k][row]);
    }
    absolute += apart / matrix.length;
  }

  private void addNumbers(double difference) {
    sum += difference;
    absolute += Math.abs(difference);
    squares += difference * difference;
    largest = Math.max(largest, Math.abs(difference));
  }

  /** What the rows so far came to. */
  public Comparison comparison() {
    return new Comparison(rows, sum, absolute, squares, largest, matrix);
  }
}
