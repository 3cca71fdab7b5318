package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.model.Evaluation;
import dev.mlctl.model.Gate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the registry asks of a bundle; the answers come from the room {@code model}. */
@FunctionalInterface
interface BundleReader {
  /**
   * Parses a bundle.
   *
   * @param place where the bytes come from, for messages
   * @throws Failure of kind INVALID when they are not a bundle
   */
  Candidate read(String place, byte[] bytes);

  /** A parsed bundle. */
  interface Candidate {
    /** The model's name. */
    String name();

    /**
     * Scores the golden rows.
     *
     * @throws Failure of kind INVALID when the predictions differ from those in the bundle
     */
    void prove();

    /** What would break callers of {@code current}, one line each. */
    List<String> incompatibilities(Candidate current);

    /** Whether it predicts what {@code current} predicts: the same task, with the same classes. */
    boolean answersLike(Candidate current);

    /** The stored metrics. */
    Map<String, Double> metrics();

    /** An evaluation of this bundle's model and, second, that of the current release if given. */
    Evaluation evaluation(Optional<Candidate> current, Collection<Gate.Metric> wanted);
  }
}
