package dev.mlctl.model;

import java.util.Arrays;

/**
 * A block of rows as a predictor takes them. An input is a column of doubles. The inputs of a
 * one-hot category are one column of ints instead, which says for each row which of them is 1; a
 * predictor that can look its weight up there has no zeros to multiply by, and no memory is needed
 * for them. Mutable and reused; not thread-safe.
 */
public final class Inputs {
  private final int width;

  /** Per column the first input it stands for, then {@link #width}. */
  private final int[] firsts;

  /** A column's doubles, or null. */
  private final double[][] numbers;

  /** Where the doubles are null: per row the input that is 1, or {@link #width} for none. */
  private final int[][] ones;

  private double[][] dense;
  private int rows;

  /** Empty columns, one per step of a preprocessor. */
  Inputs(Preprocessor preprocessor, int capacity) {
    int columns = preprocessor.steps().size();
    this.firsts = new int[columns + 1];
    this.numbers = new double[columns][];
    this.ones = new int[columns][];
    for (int c = 0; c < columns; c++) {
      Step step = preprocessor.steps().get(c);
      firsts[c + 1] = firsts[c] + step.width();
      if (step instanceof Levels levels && levels.oneHot()) {
        ones[c] = new int[capacity];
      } else {
        numbers[c] = new double[capacity];
      }
    }
    this.width = firsts[columns];
  }

  private Inputs(double[][] x, int rows) {
    this.width = x.length;
    this.firsts = new int[x.length + 1];
    Arrays.setAll(firsts, i -> i);
    this.numbers = x;
    this.ones = new int[x.length][];
    this.rows = rows;
  }

  /** Columns like those of another block. */
  private Inputs(Inputs that, int capacity) {
    this.width = that.width;
    this.firsts = that.firsts;
    this.numbers = new double[that.numbers.length][];
    this.ones = new int[that.ones.length][];
    for (int c = 0; c < numbers.length; c++) {
      if (that.numbers[c] == null) {
        ones[c] = new int[capacity];
      } else {
        numbers[c] = new double[capacity];
      }
    }
  }

  /**
   * Columns of doubles only.
   *
   * @param x column-major {@code x[input][row]}, not copied
   * @param rows how many rows are filled
   */
  public static Inputs of(double[][] x, int rows) {
    return new Inputs(x, rows);
  }

  /** How many rows are filled. */
  public int rows() {
    return rows;
  }

  void fill(int filled) {
    rows = filled;
  }

  /** A block with the same columns and no rows. */
  Inputs emptied(int capacity) {
    return new Inputs(this, capacity);
  }

  /** Takes rows of a block with the same columns. */
  void copy(Inputs that, int from, int count) {
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] == null) {
        System.arraycopy(that.ones[c], from, ones[c], 0, count);
      } else {
        System.arraycopy(that.numbers[c], from, numbers[c], 0, count);
      }
    }
    rows = count;
  }

  /** How many columns; at most as many as inputs. */
  int columns() {
    return numbers.length;
  }

  /** The first input a column stands for. */
  int first(int column) {
    return firsts[column];
  }

  /** A column's values, or null for a one-hot category. */
  double[] numbers(int column) {
    return numbers[column];
  }

  /** Which input is 1 in each row, {@code width} standing for none; null for a number. */
  int[] ones(int column) {
    return ones[column];
  }

  int width() {
    return width;
  }

  /** All inputs as doubles, {@code x[input][row]}; valid until the block is filled again. */
  double[][] dense() {
    if (dense == null) {
      dense = new double[width][];
      for (int c = 0; c < numbers.length; c++) {
        for (int i = firsts[c]; i < firsts[c + 1]; i++) {
          dense[i] = numbers[c] == null ? new double[ones[c].length] : numbers[c];
        }
      }
    }
    for (int c = 0; c < ones.length; c++) {
      if (ones[c] != null) {
        spread(ones[c], firsts[c], firsts[c + 1]);
      }
    }
    return dense;
  }

  private void spread(int[] one, int from, int to) {
    for (int i = from; i < to; i++) {
      Arrays.fill(dense[i], 0, rows, 0);
    }
    for (int r = 0; r < rows; r++) {
      if (one[r] < width) {
        dense[one[r]][r] = 1;
      }
    }
  }
}
