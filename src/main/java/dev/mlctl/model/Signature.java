package dev.mlctl.model;

import dev.mlctl.data.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What callers send and get. Immutable.
 *
 * @param task what is predicted
 * @param target the column the model was trained to predict
 * @param features the inputs, matched by name
 * @param classes for classification the classes in the order of their probabilities, at least two;
 *     empty for regression
 */
public record Signature(Task task, String target, List<Feature> features, List<String> classes) {
  /** Copies and checks. */
  public Signature {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(target, "target");
    features = List.copyOf(features);
    classes = List.copyOf(classes);
    Shapes.distinct(features.stream().map(Feature::name).toList(), "features");
    Shapes.distinct(classes, "classes");
    if (task == Task.CLASSIFICATION ? classes.size() < 2 : !classes.isEmpty()) {
      throw new IllegalArgumentException(task + " with " + classes.size() + " classes");
    }
  }

  /** How many output columns: 1 for regression, one probability per class otherwise. */
  public int outputs() {
    return task == Task.REGRESSION ? 1 : classes.size();
  }

  /** The features' names in order. */
  public List<String> featureNames() {
    return features.stream().map(Feature::name).toList();
  }

  /**
   * What would break the callers of a model with the signature {@code current} if this one took its
   * place: a feature they do not send, one whose type changed, another task or other classes.
   *
   * @return one sentence each; empty when this can take its place
   */
  public List<String> incompatibilities(Signature current) {
    List<String> found = new ArrayList<>();
    if (task != current.task) {
      found.add("the task changes from " + lower(current.task) + " to " + lower(task));
    } else if (!classes.equals(current.classes)) {
      found.add("the classes change from " + current.classes + " to " + classes);
    }
    Map<String, Feature> sent =
        current.features.stream().collect(Collectors.toMap(Feature::name, Function.identity()));
    for (Feature feature : features) {
      Feature before = sent.get(feature.name());
      if (before == null) {
        found.add("feature \"" + feature.name() + "\" is new, so callers do not send it");
      } else if (before.type() != feature.type()) {
        found.add(
            "feature \"%s\" changes from %s to %s"
                .formatted(feature.name(), lower(before.type()), lower(feature.type())));
      }
    }
    return found;
  }

  /** Whether its outputs mean what those of another do: the same task, with the same classes. */
  public boolean answersLike(Signature other) {
    return task == other.task && classes.equals(other.classes);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
