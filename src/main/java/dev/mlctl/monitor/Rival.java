package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.time.Instant;
import java.util.Objects;

/**
 * What is tried beside the release that is judged.
 *
 * @param label what rows that it answered say: {@code bikes@prod~0a1b2c3d4e5f}
 * @param digest SHA-256 of the bundle's bytes: 64 hexadecimal digits, given with or without {@code
 *     sha256:} before them and kept without
 * @param bundle the bundle itself
 * @param since when it began; runs before that are not looked at
 */
public record Rival(String label, String digest, Bundle bundle, Instant since) {
  /** Checks that no part is null, and normalises. */
  public Rival {
    Objects.requireNonNull(label, "label");
    digest = Subject.hex(digest);
    Objects.requireNonNull(bundle, "bundle");
    Objects.requireNonNull(since, "since");
  }
}
