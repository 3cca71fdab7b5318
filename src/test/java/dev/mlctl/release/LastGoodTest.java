package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Where a rollback goes by default: the cases are in last-good.csv. */
class LastGoodTest {
  @ParameterizedTest
  @CsvFileSource(resources = "last-good.csv", delimiter = '|')
  void goes_back_to_the_last_good_release(String log, String expected, String why) {
    List<Verdict> verdicts = new ArrayList<>();
    List<ReleaseRecord> releases = releases(log, verdicts);
    String target =
        LastGood.of(releases, verdicts).map(release -> "" + release.number()).orElse("none");
    assertEquals(expected, target, why);
  }

  /**
   * A letter deploys the bundle of that name; {@code <2} rolls back to release 2; {@code !2} finds
   * release 2 critical; {@code x2} revokes release 2 and leaves the current bundle as it is.
   */
  private static List<ReleaseRecord> releases(String log, List<Verdict> verdicts) {
    List<ReleaseRecord> releases = new ArrayList<>();
    List<String> revoked = new ArrayList<>();
    for (String step : log.trim().split(" +", -1)) {
      if (step.startsWith("!")) {
        verdicts.add(verdict(Long.parseLong(step.substring(1)), releases.size()));
        continue;
      }
      boolean rollback = step.startsWith("<");
      boolean revoke = step.startsWith("x");
      OptionalLong named =
          rollback || revoke
              ? OptionalLong.of(Long.parseLong(step.substring(1)))
              : OptionalLong.empty();
      if (revoke) {
        revoked.add(releases.get((int) named.getAsLong() - 1).digest());
      }
      OptionalLong to = revoke ? OptionalLong.of(releases.size()) : named;
      String digest =
          to.isPresent()
              ? releases.get((int) to.getAsLong() - 1).digest()
              : Digest.of(step.getBytes(StandardCharsets.UTF_8));
      releases.add(
          record(
              releases.size() + 1,
              to,
              digest,
              revoke ? named : OptionalLong.empty(),
              List.copyOf(revoked)));
    }
    return releases;
  }

  private static Verdict verdict(long release, long asOf) {
    return new Verdict(
        release, asOf, true, "drift", List.of(), Optional.empty(), new Who("", "", ""));
  }

  private static ReleaseRecord record(
      long number, OptionalLong to, String digest, OptionalLong revokes, List<String> revoked) {
    ReleaseRecord.Kind rollback =
        to.isPresent() ? ReleaseRecord.Kind.ROLLBACK : ReleaseRecord.Kind.DEPLOY;
    return new ReleaseRecord(
        number,
        "operation",
        Optional.empty(),
        revokes.isPresent() ? ReleaseRecord.Kind.REVOKE : rollback,
        "bikes",
        "prod",
        digest,
        1,
        to,
        number == 1 ? Optional.empty() : Optional.of(digest),
        new Who("", "", ""),
        Registries.NOON,
        "",
        List.of(),
        revokes,
        revoked);
  }
}
