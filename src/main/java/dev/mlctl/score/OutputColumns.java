package dev.mlctl.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an output row holds. Immutable.
 *
 * @param passthrough the input columns to pass on, in order, none for an empty list; empty for all
 * @param prediction the name of the column of predictions
 * @param probabilities whether a column {@code probability_CLASS} follows for each class
 * @param release whether a column {@code model_release} follows
 * @param challenger whether columns of what the challenger predicts come before that: {@code
 *     challenger_prediction} and, with probabilities, {@code challenger_probability_CLASS}; empty
 *     where it predicts nothing
 */
public record OutputColumns(
    Optional<List<String>> passthrough,
    String prediction,
    boolean probabilities,
    boolean release,
    boolean challenger) {
  private static final String CHALLENGER = "challenger_";

  /** The name of the column that holds the model's release. */
  public static final String RELEASE = "model_release";

  /** All input columns, then {@code prediction}. */
  public static final OutputColumns DEFAULT =
      new OutputColumns(Optional.empty(), "prediction", false, false);

  /** Copies. */
  public OutputColumns {
    passthrough = passthrough.map(List::copyOf);
  }

  /** Columns without those of the challenger. */
  public OutputColumns(
      Optional<List<String>> passthrough,
      String prediction,
      boolean probabilities,
      boolean release) {
    this(passthrough, prediction, probabilities, release, false);
  }

  /** The columns that follow those passed on, in order. */
  List<String> added(List<String> classes) {
    List<String> names = new ArrayList<>(List.of(prediction));
    if (probabilities) {
      classes.forEach(name -> names.add("probability_" + name));
    }
    if (challenger) {
      names.add(CHALLENGER + "prediction");
    }
    if (challenger && probabilities) {
      classes.forEach(name -> names.add(CHALLENGER + "probability_" + name));
    }
    if (release) {
      names.add(RELEASE);
    }
    return names;
  }
}
