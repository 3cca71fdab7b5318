package dev.mlctl.release.signing;

import java.util.Objects;
import java.util.Optional;

/**
 * What came of checking one signature of a bundle.
 *
 * @param keyHint the id of the key that the signature claims, or empty; whoever wrote the file
 *     chose it
 * @param signer the key that made it, when it is one of those asked for
 * @param problem why it does not count, or empty when it does
 */
public record Verdict(String keyHint, Optional<VerifyingKey> signer, String problem) {
  /** Checks that no part is null. */
  public Verdict {
    Objects.requireNonNull(keyHint, "keyHint");
    Objects.requireNonNull(signer, "signer");
    Objects.requireNonNull(problem, "problem");
  }

  static Verdict bad(String keyHint, String problem) {
    return new Verdict(keyHint, Optional.empty(), problem);
  }

  /** True when one of the keys asked for signed this bundle. */
  public boolean trusted() {
    return problem.isEmpty() && signer.isPresent();
  }
}
