package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A store behind a bad network. By a seeded plan a write is refused, is lost on its way, loses its
 * reply after it was done, arrives later, or is repeated by the network so that the answer is "it
 * exists"; reads fail at times.
 */
final class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final Random plan;
  private final double faults;
  private final List<Runnable> underWay = new ArrayList<>();
  private int shaky;

  /** Of all calls, the fraction {@code faults} goes wrong. */
  FaultyStore(ObjectStore store, long seed, double faults) {
    this.store = store;
    this.plan = new Random(seed);
    this.faults = faults;
  }

  @Override
  public synchronized PutResult putIfAbsent(String key, byte[] bytes) {
    deliverSome();
    if (plan.nextDouble() >= faults) {
      return store.putIfAbsent(key, bytes);
    }
    shaky = 3;
    switch (plan.nextInt(5)) {
      case 0 -> throw Failure.of(FailureKind.STORAGE, "refused; nothing was committed").at(key);
      case 1 -> {
        return PutResult.UNKNOWN;
      }
      case 2 -> {
        store.putIfAbsent(key, bytes);
        return PutResult.UNKNOWN;
      }
      case 3 -> {
        byte[] copy = bytes.clone();
        underWay.add(() -> store.putIfAbsent(key, copy));
        return PutResult.UNKNOWN;
      }
      default -> {
        store.putIfAbsent(key, bytes);
        return PutResult.EXISTS;
      }
    }
  }

  private void deliverSome() {
    if (!underWay.isEmpty() && plan.nextInt(4) == 0) {
      underWay.remove(plan.nextInt(underWay.size())).run();
    }
  }

  /** Everything still under way arrives. */
  synchronized void deliverAll() {
    underWay.forEach(Runnable::run);
    underWay.clear();
  }

  @Override
  public synchronized Optional<byte[]> get(String key, long maxBytes) {
    mayFail(key);
    return store.get(key, maxBytes);
  }

  @Override
  public synchronized OptionalLong size(String key) {
    mayFail(key);
    return store.size(key);
  }

  @Override
  public synchronized List<String> list(String folder) {
    mayFail(folder);
    return store.list(folder);
  }

  private void mayFail(String key) {
    deliverSome();
    // Trouble comes in bursts; a log of hundreds of records could never be read otherwise.
    boolean inBurst = shaky > 0 && plan.nextDouble() < faults;
    shaky--;
    if (inBurst || plan.nextInt(10_000) == 0) {
      throw Failure.of(FailureKind.STORAGE, "no answer").at(key);
    }
  }

  @Override
  public String place(String key) {
    return store.place(key);
  }
}
