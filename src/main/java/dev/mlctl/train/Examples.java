package dev.mlctl.train;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a table as a model sees them: feature values coded by the model's own categories, and
 * what is to be predicted. The arrays are not to be changed.
 *
 * @param features all rows in one batch
 * @param numbers the target of each row for regression; else null
 * @param labels the index of the class of each row for classification; else null
 */
record Examples(FeatureBatch features, double[] numbers, int[] labels) {
  int rows() {
    return features.rows();
  }

  /**
   * The chosen rows.
   *
   * @param classes the classes in order, empty for regression; every row's class is among them
   */
  static Examples of(
      Table table, int[] rows, List<Feature> features, String target, List<String> classes) {
    FeatureBatch batch = new FeatureBatch(features, rows.length);
    batch.reset(rows.length);
    for (int f = 0; f < features.size(); f++) {
      Column column = table.column(features.get(f).name());
      if (column.type() == FeatureType.CATEGORY) {
        code(column, rows, features.get(f).categories(), FeatureBatch.UNKNOWN, batch.codes(f));
      } else {
        for (int r = 0; r < rows.length; r++) {
          batch.numbers(f)[r] = column.numbers()[rows[r]];
        }
      }
    }
    Column y = table.column(target);
    if (classes.isEmpty()) {
      return new Examples(
          batch, Arrays.stream(rows).mapToDouble(r -> y.numbers()[r]).toArray(), null);
    }
    int[] labels = new int[rows.length];
    code(y, rows, classes, FeatureBatch.UNKNOWN, labels);
    return new Examples(batch, null, labels);
  }

  /** Some of these rows. */
  Examples pick(int[] rows) {
    FeatureBatch batch = new FeatureBatch(features.features(), rows.length);
    batch.reset(rows.length);
    for (int f = 0; f < features.features().size(); f++) {
      for (int r = 0; r < rows.length; r++) {
        if (features.codes(f) != null) {
          batch.codes(f)[r] = features.codes(f)[rows[r]];
        } else {
          batch.numbers(f)[r] = features.numbers(f)[rows[r]];
        }
      }
    }
    return new Examples(
        batch,
        numbers == null ? null : Arrays.stream(rows).mapToDouble(r -> numbers[r]).toArray(),
        labels == null ? null : Arrays.stream(rows).map(r -> labels[r]).toArray());
  }

  private static void code(
      Column column, int[] rows, List<String> texts, int otherwise, int[] into) {
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      known.put(texts.get(i), i);
    }
    int[] codeOf =
        column.texts().stream().mapToInt(t -> known.getOrDefault(t, otherwise)).toArray();
    for (int r = 0; r < rows.length; r++) {
      int code = column.codes()[rows[r]];
      into[r] = code < 0 ? FeatureBatch.MISSING : codeOf[code];
    }
  }
}
