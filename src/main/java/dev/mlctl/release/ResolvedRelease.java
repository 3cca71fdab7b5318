package dev.mlctl.release;

import java.util.List;
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
 * @param revoked true when the bundle must never be used again where it is released
 */
@SuppressWarnings("ArrayRecordComponent") // a copy could cost a gigabyte; equality is never asked
public record ResolvedRelease(
    Reference reference,
    Optional<ReleaseRecord> release,
    String digest,
    byte[] bundle,
    boolean revoked) {
  /** Checks that no part is null. */
  public ResolvedRelease {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(bundle, "bundle");
  }

  /**
   * The signatures that lie beside a bundle file; none for a release, whose are in the registry.
   */
  public List<SignatureFile> signaturesBeside() {
    return reference instanceof Reference.BundleFile file
        ? SignatureFile.beside(file.path())
        : List.of();
  }

  /** {@code bikes@prod#7}, or the path of a bundle file. */
  public String pinned() {
    return release.map(ReleaseRecord::reference).orElseGet(reference::toString);
  }
}
