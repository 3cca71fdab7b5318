package dev.mlctl.release;

import java.util.Objects;

/**
 * A challenger that may be used at one moment, its bundle read and checked.
 *
 * @param challenger what its note says
 * @param bundle the bundle's bytes; shared, not to be changed
 * @param place where the bundle lies, for workers that read it themselves
 */
@SuppressWarnings("ArrayRecordComponent") // a copy could cost a gigabyte; equality is never asked
public record ResolvedChallenger(Challenger challenger, byte[] bundle, String place) {
  /** Checks that no part is null. */
  public ResolvedChallenger {
    Objects.requireNonNull(challenger, "challenger");
    Objects.requireNonNull(bundle, "bundle");
    Objects.requireNonNull(place, "place");
  }
}
