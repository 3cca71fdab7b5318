package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.util.Objects;

/**
 * What is judged.
 *
 * @param reference as resolved, such as {@code bikes@prod#7}
 * @param digest SHA-256 of the bundle's bytes, 64 hexadecimal digits
 * @param bundle the bundle itself
 */
public record Subject(String reference, String digest, Bundle bundle) {
  /** Checks that no part is null. */
  public Subject {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(bundle, "bundle");
  }
}
