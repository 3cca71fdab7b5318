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
    return releases(store, seed, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  static Releases releases(ObjectStore store, long seed, Clock clock) {
    return new Releases(
        Registry.in(store),
        new Who("ada", "laptop", ""),
        clock,
        new Random(seed),
        TestBundles.READER,
        attempt -> {});
  }

  static Pruning pruning(ObjectStore store, long seed, Clock clock) {
    return new Pruning(
        Registry.in(store), new Who("cron", "server", ""), clock, new Random(seed), attempt -> {});
  }

  static Clock at(Instant moment) {
    return Clock.fixed(moment, ZoneOffset.UTC);
  }

  static Deployed deploy(Releases releases, Object salt) {
    return releases.deploy(DeployRequest.of("bikes.mlb", TestBundles.bikes(salt), "prod"));
  }
}
