package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.model.GateResult;
import java.util.List;
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

    /**
     * Evaluates a gate on the stored metrics.
     *
     * @throws Failure of kind USAGE when the expression cannot be read
     */
    GateResult evaluate(String gate, Optional<Candidate> current);
  }
}
