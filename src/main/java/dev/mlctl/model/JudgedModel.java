package dev.mlctl.model;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.UnknownPolicy;
import java.util.List;
import java.util.Set;

/** A model, the labels it is judged by and what it is worth so far, slice by slice. */
final class JudgedModel {
  private final Model model;
  private final FeatureDecoder features;
  private final Feature target;
  private final FeatureDecoder labels;
  private final MetricSums[] sums;
  private FeatureBatch featureBatch;
  private FeatureBatch labelBatch;
  private Scorer scorer;
  private Predictions predictions;

  /**
   * A model nothing is known of yet.
   *
   * @param columns of the batches to come, the model's own among them
   */
  JudgedModel(Model model, List<String> columns, List<Slice> slices, boolean withAuc) {
    this.model = model;
    Signature signature = model.signature();
    this.features = decoder(signature.features(), columns);
    this.target = label(signature);
    this.labels = decoder(List.of(target), columns);
    this.sums = new MetricSums[slices.size()];
    for (int s = 0; s < sums.length; s++) {
      sums[s] =
          signature.task() == Task.REGRESSION
              ? new RegressionSums()
              : new ClassificationSums(signature.classes().size(), withAuc);
    }
  }

  /** A missing label is no fault; one that is no number, or no class of the model, is. */
  private static Feature label(Signature signature) {
    return new Feature(
        signature.target(),
        signature.task() == Task.REGRESSION ? FeatureType.NUMBER : FeatureType.CATEGORY,
        signature.classes(),
        MissingPolicy.IMPUTE,
        UnknownPolicy.REJECT);
  }

  private static FeatureDecoder decoder(List<Feature> features, List<String> columns) {
    int[] from = features.stream().mapToInt(f -> columns.indexOf(f.name())).toArray();
    return new FeatureDecoder(features, from, Set.of());
  }

  /** Decodes and predicts every row of a batch; rejects those that do not fit. */
  void read(RowBatch batch) {
    if (scorer == null) {
      featureBatch = new FeatureBatch(model.signature().features(), batch.capacity());
      labelBatch = new FeatureBatch(List.of(target), batch.capacity());
      scorer = model.scorer(batch.capacity());
    }
    features.decode(batch, featureBatch);
    labels.decode(batch, labelBatch);
    predictions = scorer.score(featureBatch);
  }

  /** Whether a row of the batch has a label. */
  boolean isLabelled(int row) {
    return target.type() == FeatureType.NUMBER
        ? !Double.isNaN(labelBatch.numbers(0)[row])
        : labelBatch.codes(0)[row] >= 0;
  }

  /** Adds a row of the batch to the slices it is in. */
  void add(int row, boolean[] inSlice) {
    for (int s = 0; s < sums.length; s++) {
      if (inSlice[s]) {
        add(row, sums[s]);
      }
    }
  }

  private void add(int row, MetricSums to) {
    if (to instanceof RegressionSums regression) {
      regression.add(labelBatch.numbers(0)[row], predictions.outputs()[0][row]);
    } else if (to instanceof ClassificationSums classification) {
      int predicted = predictions.classes()[row];
      classification.add(labelBatch.codes(0)[row], predicted, predictions.outputs(), row);
    }
  }

  Task task() {
    return model.signature().task();
  }

  MetricSums sums(int slice) {
    return sums[slice];
  }
}
