package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Appends one release to a log (the protocol of the registry):
 *
 * <ol>
 *   <li>read the log to its head and check the preconditions against it;
 *   <li>create the record head+1, which is the commit;
 *   <li>a record exists: read it. Ours means that an earlier reply was lost and we succeeded;
 *       another's means that we lost the race: wait a little, and begin again with the new head;
 *   <li>the outcome is unknown: read the same number back, and create the same bytes there again,
 *       until it is known. The next number is never tried while one is unresolved, because the lost
 *       write may still arrive and the operation would be committed twice.
 * </ol>
 *
 * Records hold a random operation id, so two operations never write equal bytes, and equal bytes
 * read back are our own record. Failures tell the truth: STORAGE only when nothing was and will be
 * committed, UNKNOWN_OUTCOME whenever there is doubt.
 */
final class Commit {
  private static final int RACES = 200;
  private static final int ATTEMPTS = 12;

  private final ObjectStore store;
  private final Pause pause;

  Commit(ObjectStore store, Pause pause) {
    this.store = store;
    this.pause = pause;
  }

  /**
   * What an operation wants, given what it sees of the log.
   *
   * @param release the release to append, or the one that already is what was wanted
   * @param needed false when there is nothing to append
   */
  record Step(ReleaseRecord release, boolean needed) {}

  /**
   * Appends the release that {@code next} makes of the newest view of the log.
   *
   * @param read reads the log
   * @param next checks the preconditions, again after every lost race; throws when they do not hold
   */
  Step append(
      ReleaseLog log, Supplier<ReleaseLog.View> read, Function<ReleaseLog.View, Step> next) {
    for (int race = 0; race < RACES; race++) {
      pause.beforeCommit(race); // whoever lost a race knows whose record is where its own would be
      ReleaseLog.View view = read.get();
      Step step = next.apply(view);
      if (!step.needed() || create(log, step.release())) {
        return step;
      }
    }
    throw Failure.of(
            FailureKind.CONFLICT,
            "lost the race for the next release of %s %d times; nothing was committed",
            log.reference(),
            RACES)
        .hint("many writers are at work on this model and environment: try again");
  }

  /** True when the record is in the log, false when another operation's is there instead. */
  private boolean create(ReleaseLog log, ReleaseRecord release) {
    String key = log.key(release.number());
    byte[] bytes = RecordFormat.write(release);
    boolean inDoubt = false;
    Failure trouble = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        pause.before(attempt);
        // THE COMMIT POINT. Before this call nothing is released; once the store has created the
        // object the release is made, whatever happens to us or to the reply.
        PutResult result = store.putIfAbsent(key, bytes);
        if (result == PutResult.CREATED) {
          return true;
        }
        inDoubt = true;
        Optional<byte[]> there = store.get(key, RecordFormat.LARGEST);
        if (there.isPresent()) {
          return isOurs(key, bytes, there.get());
        }
      } catch (Failure e) {
        if (!inDoubt) {
          throw e;
        }
        trouble = e;
        if (e.kind() == FailureKind.INTERRUPTED) {
          break;
        }
      }
    }
    throw unknown(release, store.place(key), trouble);
  }

  /** Other bytes are another's record only if they are sound: ours may have been damaged since. */
  private boolean isOurs(String key, byte[] ours, byte[] there) {
    if (Arrays.equals(there, ours)) {
      return true;
    }
    RecordFormat.checkTrailer(store.place(key), there);
    return false;
  }

  private static Failure unknown(ReleaseRecord release, String place, Failure trouble) {
    String why =
        trouble == null ? "the storage gave no clear answer" : trouble.problems().get(0).message();
    return Failure.of(
            FailureKind.UNKNOWN_OUTCOME,
            "cannot tell whether %s was made: %s",
            release.reference(),
            why.replace("; nothing was committed", ""))
        .at(place)
        .hint(
            "look at \"mlctl history %s@%s\" for operation %s before you try again"
                .formatted(release.model(), release.env(), release.operation()))
        .causedBy(trouble);
  }
}
