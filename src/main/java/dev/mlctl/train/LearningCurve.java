package dev.mlctl.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a model's error falls as it grows. Less is better.
 *
 * @param metric {@code rmse} or {@code log_loss}
 * @param trees how many trees of each score were used, ascending
 * @param train the metric on rows the model was fitted on, one for each
 * @param test the metric on rows held out; empty without such rows
 * @param trainRows how many rows were looked at, evenly taken where there are very many
 * @param testRows the same of the rows held out
 */
public record LearningCurve(
    String metric,
    List<Integer> trees,
    List<Double> train,
    List<Double> test,
    int trainRows,
    int testRows) {
  /** Copies. */
  public LearningCurve {
    trees = List.copyOf(trees);
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** The index of the lowest error on rows held out, or −1. */
  int best() {
    int best = -1;
    for (int i = 0; i < test.size(); i++) {
      best = best < 0 || test.get(i) < test.get(best) ? i : best;
    }
    return best;
  }

  /** As JSON has it. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("metric", metric);
    map.put("trees", new ArrayList<>(trees));
    map.put("train", new ArrayList<>(train));
    map.put("test", new ArrayList<>(test));
    map.put("train_rows", trainRows);
    map.put("test_rows", testRows);
    return map;
  }
}
