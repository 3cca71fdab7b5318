package dev.mlctl.train;

import dev.mlctl.model.Metrics;
import dev.mlctl.model.Model;
import dev.mlctl.model.Predictions;
import java.util.Arrays;
import java.util.Map;

/**
 * A model's answers for some rows and how good they are. The arrays are not to be changed.
 *
 * @param outputs {@code [output][row]}
 * @param classes the predicted class of each row; null for regression
 * @param metrics by name
 * @param confusion counts {@code [actual][predicted]}; empty for regression
 */
record Evaluation(
    double[][] outputs, int[] classes, Map<String, Double> metrics, long[][] confusion) {
  static Evaluation of(Model model, Examples examples) {
    int rows = examples.rows();
    Predictions predictions = model.scorer(rows).score(examples.features());
    double[][] outputs = predictions.outputs();
    if (examples.labels() == null) {
      return new Evaluation(
          outputs, null, Metrics.regression(examples.numbers(), outputs[0]), new long[0][]);
    }
    int[] classes = Arrays.copyOf(predictions.classes(), rows);
    return new Evaluation(
        outputs,
        classes,
        Metrics.classification(examples.labels(), classes, outputs),
        Metrics.confusion(examples.labels(), classes, outputs.length));
  }
}
