package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.DeployRequest;
import dev.mlctl.release.History;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Registry;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.Releases;
import dev.mlctl.release.TrustPolicy;
import dev.mlctl.release.Who;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in the log of {@code line@prod}, read in this process.
 *
 * @param releases number, kind, bundle and reason of each release, oldest first
 */
record LogState(List<String> releases) {
  /** Reads a registry, and verifies every record, every link of the chain and every bundle. */
  static LogState of(Path registry) {
    Releases releases = releases(registry);
    List<String> found = new ArrayList<>();
    for (History.Entry entry : history(releases)) {
      ReleaseRecord each = entry.release();
      releases.resolve(Reference.parse("line@prod#" + each.number()));
      found.add(
          String.join(" ", "" + each.number(), "" + each.kind(), each.digest(), each.reason()));
    }
    return new LogState(found);
  }

  private static List<History.Entry> history(Releases releases) {
    try {
      return releases.history("line", "prod").entries();
    } catch (Failure e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** Makes one more release of {@code line@prod} in this process, and looks whether it is there. */
  void nextDeployWorks(Path registry, byte[] bundle) {
    releases(registry).deploy(DeployRequest.of("next.mlb", bundle, "prod"));
    assertEquals(releases.size() + 1, of(registry).releases().size());
  }

  private static Releases releases(Path registry) {
    return new Releases(
        Registry.open(registry),
        new Who("", "", ""),
        Clock.systemUTC(),
        new SecureRandom(),
        TrustPolicy.NONE);
  }
}
