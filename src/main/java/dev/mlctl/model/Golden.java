package dev.mlctl.model;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.CsvReader;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows and what the model must answer for them. They are kept as CSV and go the whole way of a
 * scored row, reading included. Immutable.
 *
 * @param csv a header with at least the signature's features, then at least one row; UTF-8
 * @param outputs row-major, {@link Signature#outputs()} per row
 */
public record Golden(byte[] csv, double[] outputs) {
  /** The largest relative difference at which an answer still counts as the same. */
  public static final double TOLERANCE = 1e-9;

  private static final int MAX_BYTES = 4 << 20;

  /** Copies and checks the size. */
  public Golden {
    Shapes.check(csv.length <= MAX_BYTES, "golden rows are larger than 4 MiB");
    csv = csv.clone();
    outputs = outputs.clone();
  }

  /** Rows with the answers the model gives now. */
  public static Golden record(Model model, byte[] csv) {
    return new Golden(csv, answers(model, csv));
  }

  @Override
  public byte[] csv() {
    return csv.clone();
  }

  @Override
  public double[] outputs() {
    return outputs.clone();
  }

  /**
   * Scores the rows again.
   *
   * @return the largest {@code |now − then| / max(1, |then|)}; NaN when any of them is
   * @throws Failure of kind INVALID when there are none or they cannot be read or answered
   */
  public double largestDifference(Model model) {
    double[] now = answers(model, csv);
    if (now.length != outputs.length) {
      throw Failure.of(
          FailureKind.INVALID,
          "the golden rows give %d outputs, the bundle holds %d",
          now.length,
          outputs.length);
    }
    if (now.length == 0) {
      throw Failure.of(FailureKind.INVALID, "there are no golden rows");
    }
    double largest = 0;
    for (int i = 0; i < now.length; i++) {
      double difference = Math.abs(now[i] - outputs[i]) / Math.max(1, Math.abs(outputs[i]));
      largest = Math.max(largest, difference);
    }
    return largest;
  }

  private static double[] answers(Model model, byte[] csv) {
    List<String> names = model.signature().featureNames();
    try (CsvReader reader =
        CsvReader.file(new ByteArrayInputStream(csv), CsvOptions.DEFAULT, "golden rows", names)) {
      int[] columns = IntStream.range(0, names.size()).toArray();
      FeatureDecoder decoder = new FeatureDecoder(model.signature().features(), columns, Set.of());
      double[] all = new double[0];
      FeatureBatch features = null;
      Scorer scorer = null;
      for (RowBatch rows = reader.next(); rows != null; rows = reader.next()) {
        if (scorer == null) {
          features = new FeatureBatch(model.signature().features(), rows.capacity());
          scorer = model.scorer(rows.capacity());
        }
        decoder.decode(rows, features);
        all = append(all, rows, scorer.score(features));
      }
      return all;
    } catch (Failure e) {
      throw new Failure(FailureKind.INVALID, e.problems(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] append(double[] all, RowBatch rows, Predictions predictions) {
    if (rows.rejected() > 0) {
      throw Failure.of(FailureKind.INVALID, "the model rejects its own golden rows");
    }
    double[][] outputs = predictions.outputs();
    double[] longer = Arrays.copyOf(all, all.length + rows.rows() * outputs.length);
    int at = all.length;
    for (int r = 0; r < rows.rows(); r++) {
      for (double[] output : outputs) {
        longer[at++] = output[r];
      }
    }
    return longer;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Golden g && Arrays.equals(csv, g.csv) && Arrays.equals(outputs, g.outputs);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(csv) + Arrays.hashCode(outputs);
  }

  @Override
  public String toString() {
    return "Golden[" + outputs.length + " outputs]";
  }
}
