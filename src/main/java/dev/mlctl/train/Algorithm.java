package dev.mlctl.train;

import dev.mlctl.model.Task;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be fitted, with the parameters each algorithm knows and their defaults. */
@SuppressWarnings("ImmutableEnumChecker") // the sets, maps and lists are copied and unmodifiable
public enum Algorithm {
  /** Ordinary least squares. */
  OLS(Kind.LINEAR, Set.of(Task.REGRESSION), defaults("method", "svd")),
  /** Least squares with an L2 penalty. */
  RIDGE(Kind.LINEAR, Set.of(Task.REGRESSION), defaults("lambda", 1.0)),
  /** Least squares with an L1 penalty. */
  LASSO(
      Kind.LINEAR,
      Set.of(Task.REGRESSION),
      defaults("lambda", 1.0, "tolerance", 1e-4, "max_iterations", 1000L)),
  /** Least squares with both penalties. */
  ELASTIC_NET(
      Kind.LINEAR,
      Set.of(Task.REGRESSION),
      defaults("lambda1", 1.0, "lambda2", 1.0, "tolerance", 1e-4, "max_iterations", 1000L)),
  /** Binary or multinomial logistic regression with an L2 penalty. */
  LOGISTIC_REGRESSION(
      Kind.LINEAR,
      Set.of(Task.CLASSIFICATION),
      defaults("lambda", 0.1, "tolerance", 1e-5, "max_iterations", 500L)),
  /** One CART tree. */
  DECISION_TREE(
      Kind.TREES,
      EnumSet.allOf(Task.class),
      defaults("max_depth", 20L, "max_nodes", 512L, "node_size", 5L, "split_rule", "gini")),
  /** Bagged CART trees on random subsets of the features. */
  RANDOM_FOREST(
      Kind.TREES,
      EnumSet.allOf(Task.class),
      defaults(
          "trees", 200L, "max_depth", 20L, "node_size", 5L, "subsample", 1.0, "split_rule", "gini"),
      "max_nodes",
      "features_per_split"),
  /** Gradient boosting of CART trees: least squares, or logistic loss for classes. */
  GRADIENT_BOOSTING(
      Kind.TREES,
      EnumSet.allOf(Task.class),
      defaults("trees", 300L, "max_depth", 6L, "node_size", 5L, "shrinkage", 0.1, "subsample", 0.7),
      "max_nodes"),
  /** A multilayer perceptron trained by RMSProp on mini-batches. */
  MLP(
      Kind.NETWORK,
      EnumSet.allOf(Task.class),
      defaults(
          "hidden",
          List.of(32L, 16L),
          "activation",
          "rectifier",
          "epochs",
          30L,
          "batch_size",
          32L,
          "learning_rate",
          0.001,
          "lambda",
          0.0));

  /** What decides the default pre-processing. */
  enum Kind {
    LINEAR,
    TREES,
    NETWORK
  }

  private final Kind kind;
  private final Set<Task> tasks;
  private final Map<String, Object> defaults;
  private final List<String> withoutDefault;

  Algorithm(Kind kind, Set<Task> tasks, Map<String, Object> defaults, String... withoutDefault) {
    this.kind = kind;
    this.tasks = Collections.unmodifiableSet(EnumSet.copyOf(tasks));
    this.defaults = defaults;
    this.withoutDefault = List.of(withoutDefault);
  }

  private static Map<String, Object> defaults(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  /** The name in configuration files: {@code gradient_boosting}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The algorithm with a name that {@link #key} gives. */
  public static Algorithm of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** Every algorithm's name. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Algorithm::key).toList();
  }

  /** The tasks it can do. */
  public Set<Task> tasks() {
    return tasks;
  }

  /** The algorithms for a task, as a sentence lists them. */
  static String listFor(Task task) {
    return Arrays.stream(values())
        .filter(a -> a.tasks.contains(task))
        .map(Algorithm::key)
        .collect(Collectors.joining(", "));
  }

  Kind kind() {
    return kind;
  }

  /** Its parameters with the values they have when not given. */
  Map<String, Object> defaults() {
    return defaults;
  }

  /** The names of its parameters. */
  List<String> parameters() {
    List<String> names = new java.util.ArrayList<>(defaults.keySet());
    names.addAll(withoutDefault);
    return names;
  }
}
