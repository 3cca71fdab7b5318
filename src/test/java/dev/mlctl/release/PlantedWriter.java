package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * The commit protocol written once more, short and with a bug planted in it, to prove that the
 * simulation would find such a bug. It shares the formats with the real thing and nothing of the
 * protocol.
 */
final class PlantedWriter implements Writer {
  private static final int RACES = 50;
  private static final int ATTEMPTS = 12;

  private final ObjectStore store;
  private final Random random;
  private final Bug bug;
  private int race;
  private ReleaseLog.View hint = new ReleaseLog.View("bikes", "prod", List.of());

  /** What may be wrong with a protocol. */
  enum Bug {
    /** Nothing: the control, which must pass. */
    NONE,
    /** An answer of 412 is a lost race, even when the record there is our own. */
    TREATS_EXISTS_AS_LOST,
    /** An answer of 412 is our own earlier success, even when the record there is another's. */
    TREATS_EXISTS_AS_OURS,
    /** The next number is tried while one is unresolved. */
    GOES_ON_WHILE_UNKNOWN,
    /** A reader leaves out what it cannot read. */
    SKIPS_A_BAD_RECORD,
    /** The head that was seen last is taken for the head. */
    TRUSTS_A_HINT,
    /** Doubt is called "nothing was committed". */
    DENIES_WHEN_IN_DOUBT,
    /** Doubt is called success. */
    CLAIMS_WHEN_IN_DOUBT,
    /** After a lost race the same thing is tried at the next number. */
    KEEPS_ITS_DECISION,
    /** The idempotency key is looked up before the first attempt only. */
    LOOKS_UP_THE_KEY_ONCE
  }

  /** What became of a record. */
  private enum Fate {
    OURS,
    ANOTHERS,
    IN_DOUBT
  }

  PlantedWriter(ObjectStore store, long seed, Bug bug) {
    this.store = store;
    this.random = new Random(seed);
    this.bug = bug;
  }

  @Override
  public Commit.Step deploy(DeployRequest request) {
    Registry.in(store).requireOrCreate();
    String digest = Digest.of(request.bundle);
    new Blobs(store, attempt -> {}).put(digest, request.bundle);
    Draft draft = draft(request.idempotencyKey, request.reason);
    return append(
        view -> {
          Optional<ReleaseRecord> earlier = lookUp(draft, view);
          if (earlier.isPresent()) {
            return repeated(draft, earlier.get(), earlier.get().digest().equals(digest));
          }
          if (decides()) {
            Draft.expect("deploy", request.expectCurrent, view);
            if (view.current().map(ReleaseRecord::digest).equals(Optional.of(digest))) {
              return new Commit.Step(view.current().get(), false);
            }
          }
          return new Commit.Step(
              draft.deploy(view, digest, request.bundle.length, List.of()), true);
        });
  }

  @Override
  public Commit.Step rollback(RollbackRequest request) {
    Draft draft = draft(request.idempotencyKey, request.reason);
    long[] first = new long[2];
    return append(
        view -> {
          Optional<ReleaseRecord> earlier = lookUp(draft, view);
          if (earlier.isPresent()) {
            boolean same = request.to.isEmpty() || request.to.equals(earlier.get().to());
            return repeated(draft, earlier.get(), earlier.get().to().isPresent() && same);
          }
          if (decides()) {
            Draft.expect("roll back", request.expectCurrent, view);
            boolean chosen = request.to.isEmpty() && first[0] > 0;
            first[1] = chosen ? first[1] : view.head();
            first[0] = chosen ? first[0] : request.to.orElseGet(() -> before(view));
          }
          if (first[0] > view.records().size()) {
            throw Failure.of(FailureKind.NOT_FOUND, "no release %d", first[0]);
          }
          ReleaseRecord target = view.records().get((int) first[0] - 1);
          if (decides() && target.digest().equals(view.current().orElseThrow().digest())) {
            return new Commit.Step(view.current().orElseThrow(), false);
          }
          if (decides() && first[1] != view.head()) {
            throw Failure.of(FailureKind.CONFLICT, "another release became current");
          }
          return new Commit.Step(draft.rollback(view, target), true);
        });
  }

  private boolean decides() {
    return race == 0 || bug != Bug.KEEPS_ITS_DECISION;
  }

  private Optional<ReleaseRecord> lookUp(Draft draft, ReleaseLog.View view) {
    boolean again = race > 0;
    return again && (bug == Bug.LOOKS_UP_THE_KEY_ONCE || !decides())
        ? Optional.empty()
        : draft.alreadyMade(view);
  }

  private static Commit.Step repeated(Draft draft, ReleaseRecord earlier, boolean same) {
    if (!same) {
      throw draft.keyTaken("do this", earlier);
    }
    return new Commit.Step(earlier, false);
  }

  private static long before(ReleaseLog.View view) {
    String current = view.current().map(ReleaseRecord::digest).orElse("");
    for (int i = view.records().size(); i > 0; i--) {
      if (!view.records().get(i - 1).digest().equals(current)) {
        return i;
      }
    }
    throw Failure.of(FailureKind.NOT_FOUND, "nothing to roll back to");
  }

  private Draft draft(Optional<String> key, String reason) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    return new Draft(id, key, new Who("u", "h", ""), Registries.NOON, reason);
  }

  private Commit.Step append(Function<ReleaseLog.View, Commit.Step> next) {
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    boolean trusting = bug == Bug.TRUSTS_A_HINT && hint.head() > 0;
    ReleaseLog.View view = trusting ? hint : read(log);
    for (race = 0; race < RACES; race++) {
      Commit.Step step = next.apply(view);
      Fate fate = step.needed() ? create(log, step.release()) : Fate.OURS;
      hint = view;
      if (fate == Fate.OURS) {
        return step;
      }
      view = fate == Fate.IN_DOUBT ? with(view, step.release()) : read(log);
    }
    throw Failure.of(FailureKind.CONFLICT, "lost too many races");
  }

  private ReleaseLog.View read(ReleaseLog log) {
    if (bug != Bug.SKIPS_A_BAD_RECORD) {
      return log.readAll();
    }
    List<ReleaseLog.Entry> entries = new ArrayList<>();
    for (String name : store.list(ReleaseLog.folder("bikes", "prod"))) {
      String key = ReleaseLog.folder("bikes", "prod") + "/" + name;
      byte[] bytes = store.get(key, RecordFormat.LARGEST).orElseThrow();
      try {
        entries.add(new ReleaseLog.Entry(RecordFormat.read(key, bytes), Digest.of(bytes)));
      } catch (Failure e) {
        // The bug.
      }
    }
    return new ReleaseLog.View("bikes", "prod", entries);
  }

  private static ReleaseLog.View with(ReleaseLog.View view, ReleaseRecord release) {
    List<ReleaseLog.Entry> entries = new ArrayList<>(view.entries());
    entries.add(new ReleaseLog.Entry(release, Digest.of(RecordFormat.write(release))));
    return new ReleaseLog.View("bikes", "prod", entries);
  }

  private Fate create(ReleaseLog log, ReleaseRecord release) {
    String key = log.key(release.number());
    byte[] bytes = RecordFormat.write(release);
    boolean inDoubt = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        PutResult result = store.putIfAbsent(key, bytes);
        if (result == PutResult.CREATED) {
          return Fate.OURS;
        }
        inDoubt = true;
        Optional<Fate> hasty = hasty(result);
        if (hasty.isPresent()) {
          return hasty.get();
        }
        Optional<byte[]> there = store.get(key, RecordFormat.LARGEST);
        if (there.isPresent() && Arrays.equals(there.get(), bytes)) {
          return Fate.OURS;
        }
        if (there.isPresent()) {
          RecordFormat.checkTrailer(key, there.get());
          return Fate.ANOTHERS;
        }
      } catch (Failure e) {
        if (!inDoubt) {
          throw e;
        }
      }
    }
    if (bug == Bug.CLAIMS_WHEN_IN_DOUBT) {
      return Fate.OURS;
    }
    throw Failure.of(
        bug == Bug.DENIES_WHEN_IN_DOUBT ? FailureKind.STORAGE : FailureKind.UNKNOWN_OUTCOME,
        "no clear answer");
  }

  /** What a protocol with a bug concludes without reading back. */
  private Optional<Fate> hasty(PutResult result) {
    boolean exists = result == PutResult.EXISTS;
    return switch (bug) {
      case TREATS_EXISTS_AS_LOST -> exists ? Optional.of(Fate.ANOTHERS) : Optional.empty();
      case TREATS_EXISTS_AS_OURS -> exists ? Optional.of(Fate.OURS) : Optional.empty();
      case GOES_ON_WHILE_UNKNOWN -> exists ? Optional.empty() : Optional.of(Fate.IN_DOUBT);
      default -> Optional.empty();
    };
  }
}
