package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store behind a bad network, as a client of a bucket sees it. By a seeded plan a write
 *
 * <ul>
 *   <li>is refused before it was sent, or with a status that says it was not done: STORAGE;
 *   <li>is lost on its way, or meets another that is under way (409): UNKNOWN, and never arrives;
 *   <li>is done and its reply lost, or a gateway answers 503 in its place: UNKNOWN;
 *   <li>arrives later, perhaps long after its writer looked and gave up: UNKNOWN;
 *   <li>is repeated by the client or the network, so that its own success answers 412: EXISTS.
 * </ul>
 *
 * Reads and listings fail at times, and now and then a writer is cut off for a while. What is
 * answered is true: nothing that was created is ever missing from a read that began afterwards.
 */
final class FaultyStore implements ObjectStore {
  private static final int LONGEST_OUTAGE = 40;
  private static final int LATEST = 9;

  private final ObjectStore store;
  private final Random plan;
  private final double faults;
  private final List<Late> underWay = new ArrayList<>();
  private final Map<Thread, Client> clients = new ConcurrentHashMap<>();
  private long calls;

  private record Late(long arrives, String key, byte[] bytes) {}

  /** How a caller fares: calls until its line is up again, calls near a fault, faults so far. */
  private static final class Client {
    private int cutOff;
    private int shaky;
    private int faultsMet;
  }

  /** Of all writes, the fraction {@code faults} goes wrong; reads do now and then. */
  FaultyStore(ObjectStore store, long seed, double faults) {
    this.store = store;
    this.plan = new Random(seed);
    this.faults = faults;
  }

  @Override
  public synchronized PutResult putIfAbsent(String key, byte[] bytes) {
    Client client = call();
    boolean cutOff = client.cutOff-- > 0;
    if (!cutOff && plan.nextDouble() >= faults) {
      return store.putIfAbsent(key, bytes);
    }
    fault(client);
    if (!cutOff && plan.nextInt(8) == 0) {
      client.cutOff = plan.nextInt(LONGEST_OUTAGE);
    }
    return switch (plan.nextInt(cutOff ? 4 : 5)) {
      case 0 -> throw Failure.of(FailureKind.STORAGE, "refused; nothing was committed").at(key);
      case 1 -> PutResult.UNKNOWN;
      case 2 -> {
        store.putIfAbsent(key, bytes);
        yield PutResult.UNKNOWN;
      }
      case 3 -> {
        // Some at once, some after hundreds of calls, some when everybody has gone home.
        long arrives = calls + 1 + plan.nextInt(1 << plan.nextInt(LATEST));
        underWay.add(new Late(arrives, key, bytes.clone()));
        yield PutResult.UNKNOWN;
      }
      default -> {
        store.putIfAbsent(key, bytes);
        yield PutResult.EXISTS;
      }
    };
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
    Client client = call();
    // Trouble comes in bursts; a log of hundreds of records could never be read otherwise.
    boolean inBurst = client.shaky-- > 0 && plan.nextDouble() < faults;
    if (client.cutOff-- > 0 || inBurst || plan.nextDouble() < faults / 500) {
      fault(client);
      throw Failure.of(FailureKind.STORAGE, "no answer").at(key);
    }
  }

  private Client call() {
    calls++;
    for (Iterator<Late> each = underWay.iterator(); each.hasNext(); ) {
      Late late = each.next();
      if (late.arrives <= calls) {
        each.remove();
        store.putIfAbsent(late.key, late.bytes);
      }
    }
    return client();
  }

  private Client client() {
    return clients.computeIfAbsent(Thread.currentThread(), thread -> new Client());
  }

  private static void fault(Client client) {
    client.shaky = 3;
    client.faultsMet++;
  }

  /** How many faults this thread has met. */
  int faultsMet() {
    return client().faultsMet;
  }

  /** Everything still under way arrives. */
  synchronized void deliverAll() {
    underWay.forEach(late -> store.putIfAbsent(late.key, late.bytes));
    underWay.clear();
  }

  @Override
  public String place(String key) {
    return store.place(key);
  }
}
