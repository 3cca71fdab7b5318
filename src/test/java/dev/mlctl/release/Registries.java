package dev.mlctl.release;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

/** Releases over test bundles, with a fixed clock, a seed and no waiting. */
final class Registries {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private Registries() {}

  static Releases releases(ObjectStore store) {
    return releases(store, 42);
  }

  static Releases releases(ObjectStore store, long seed) {
    return new Releases(
        Registry.in(store),
        new Who("ada", "laptop", ""),
        Clock.fixed(NOON, ZoneOffset.UTC),
        new Random(seed),
        TestBundles.READER,
        attempt -> {});
  }

  static Deployed deploy(Releases releases, Object salt) {
    return releases.deploy(DeployRequest.of("bikes.mlb", TestBundles.bikes(salt), "prod"));
  }
}
