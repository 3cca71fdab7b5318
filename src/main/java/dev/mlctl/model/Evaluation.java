package dev.mlctl.model;

import dev.mlctl.data.FailedRow;
import dev.mlctl.data.RowBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges models on the same labelled rows, over all of them and over slices. A row counts when it
 * fits every model's signature and has a label for each; all others are left out for all and
 * counted. Rows come in batches and are not kept, but for what AUC needs of them. Not thread-safe.
 */
public final class Evaluation {
  private final List<JudgedModel> models;
  private final List<Slice> slices;
  private final List<String> columns;
  private final int[][] sliceColumns;
  private final boolean[] inSlice;
  private long rows;
  private long unlabelled;
  private long unfit;
  private FailedRow firstUnfit;

  /**
   * An evaluation to be filled with rows.
   *
   * @param models at least one
   * @param wanted the metrics that will be asked for, with their slices
   */
  public Evaluation(List<Model> models, Collection<Gate.Metric> wanted) {
    Set<Slice> distinct = new LinkedHashSet<>(List.of(Slice.ALL));
    wanted.forEach(metric -> distinct.add(metric.slice()));
    this.slices = List.copyOf(distinct);
    this.columns = columns(models, slices);
    boolean withAuc = wanted.stream().anyMatch(metric -> metric.name().equals("auc"));
    this.models = models.stream().map(m -> new JudgedModel(m, columns, slices, withAuc)).toList();
    this.sliceColumns =
        slices.stream()
            .map(s -> s.columns().stream().mapToInt(columns::indexOf).toArray())
            .toArray(int[][]::new);
    this.inSlice = new boolean[slices.size()];
  }

  private static List<String> columns(List<Model> models, List<Slice> slices) {
    Set<String> names = new LinkedHashSet<>();
    for (Model model : models) {
      names.addAll(model.signature().featureNames());
      names.add(model.signature().target());
    }
    slices.forEach(slice -> names.addAll(slice.columns()));
    return List.copyOf(names);
  }

  /** The columns that batches must have, in this order. */
  public List<String> columns() {
    return columns;
  }

  /** Adds the rows of a batch. Those that do not fit are rejected in it. */
  public void add(RowBatch batch) {
    models.forEach(model -> model.read(batch));
    for (int r = 0; r < batch.rows(); r++) {
      int row = r;
      if (batch.isRejected(row)) {
        unfit++;
        firstUnfit = firstUnfit == null ? batch.failedRow(row) : firstUnfit;
      } else if (!models.stream().allMatch(model -> model.isLabelled(row))) {
        unlabelled++;
      } else {
        rows++;
        findSlices(batch, row);
        models.forEach(model -> model.add(row, inSlice));
      }
    }
  }

  private void findSlices(RowBatch batch, int row) {
    for (int s = 0; s < inSlice.length; s++) {
      List<Slice.Condition> conditions = slices.get(s).conditions();
      boolean holds = true;
      for (int c = 0; holds && c < conditions.size(); c++) {
        holds = conditions.get(c).holds(batch.text(sliceColumns[s][c], row));
      }
      inSlice[s] = holds;
    }
  }

  /** How many rows counted. */
  public long rows() {
    return rows;
  }

  /** How many of them are in one of the slices asked for. */
  public long rows(Slice slice) {
    return models.get(0).sums(slices.indexOf(slice)).rows();
  }

  /** How many rows fit but have no label. */
  public long unlabelled() {
    return unlabelled;
  }

  /** How many rows cannot be read, do not fit, or have a label that cannot be one. */
  public long unfit() {
    return unfit;
  }

  /** The first of those that do not fit. */
  public Optional<FailedRow> firstUnfit() {
    return Optional.ofNullable(firstUnfit);
  }

  /** The slices asked for, all rows first. */
  public List<Slice> slices() {
    return slices;
  }

  /**
   * The names of the metrics that a model can be asked for, without slices.
   *
   * @param model the index of the model
   */
  public List<String> names(int model) {
    List<String> names = new ArrayList<>(Metrics.of(models.get(model).task()));
    names.add(Gate.ROWS);
    return names;
  }

  /**
   * The metrics of a model by {@link Gate.Metric#key}: for all rows and each slice that has rows,
   * those that are defined, and {@link Gate#ROWS}.
   *
   * @param model the index of the model
   */
  public Map<String, Double> metrics(int model) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int s = 0; s < slices.size(); s++) {
      MetricSums sums = models.get(model).sums(s);
      String slice = slices.get(s).text();
      metrics.put(Gate.ROWS + slice, (double) sums.rows());
      if (sums.rows() > 0) {
        sums.metrics().forEach((name, value) -> metrics.put(name + slice, value));
      }
    }
    return metrics;
  }
}
