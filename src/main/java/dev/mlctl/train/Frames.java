package dev.mlctl.train;

import java.util.Arrays;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;
import smile.data.vector.BaseVector;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;

/** Inputs and target in the form Smile takes: the target first, then the inputs, all numbers. */
final class Frames {
  static final String TARGET = "y";

  /** Columns before the inputs: the target. */
  static final int FIRST_INPUT = 1;

  private Frames() {}

  static Formula formula() {
    return Formula.lhs(TARGET);
  }

  /** The inputs alone. */
  static DataFrame inputs(double[][] x) {
    return DataFrame.of(vectors(x, 0));
  }

  /** Target and inputs; the target is a whole number for classification. */
  static DataFrame of(Design design) {
    BaseVector<?, ?, ?>[] vectors = vectors(design.x(), FIRST_INPUT);
    vectors[0] =
        design.classes() > 0
            ? IntVector.of(TARGET, design.labels())
            : DoubleVector.of(TARGET, design.y());
    return DataFrame.of(vectors);
  }

  private static BaseVector<?, ?, ?>[] vectors(double[][] x, int first) {
    BaseVector<?, ?, ?>[] vectors = new BaseVector<?, ?, ?>[x.length + first];
    for (int i = 0; i < x.length; i++) {
      vectors[first + i] = DoubleVector.of(name(i), x[i]);
    }
    return vectors;
  }

  /** The schema of a row given as doubles: target, then inputs. */
  static StructType rowSchema(int inputs) {
    StructField[] fields = new StructField[inputs + FIRST_INPUT];
    fields[0] = new StructField(TARGET, DataTypes.DoubleType);
    for (int i = 0; i < inputs; i++) {
      fields[FIRST_INPUT + i] = new StructField(name(i), DataTypes.DoubleType);
    }
    return new StructType(fields);
  }

  /** A row as {@link #rowSchema} has it; the target is 0. */
  static double[] row(double[] inputs) {
    double[] row = new double[inputs.length + FIRST_INPUT];
    System.arraycopy(inputs, 0, row, FIRST_INPUT, inputs.length);
    return row;
  }

  private static String name(int input) {
    return "x" + input;
  }

  static boolean isConstant(double[] column, int rows) {
    return Arrays.stream(column, 0, rows).allMatch(v -> v == column[0]);
  }
}
