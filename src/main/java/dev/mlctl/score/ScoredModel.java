package dev.mlctl.score;

import dev.mlctl.model.Bundle;
import java.time.Duration;
import java.util.ArrayList;
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
 * @param challenger what is tried beside it, if anything is
 * @param load what it took to parse it; zero when nobody knows
 */
@SuppressWarnings("ArrayRecordComponent") // a copy could cost a gigabyte; equality is never asked
public record ScoredModel(
    String reference,
    String environment,
    OptionalLong release,
    String digest,
    Optional<Home> home,
    byte[] bytes,
    Bundle bundle,
    Optional<ScoredChallenger> challenger,
    Duration load) {
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
    Objects.requireNonNull(challenger, "challenger");
    Objects.requireNonNull(load, "load");
  }

  /** A model with nothing beside it, that nobody timed. */
  public ScoredModel(
      String reference,
      String environment,
      OptionalLong release,
      String digest,
      Optional<Home> home,
      byte[] bytes,
      Bundle bundle) {
    this(
        reference,
        environment,
        release,
        digest,
        home,
        bytes,
        bundle,
        Optional.empty(),
        Duration.ZERO);
  }

  /** The same with something that is tried beside it. */
  public ScoredModel beside(Optional<ScoredChallenger> tried) {
    return new ScoredModel(
        reference, environment, release, digest, home, bytes, bundle, tried, load);
  }

  /** The same with what it took to parse it. */
  public ScoredModel loadedIn(Duration time) {
    return new ScoredModel(
        reference, environment, release, digest, home, bytes, bundle, challenger, time);
  }

  /** The same for an input, which may lack what the challenger needs. */
  ScoredModel facing(ScoreSource source, List<InputFile> files) {
    boolean objects = source.format() == RowFormat.JSON;
    return beside(challenger.map(tried -> tried.facing(bundle, files, objects)));
  }

  /** The challenger that takes part. */
  Optional<ScoredChallenger> rival() {
    return challenger.filter(ScoredChallenger::takesPart);
  }

  /** Makes the bundles known to the workers of this process. */
  void share() {
    Models.share(hexDigest(), bundle, load.toNanos());
    rival().ifPresent(rival -> Models.share(rival.hexDigest(), rival.bundle(), 0));
  }

  /** What the column {@code model_release} says: the release, or for a file its short digest. */
  String label() {
    return release.isPresent() ? reference : hexDigest().substring(0, SHORT_DIGEST);
  }

  /** Everywhere that workers go for the model's sake. */
  List<String> places() {
    List<String> places = new ArrayList<>();
    home.ifPresent(h -> places.addAll(List.of(h.bundle(), h.runs())));
    rival().flatMap(ScoredChallenger::place).ifPresent(places::add);
    return places;
  }

  String hexDigest() {
    return digest.substring(digest.indexOf(':') + 1);
  }
}
