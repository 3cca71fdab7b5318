package dev.mlctl.release;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which release a rollback goes back to when nobody names one.
 *
 * <p>The newest earlier release whose bundle differs from the current one and is neither revoked
 * nor condemned. A rollback condemns the bundle it leaves, and monitoring the bundle it found
 * critical, wherever in the log so far that bundle appears; deploying the bundle again, or going
 * back to it by name, is a person's word that it is good after all. A rollback by name to a
 * <em>newer</em> deploy undoes an earlier rollback and condemns nothing.
 */
final class LastGood {
  private LastGood() {}

  /**
   * The default target, or empty when there is none.
   *
   * @param releases the whole log
   * @param verdicts those of monitoring that condemn
   */
  static Optional<ReleaseRecord> of(List<ReleaseRecord> releases, Collection<Verdict> verdicts) {
    if (releases.isEmpty()) {
      return Optional.empty();
    }
    ReleaseRecord newest = releases.get(releases.size() - 1);
    Set<String> condemned = condemned(releases, verdicts);
    condemned.addAll(newest.revoked());
    String current = newest.digest();
    for (int i = releases.size() - 2; i >= 0; i--) {
      String digest = releases.get(i).digest();
      if (!digest.equals(current) && !condemned.contains(digest)) {
        return Optional.of(releases.get(i));
      }
    }
    return Optional.empty();
  }

  /** The bundles that are condemned after the last release, each event taken in its turn. */
  private static Set<String> condemned(List<ReleaseRecord> releases, Collection<Verdict> verdicts) {
    Set<String> condemned = new HashSet<>();
    Set<Long> left = leftBehind(releases);
    Map<Long, Set<String>> judged = judged(releases, verdicts);
    for (ReleaseRecord release : releases) {
      condemned.remove(release.digest());
      if (left.contains(release.number())) {
        condemned.add(release.digest());
      }
      condemned.addAll(judged.getOrDefault(release.number(), Set.of()));
    }
    return condemned;
  }

  /** The bundles found critical, by the newest release at that time. */
  private static Map<Long, Set<String>> judged(
      List<ReleaseRecord> releases, Collection<Verdict> verdicts) {
    Map<Long, Set<String>> judged = new HashMap<>();
    for (Verdict verdict : verdicts) {
      if (verdict.release() <= releases.size()) {
        long asOf = Math.min(verdict.asOf(), releases.size());
        String digest = releases.get((int) verdict.release() - 1).digest();
        judged.computeIfAbsent(asOf, number -> new HashSet<>()).add(digest);
      }
    }
    return judged;
  }

  /** The numbers of the releases that the next one rolled back from. */
  static Set<Long> leftBehind(List<ReleaseRecord> releases) {
    Map<Long, Long> origins = new HashMap<>();
    Set<Long> left = new HashSet<>();
    long before = 0;
    for (ReleaseRecord release : releases) {
      long to = release.to().orElse(release.number());
      long origin = origins.getOrDefault(to, to);
      origins.put(release.number(), origin);
      if (release.kind() == ReleaseRecord.Kind.ROLLBACK && origin < before) {
        left.add(release.number() - 1);
      }
      before = origin;
    }
    return left;
  }
}
