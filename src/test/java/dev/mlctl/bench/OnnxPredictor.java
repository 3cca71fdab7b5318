package dev.mlctl.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX Runtime with its input and output in place, so that a run costs what predicting
 * costs and nothing else. One thread may run it at a time.
 */
final class OnnxPredictor implements AutoCloseable {
  private final OrtSession session;
  private final OnnxTensor input;
  private final OnnxTensor output;
  private final ByteBuffer results;
  private final boolean doubles;

  /**
   * A predictor of these rows.
   *
   * @param model the ONNX file, of doubles or floats, with input {@code x} and output {@code y}
   * @param x column-major; floats are made of it
   * @param threads threads within an operator
   */
  OnnxPredictor(byte[] model, boolean doubles, double[][] x, int rows, int outputs, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    this.doubles = doubles;
    this.session = environment.createSession(model, options);
    ByteBuffer values = buffer(rows, x.length);
    for (int r = 0; r < rows; r++) {
      for (double[] column : x) {
        put(values, column[r]);
      }
    }
    this.results = buffer(rows, outputs);
    this.input = tensor(environment, values.flip(), rows, x.length);
    this.output = tensor(environment, results, rows, outputs);
  }

  private ByteBuffer buffer(int rows, int columns) {
    int size = doubles ? Double.BYTES : Float.BYTES;
    return ByteBuffer.allocateDirect(rows * columns * size).order(ByteOrder.nativeOrder());
  }

  private void put(ByteBuffer values, double value) {
    if (doubles) {
      values.putDouble(value);
    } else {
      values.putFloat((float) value);
    }
  }

  private OnnxTensor tensor(OrtEnvironment environment, ByteBuffer bytes, int rows, int columns)
      throws OrtException {
    OnnxJavaType type = doubles ? OnnxJavaType.DOUBLE : OnnxJavaType.FLOAT;
    return OnnxTensor.createTensor(environment, bytes, new long[] {rows, columns}, type);
  }

  void run() {
    try {
      session.run(Map.of("x", input), Set.of(), Map.of("y", output)).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value of the last run, row-major. */
  double result(int index) {
    return doubles
        ? results.getDouble(index * Double.BYTES)
        : results.getFloat(index * Float.BYTES);
  }

  @Override
  public void close() throws OrtException {
    input.close();
    output.close();
    session.close();
  }
}
