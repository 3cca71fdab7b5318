package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Pruned.Outcome;
import dev.mlctl.release.Pruned.Unused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Takes bundles out of a registry that no release refers to, old or new: those of deploys that
 * failed or were killed before their record. It condemns first and deletes in a later run, after a
 * grace period; why no deploy can lose its bundle by that is told in {@code Fate}. Records, run
 * records and verdicts are never touched.
 */
public final class Pruning {
  /** The shortest grace period: far longer than any deploy takes. */
  public static final Duration SHORTEST_GRACE = Duration.ofDays(1);

  private final Registry registry;
  private final Who who;
  private final Clock clock;
  private final Pause pause;
  private final String operation;

  /**
   * Pruning of one registry.
   *
   * @param random where the operation's id and the jitter of retries come from; see {@link
   *     Releases}
   */
  public Pruning(Registry registry, Who who, Clock clock, RandomGenerator random) {
    this(registry, who, clock, random, Pause.jittered(random));
  }

  Pruning(Registry registry, Who who, Clock clock, RandomGenerator random, Pause pause) {
    this.registry = registry;
    this.who = who;
    this.clock = clock;
    this.pause = pause;
    this.operation = Releases.operation(random);
  }

  /**
   * Condemns what is unused and deletes what has been condemned for long enough.
   *
   * @param grace how long a bundle stays condemned before it is deleted
   * @param dryRun true to change nothing
   * @throws Failure of kind USAGE when the grace period is too short or nothing can be deleted from
   *     this kind of registry, of kind INVALID when a log is damaged: then nobody can tell what it
   *     refers to, and nothing is touched
   */
  public Pruned prune(Duration grace, boolean dryRun) {
    if (grace.compareTo(SHORTEST_GRACE) < 0) {
      throw Failure.of(
              FailureKind.USAGE, "the grace period %s is shorter than a day", grace.toString())
          .hint("a deploy that is under way must be able to finish before its bundle is deleted");
    }
    PrunableStore store = prunable();
    registry.requirePresent();
    return new Run(store, grace, dryRun, clock.instant()).prune();
  }

  private PrunableStore prunable() {
    if (registry.store() instanceof PrunableStore store) {
      return store;
    }
    throw Failure.of(FailureKind.USAGE, "cannot prune a registry in this kind of storage")
        .at(registry.place());
  }

  /** One run; it is at {@code start} that all ages are reckoned, before any log is read. */
  private final class Run {
    private final PrunableStore store;
    private final Duration grace;
    private final boolean dryRun;
    private final Instant start;
    private final List<String> warnings = new ArrayList<>();

    Run(PrunableStore store, Duration grace, boolean dryRun, Instant start) {
      this.store = store;
      this.grace = grace;
      this.dryRun = dryRun;
      this.start = start;
    }

    Pruned prune() {
      Set<String> referred = referred();
      List<Unused> unused = new ArrayList<>();
      int kept = 0;
      for (String name : store.list(Blobs.FOLDER)) {
        String digest = "sha256:" + name;
        if (!Digest.isDigest(digest)) {
          warnings.add("left alone, not a bundle: " + store.place(Blobs.FOLDER + "/" + name));
        } else if (referred.contains(digest)) {
          kept++;
        } else {
          unused.add(unused(digest));
        }
      }
      return new Pruned(dryRun, grace, kept, unused, leftovers(), warnings);
    }

    /**
     * Every bundle that a record names, whatever became of the release, and those that the newest
     * challengers try.
     */
    private Set<String> referred() {
      Logs logs = Logs.of(store);
      if (!logs.strangers().isEmpty()) {
        throw Failure.of(
                FailureKind.INVALID,
                "cannot prune: this is no model of mlctl's, and may hold releases that use bundles")
            .at(store.place(logs.strangers().get(0)))
            .hint("move it out of the registry");
      }
      Set<String> digests = new HashSet<>();
      for (ReleaseLog log : logs.logs()) {
        // Before the log: one that is promoted in between is found in either.
        new ChallengerNotes(store, pause, log)
            .relied()
            .ifPresent(challenger -> digests.add(challenger.digest()));
        log.readAll().records().forEach(release -> digests.add(release.digest()));
      }
      return digests;
    }

    private Unused unused(String digest) {
      long size = 0;
      try {
        size = store.size(Blobs.key(digest)).orElse(0);
        return decide(digest, size);
      } catch (Failure e) {
        if (e.kind() == FailureKind.INTERRUPTED) {
          throw e;
        }
        leftAlone(e);
        return new Unused(digest, size, Outcome.LEFT, start);
      }
    }

    private Unused decide(String digest, long size) {
      Fate fate = new Fate(store, pause, digest, who, clock, operation);
      Fate.Now now = fate.now();
      if (now.word() == Fate.Word.CONDEMNED) {
        Instant due = now.since().plus(grace);
        if (!now.isOlder(grace, start)) {
          return new Unused(digest, size, Outcome.WAITING, due);
        }
        boolean gone = dryRun || delete(fate, now, digest);
        return new Unused(digest, size, gone ? Outcome.DELETED : Outcome.LEFT, due);
      }
      if (now.word() == Fate.Word.DELETING && !now.isOlder(Fate.SETTLED, start)) {
        return new Unused(digest, size, Outcome.LEFT, start);
      }
      boolean condemned = dryRun || fate.condemn(now);
      return new Unused(
          digest, size, condemned ? Outcome.CONDEMNED : Outcome.LEFT, start.plus(grace));
    }

    private boolean delete(Fate fate, Fate.Now condemned, String digest) {
      Instant before = clock.instant();
      if (!fate.sentence(condemned)) {
        return false;
      }
      if (clock.instant().isAfter(before.plus(Fate.PROMPT))) {
        warnings.add("left alone for another grace period, the storage is too slow: " + digest);
        return false;
      }
      store.delete(Blobs.key(digest));
      return true;
    }

    private List<Leftover> leftovers() {
      List<Leftover> old = new ArrayList<>();
      for (Leftover leftover : store.leftovers()) {
        if (leftover.since().isBefore(start.minus(grace)) && (dryRun || discard(leftover))) {
          old.add(leftover);
        }
      }
      return old;
    }

    private boolean discard(Leftover leftover) {
      try {
        store.deleteLeftover(leftover);
        return true;
      } catch (Failure e) {
        leftAlone(e);
        return false;
      }
    }

    /** One thing that cannot be dealt with is no reason to leave the others. */
    private void leftAlone(Failure e) {
      warnings.add("left alone: " + e.getMessage() + " (" + e.problems().get(0).at() + ")");
    }
  }
}
