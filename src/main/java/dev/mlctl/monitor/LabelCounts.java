package dev.mlctl.monitor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How labels and predictions met.
 *
 * @param joined predictions with a label
 * @param labelsUnmatched labelled keys that no prediction has
 * @param predictionsUnmatched predictions whose key has no label
 * @param duplicateLabels further rows of the labels with a key that came before; they change
 *     nothing when they agree
 * @param contradictory keys whose labels disagree; they are not used
 * @param duplicatePredictions predictions of a key that a newer run, or an earlier row of the same
 *     run, answered too; they are not used
 * @param unusable rows of either side that cannot be read, have no key, no value, or one that the
 *     model's task does not know
 */
public record LabelCounts(
    long joined,
    long labelsUnmatched,
    long predictionsUnmatched,
    long duplicateLabels,
    long contradictory,
    long duplicatePredictions,
    long unusable) {
  /** As JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("joined", joined);
    map.put("labels_unmatched", labelsUnmatched);
    map.put("predictions_unmatched", predictionsUnmatched);
    map.put("duplicate_labels", duplicateLabels);
    map.put("contradictory_labels", contradictory);
    map.put("duplicate_predictions", duplicatePredictions);
    map.put("unusable", unusable);
    return map;
  }
}
