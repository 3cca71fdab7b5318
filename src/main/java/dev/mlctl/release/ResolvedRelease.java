package dev.mlctl.release;

import java.util.Objects;
import java.util.Optional;

/**
 * A bundle that a reference named at one moment, read and checked. Holding on to it pins the model:
 * a later deploy does not change it.
 *
 * @param reference what was asked for
 * @param release the release's record, or empty for a bundle file
 * @param digest the bundle's digest, {@code sha256:} and 64 hex digits, computed from the bytes
 * @param bundle the bundle's bytes; shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a copy could cost a gigabyte; equality is never asked
public record ResolvedRelease(
    Reference reference, Optional<ReleaseRecord> release, String digest, byte[] bundle) {
  /** Checks that no part is null. */
  public ResolvedRelease {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(bundle, "bundle");
  }

  /** {@code bikes@prod#7}, or the path of a bundle file. */
  public String pinned() {
    return release.map(ReleaseRecord::reference).orElseGet(reference::toString);
  }
}
