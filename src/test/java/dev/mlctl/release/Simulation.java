package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Operation.Answer;
import dev.mlctl.release.Operation.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A few writers at one log over a faulty store, everything drawn from one seed: who wants what,
 * what the store does to it, and who acts in which order.
 */
final class Simulation {
  private static final String ENV = "prod";
  private static final double[] FAULTS = {0, 0.1, 0.3, 0.6};
  private static final int TRIES = 3;

  private final long seed;
  private final BadDisk disk = new BadDisk();
  private final FaultyStore store;
  private final Turns turns;
  private final List<Operation> operations = new ArrayList<>();
  private final int writers;
  private final int wishes;
  private final boolean damages;

  private Simulation(long seed) {
    this.seed = seed;
    Random random = new Random(seed);
    this.writers = 2 + random.nextInt(4);
    this.wishes = 4 + random.nextInt(6);
    this.damages = random.nextInt(8) == 0;
    this.store = new FaultyStore(disk, random.nextLong(), FAULTS[random.nextInt(FAULTS.length)]);
    this.turns = new Turns(new Random(random.nextLong()), random.nextDouble());
  }

  /** Makes a writer of a store and a seed of its own. */
  interface Maker {
    Writer make(ObjectStore store, long seed);
  }

  /**
   * What happened.
   *
   * @param disk everything as it was stored in the end
   * @param operations in the order in which they were answered
   */
  record Outcome(BadDisk disk, List<Operation> operations) {
    /** How many releases the log holds. */
    long commits() {
      return headOf(disk);
    }
  }

  /** Runs the writers to their end, and then lets whatever is still under way arrive. */
  static Outcome run(long seed, Maker maker) throws InterruptedException {
    Simulation simulation = new Simulation(seed);
    List<Runnable> all = new ArrayList<>();
    for (int w = 0; w < simulation.writers; w++) {
      int number = w;
      all.add(() -> simulation.write(number, maker));
    }
    simulation.turns.run(all);
    simulation.store.deliverAll();
    return new Outcome(simulation.disk, List.copyOf(simulation.operations));
  }

  private void write(int number, Maker maker) {
    Random random = new Random(seed + number + 1);
    Writer writer = maker.make(new InterleavedStore(store, turns), random.nextLong());
    for (int i = 0; i < wishes; i++) {
      mayDamage(random);
      Wish wish = wish(random);
      boolean settled = false;
      for (int attempt = 1; !settled && attempt <= TRIES; attempt++) {
        settled = ask(writer, wish, number + "." + i + "." + attempt);
        // Whoever gave no key cannot ask again without risking a second release.
        settled |= wish.key().isEmpty();
      }
    }
  }

  private void mayDamage(Random random) {
    long head = headOf(disk);
    if (damages && !disk.isDamaged() && head > 2 && random.nextInt(6) == 0) {
      long victim = 1L + random.nextInt((int) head);
      disk.damage(new ReleaseLog(disk, "bikes", ENV).key(victim), random.nextInt(1 << 14));
    }
  }

  private Wish wish(Random random) {
    long head = headOf(disk);
    OptionalLong expected =
        random.nextInt(4) == 0
            ? OptionalLong.of(Math.max(0, head + random.nextInt(5) / 4 - random.nextInt(5) / 4))
            : OptionalLong.empty();
    String salt = "abcd".charAt(random.nextInt(4)) + "";
    Optional<String> key = Optional.empty();
    if (random.nextInt(3) == 0) {
      // Several writers share a key, as the jobs of one pipeline do; seldom for another wish.
      int job = random.nextInt(4);
      key = Optional.of("job-" + job);
      salt = random.nextInt(10) == 0 ? salt : "job-" + job;
    }
    if (random.nextInt(5) < 3) {
      return new Wish(Optional.of(salt), OptionalLong.empty(), expected, key);
    }
    OptionalLong to =
        random.nextBoolean()
            ? OptionalLong.of(1 + random.nextInt((int) head + 2))
            : OptionalLong.empty();
    return new Wish(Optional.empty(), to, expected, key.map(job -> "back-" + job));
  }

  /** True when there is no use in asking again. */
  private boolean ask(Writer writer, Wish wish, String name) {
    long headBefore = headOf(disk);
    boolean afterDamage = disk.isDamaged();
    int faultsBefore = store.faultsMet();
    Answer answer = answer(writer, wish, name);
    operations.add(
        new Operation(
            name,
            wish,
            headBefore,
            headOf(disk),
            store.faultsMet() - faultsBefore,
            afterDamage,
            disk.isDamaged(),
            answer));
    return !Set.of(FailureKind.STORAGE, FailureKind.UNKNOWN_OUTCOME)
        .contains(answer.failure().orElse(FailureKind.USAGE));
  }

  private static Answer answer(Writer writer, Wish wish, String name) {
    try {
      Commit.Step step =
          wish.isDeploy() ? deploy(writer, wish, name) : rollback(writer, wish, name);
      return new Answer(Optional.of(step.release()), step.needed(), Optional.empty(), "");
    } catch (Failure e) {
      return new Answer(Optional.empty(), false, Optional.of(e.kind()), e.kind() + " " + e);
    } catch (RuntimeException e) {
      return new Answer(Optional.empty(), false, Optional.empty(), e.toString());
    }
  }

  private static Commit.Step deploy(Writer writer, Wish wish, String name) {
    DeployRequest request = DeployRequest.of("bikes.mlb", wish.bundle(), ENV).reason(name);
    wish.expected().ifPresent(request::expectCurrent);
    wish.key().ifPresent(request::idempotencyKey);
    return writer.deploy(request);
  }

  private static Commit.Step rollback(Writer writer, Wish wish, String name) {
    RollbackRequest request = RollbackRequest.of("bikes", ENV).reason(name);
    wish.to().ifPresent(request::to);
    wish.expected().ifPresent(request::expectCurrent);
    wish.key().ifPresent(request::idempotencyKey);
    return writer.rollback(request);
  }

  /** The newest release, as the disk has it. */
  private static long headOf(MemoryStore disk) {
    return disk.list(ReleaseLog.folder("bikes", ENV)).size();
  }
}
