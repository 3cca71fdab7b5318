package dev.mlctl.score;

import dev.mlctl.model.Bundle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The model of a run, resolved once and pinned. Immutable, but for the bytes, which are shared and
 * not to be changed.
 *
 * @param reference what messages and rows call it: {@code bikes@prod#7}, or a bundle's path
 * @param environment where it is released, or empty for a bundle file
 * @param release its number there, or empty for a bundle file
 * @param digest SHA-256 of the bytes in hexadecimal, with or without {@code sha256:} before it
 * @param home where it lies in a registry; empty for a bundle file
 * @param bytes the bundle as stored
 * @param bundle the bundle as parsed
 */
@SuppressWarnings("ArrayRecordComponent") // a copy could cost a gigabyte; equality is never asked
public record ScoredModel(
    String reference,
    String environment,
    OptionalLong release,
    String digest,
    Optional<Home> home,
    byte[] bytes,
    Bundle bundle) {
  private static final int SHORT_DIGEST = 12;

  /**
   * A release's places in a registry, as paths that score can read and write.
   *
   * @param bundle the bundle's file
   * @param runs the folder of run records
   */
  public record Home(String bundle, String runs) {}

  /** Checks that no part is null. */
  public ScoredModel {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(bundle, "bundle");
  }

  /** What the column {@code model_release} says: the release, or for a file its short digest. */
  String label() {
    return release.isPresent() ? reference : hexDigest().substring(0, SHORT_DIGEST);
  }

  /** Everywhere that workers go for the model's sake. */
  List<String> places() {
    return home.map(h -> List.of(h.bundle(), h.runs())).orElse(List.of());
  }

  String hexDigest() {
    return digest.substring(digest.indexOf(':') + 1);
  }
}
