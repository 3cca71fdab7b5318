package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.util.Objects;

/**
 * What is judged.
 *
 * @param reference as resolved, such as {@code bikes@prod#7}
 * @param digest SHA-256 of the bundle's bytes: 64 hexadecimal digits, given with or without {@code
 *     sha256:} before them and kept without
 * @param bundle the bundle itself
 */
public record Subject(String reference, String digest, Bundle bundle) {
  private static final String ALGORITHM = "sha256:";

  /** Checks that no part is null, and normalises. */
  public Subject {
    Objects.requireNonNull(reference, "reference");
    digest = hex(digest);
    Objects.requireNonNull(bundle, "bundle");
  }

  /** A digest's hexadecimal digits. */
  static String hex(String digest) {
    return digest.startsWith(ALGORITHM) ? digest.substring(ALGORITHM.length()) : digest;
  }
}
