package dev.mlctl.score;

import dev.mlctl.model.Bundle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is tried beside the model of a run, resolved once and pinned with it. Immutable, but for the
 * bytes, which are shared and not to be changed.
 *
 * @param label what messages and rows call it: {@code bikes@prod~0a1b2c3d4e5f}
 * @param digest SHA-256 of the bytes in hexadecimal, with or without {@code sha256:} before it
 * @param place the bundle's file in the registry; empty when it is in none
 * @param share of the rows that it answers; 0 for a shadow
 * @param key the column that says which rows these are; empty for the whole record
 * @param bytes the bundle as stored
 * @param bundle the bundle as parsed
 * @param leftOut why this run does without it; empty when it takes part
 */
@SuppressWarnings("ArrayRecordComponent") // a copy could cost a gigabyte; equality is never asked
public record ScoredChallenger(
    String label,
    String digest,
    Optional<String> place,
    double share,
    Optional<String> key,
    byte[] bytes,
    Bundle bundle,
    String leftOut) {
  /** Checks that no part is null. */
  public ScoredChallenger {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(bundle, "bundle");
    Objects.requireNonNull(leftOut, "leftOut");
  }

  boolean takesPart() {
    return leftOut.isEmpty();
  }

  String hexDigest() {
    return digest.substring(digest.indexOf(':') + 1);
  }

  /** Every column it needs. */
  List<String> columns() {
    return Stream.concat(bundle.signature().featureNames().stream(), key.stream()).toList();
  }

  /**
   * The same for an input, left out if that cannot be helped: nothing that is tried may keep the
   * champion from answering.
   *
   * @param objects whether the input's rows are JSON objects, any of which may lack a member
   */
  ScoredChallenger facing(Bundle champion, List<InputFile> files, boolean objects) {
    if (!takesPart()) {
      return this;
    }
    if (!bundle.signature().answersLike(champion.signature())) {
      return without("it does not predict what the current release predicts");
    }
    for (InputFile file : files) {
      for (String column : columns()) {
        if (!objects && !file.columns().contains(column)) {
          return without("column \"" + column + "\" is missing in " + file.name());
        }
      }
    }
    return this;
  }

  private ScoredChallenger without(String why) {
    return new ScoredChallenger(label, digest, place, share, key, bytes, bundle, why);
  }

  String mode() {
    return share > 0 ? "canary" : "shadow";
  }

  /** For the run record; what its rows came to is added later. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", label);
    map.put("digest", digest);
    map.put("mode", mode());
    if (share > 0) {
      map.put("share", share);
    }
    key.ifPresent(column -> map.put("key", column));
    if (!takesPart()) {
      map.put("left_out", leftOut);
    }
    return map;
  }
}
