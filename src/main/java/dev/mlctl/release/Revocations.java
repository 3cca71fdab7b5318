package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * Bundles that a model and environment must never use again. They are told by digest, so the same
 * bundle under another release number, or deployed once more, is revoked as well; another model or
 * environment is not concerned.
 */
final class Revocations {
  private Revocations() {}

  /** True when the second of two neighbouring records keeps and adds what it must and may. */
  static boolean follow(ReleaseRecord before, ReleaseRecord after) {
    int kept = before.revoked().size();
    int added = after.kind() == ReleaseRecord.Kind.REVOKE ? 1 : 0;
    return after.revoked().size() == kept + added
        && after.revoked().subList(0, kept).equals(before.revoked());
  }

  /**
   * Refuses a bundle that was revoked.
   *
   * @param act what was to be done with it, such as "deploy bikes to prod"
   */
  static void refuse(String act, ReleaseLog.View log, String digest) {
    if (log.revoked().contains(digest)) {
      throw Failure.of(
              FailureKind.TRUST,
              "cannot %s: the bundle %s was revoked%s",
              act,
              Digest.hex(digest).substring(0, 12),
              by(log.records(), digest))
          .hint(
              "it is never to be used there again; see \"mlctl history %s@%s\""
                  .formatted(log.model(), log.env()));
    }
  }

  /** By which release, when that is among those in view. */
  private static String by(List<ReleaseRecord> releases, String digest) {
    OptionalLong number =
        releases.stream()
            .filter(release -> release.kind() == ReleaseRecord.Kind.REVOKE)
            .filter(release -> release.revoked().indexOf(digest) == release.revoked().size() - 1)
            .mapToLong(ReleaseRecord::number)
            .findFirst();
    return number.isPresent() ? " by release " + number.getAsLong() : "";
  }
}
