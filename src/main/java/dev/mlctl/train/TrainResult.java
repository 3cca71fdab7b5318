package dev.mlctl.train;

import dev.mlctl.model.Bundle;
import dev.mlctl.model.GateResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a training. Immutable.
 *
 * @param bundle the model with all that belongs to it
 * @param runDirectory where it was written
 * @param config the configuration as resolved, YAML
 * @param columns what was made of each column of the data, in file order
 * @param trainRows rows the model was fitted on
 * @param testRows rows held out; 0 for none
 * @param test metrics on the held-out rows; empty without such rows
 * @param train metrics on the rows the model was fitted on
 * @param folds metrics by cross-validation; empty when none was asked for
 * @param judgedBy what the bundle's metrics are: {@code test}, {@code folds} or {@code train}
 * @param confusion counts {@code [actual][predicted]} on the held-out rows, or over all folds;
 *     empty for regression
 * @param gates what came of each gate
 * @param importance each feature's share of what the model uses, summing to 1, greatest first;
 *     empty when it is not known
 * @param diagnosis what the charts of the report show, as JSON has it: {@code roc}, {@code
 *     calibration}, {@code residuals}, {@code learning_curve}, each where it applies
 * @param difference the largest relative difference from the library's own predictions on the
 *     training rows
 * @param notes what a person should know, one line each
 * @param seconds how long it took
 */
public record TrainResult(
    Bundle bundle,
    Path runDirectory,
    String config,
    List<ColumnSummary> columns,
    int trainRows,
    int testRows,
    Map<String, Double> test,
    Map<String, Double> train,
    Map<String, FoldMetric> folds,
    String judgedBy,
    long[][] confusion,
    List<GateResult> gates,
    Map<String, Double> importance,
    Map<String, Object> diagnosis,
    double difference,
    List<String> notes,
    double seconds) {
  /** Copies. */
  public TrainResult {
    columns = List.copyOf(columns);
    test = copy(test);
    train = copy(train);
    folds = copy(folds);
    confusion = Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
    gates = List.copyOf(gates);
    importance = copy(importance);
    diagnosis = copy(diagnosis);
    notes = List.copyOf(notes);
  }

  /**
   * A metric over the folds.
   *
   * @param deviation the standard deviation (n − 1) over the folds
   * @param values one per fold
   */
  public record FoldMetric(double mean, double deviation, List<Double> values) {
    /** Copies. */
    public FoldMetric {
      values = List.copyOf(values);
    }

    static FoldMetric of(List<Double> values) {
      double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return new FoldMetric(mean, Math.sqrt(squares / Math.max(1, values.size() - 1)), values);
    }
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  @Override
  public long[][] confusion() {
    return Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
  }

  /** Everything but the bundle and the configuration, in the form it has as JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("model", bundle.name());
    map.put("task", TrainSpec.lower(bundle.signature().task()));
    map.put("algorithm", bundle.provenance().algorithm());
    map.put("target", bundle.signature().target());
    map.put("train_rows", trainRows);
    map.put("test_rows", testRows);
    map.put("judged_by", judgedBy);
    map.put("metrics", bundle.metrics());
    map.put("test", test);
    map.put("train", train);
    map.put("folds", foldMaps());
    if (confusion.length > 0) {
      map.put("classes", bundle.signature().classes());
      map.put("confusion", confusionLists());
    }
    map.put("gates", gates.stream().map(GateResult::toMap).toList());
    map.put("importance", importance);
    map.putAll(diagnosis);
    map.put("columns", columns.stream().map(TrainResult::columnMap).toList());
    map.put("largest_difference", difference);
    map.put("notes", notes);
    map.put("report", RunDirectory.REPORT);
    return map;
  }

  private Map<String, Object> foldMaps() {
    Map<String, Object> maps = new LinkedHashMap<>();
    folds.forEach(
        (name, metric) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("mean", metric.mean());
          one.put("deviation", metric.deviation());
          one.put("values", metric.values());
          maps.put(name, one);
        });
    return maps;
  }

  private List<Object> confusionLists() {
    List<Object> lists = new ArrayList<>();
    for (long[] row : confusion) {
      lists.add(Arrays.stream(row).boxed().toList());
    }
    return lists;
  }

  private static Map<String, Object> columnMap(ColumnSummary column) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", column.name());
    map.put("type", column.type() == null ? "empty" : TrainSpec.lower(column.type()));
    map.put("role", column.role());
    map.put("missing", column.missing());
    map.put("categories", column.categories());
    map.put("why", column.why());
    return map;
  }
}
