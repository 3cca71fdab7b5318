package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Deploys and prunes at work on the same bundle at the same moment, in every order of their store
 * calls: no release ever loses its bundle.
 */
class PruneRacesTest {
  private static final Duration GRACE = Duration.ofDays(30);
  private static final Instant START = Registries.NOON;
  private static final Instant DUE = START.plus(GRACE).plusSeconds(1);
  private static final byte[] BUNDLE = TestBundles.bikes("wanted again");
  private static final String BLOB = Blobs.key(Digest.of(BUNDLE));

  /** What became of a deploy. */
  private enum Told {
    DEPLOYED,
    REFUSED
  }

  private final Map<Told, AtomicInteger> told = new EnumMap<>(Told.class);
  private final AtomicInteger deleted = new AtomicInteger();

  @Test
  void a_deploy_beside_the_prune_that_deletes() throws InterruptedException {
    playAll(condemned(START), DUE, List.of(this::deploy, prune(DUE)));
    assertTrue(count(Told.DEPLOYED) > 0 && count(Told.REFUSED) > 0, "told: " + told);
    assertTrue(deleted.get() > 0, "prune never deleted");
  }

  @Test
  void a_deploy_beside_the_prune_that_condemns() throws InterruptedException {
    playAll(unused(), START, List.of(deploy(START), prune(START)));
    assertEquals(0, count(Told.REFUSED), "told: " + told);
  }

  @Test
  void a_deploy_beside_two_prunes_that_delete() throws InterruptedException {
    playAll(condemned(START), DUE, List.of(this::deploy, prune(DUE), prune(DUE, 8)));
    assertTrue(count(Told.DEPLOYED) > 0 && count(Told.REFUSED) > 0, "told: " + told);
  }

  @Test
  void a_deploy_and_a_prune_after_one_that_was_killed_before_it_deleted()
      throws InterruptedException {
    Instant later = DUE.plus(Fate.SETTLED).plusSeconds(1);
    playAll(sentenced(), later, List.of(deploy(later), prune(later)));
    assertEquals(0, count(Told.REFUSED), "told: " + told);
    assertEquals(0, deleted.get(), "deleted on the strength of another's note");
  }

  @Test
  void a_deploy_that_does_not_look_at_the_fate_is_caught() {
    assertThrows(
        AssertionError.class,
        () -> playAll(condemned(START), DUE, List.of(store -> deploy(blind(store)), prune(DUE))));
  }

  /** A store that shows no notes, as if the deploy had looked before they were made. */
  private static PrunableStore blind(PrunableStore store) {
    return new PassingStore(store) {
      @Override
      public List<String> list(String folder) {
        return folder.startsWith(Fate.FOLDER) ? List.of() : super.list(folder);
      }
    };
  }

  @Test
  void a_deploy_that_goes_on_after_losing_to_prune_is_caught() {
    assertThrows(
        AssertionError.class,
        () ->
            playAll(
                condemned(START),
                DUE,
                List.of(store -> deploy(takingExistsForCreated(store)), prune(DUE))));
  }

  @Test
  void a_prune_that_goes_on_after_losing_to_a_deploy_is_caught() {
    assertThrows(
        AssertionError.class,
        () ->
            playAll(
                condemned(START),
                DUE,
                List.of(this::deploy, store -> prune(DUE).accept(takingExistsForCreated(store)))));
  }

  /** The deploy looked before the bundle was condemned, and made its record after. */
  @Test
  void a_prune_that_trusts_what_it_knew_of_the_logs_is_caught() {
    PrunableStore before = condemned(START);
    Consumer<PrunableStore> hasty =
        store ->
            prune(DUE)
                .accept(
                    new PassingStore(store) {
                      @Override
                      public List<String> list(String folder) {
                        return folder.equals("models") ? before.list(folder) : super.list(folder);
                      }
                    });
    PrunableStore taken = condemned(START);
    deploy(blind(taken), "prod", START, 3);
    prune(DUE).accept(taken);
    assertComplete(taken, List.of());
    assertThrows(AssertionError.class, () -> playAll(taken, DUE, List.of(hasty)));
  }

  /** A note of its own is there already, or so it thinks. */
  private static PrunableStore takingExistsForCreated(PrunableStore store) {
    return new PassingStore(store) {
      @Override
      public PutResult putIfAbsent(String key, byte[] bytes) {
        PutResult result = super.putIfAbsent(key, bytes);
        return key.startsWith(Fate.FOLDER) ? PutResult.CREATED : result;
      }
    };
  }

  /** Wherever a prune is killed, the next one and a deploy find nothing they cannot deal with. */
  @Test
  void a_prune_killed_at_any_call_leaves_nothing_to_repair() {
    for (Function<Integer, PrunableStore> scene :
        List.<Function<Integer, PrunableStore>>of(k -> unused(), k -> condemned(START))) {
      for (int call = 0; call < 40; call++) {
        PrunableStore store = scene.apply(call);
        try {
          prune(DUE).accept(new Dying(store, call));
        } catch (Killed e) {
          // As planned.
        }
        PrunableStore other = ((MemoryStore) store).copy();
        check(other, DUE, List.of(call));
        deploy(store, "prod", DUE.plus(Fate.SETTLED), 5);
        check(store, DUE.plus(Fate.SETTLED), List.of(call));
        assertEquals(1, new ReleaseLog(store, "bikes", "prod").readAll().head());
      }
    }
  }

  private void playAll(PrunableStore initial, Instant now, List<Consumer<PrunableStore>> actors)
      throws InterruptedException {
    int runs =
        InterleavedRuns.playAll(
            () ->
                new InterleavedRuns.Scene() {
                  private final PrunableStore store = ((MemoryStore) initial).copy();

                  @Override
                  public PrunableStore store() {
                    return store;
                  }

                  @Override
                  public List<Consumer<PrunableStore>> actors() {
                    return actors;
                  }

                  @Override
                  public void check(List<Integer> order) {
                    PruneRacesTest.this.check(store, now, order);
                  }
                });
    assertTrue(actors.size() == 1 || runs > 10, "only " + runs + " orders");
  }

  /** Now, and after two more prunes, every release has its bundle. */
  private void check(PrunableStore store, Instant now, List<Integer> order) {
    assertComplete(store, order);
    if (store.size(BLOB).isEmpty()) {
      deleted.incrementAndGet();
    }
    prune(now.plus(GRACE).plusSeconds(5)).accept(store);
    assertComplete(store, order);
    prune(now.plus(GRACE).plus(GRACE).plusSeconds(9)).accept(store);
    assertComplete(store, order);
  }

  private static void assertComplete(PrunableStore store, List<Integer> order) {
    for (ReleaseLog log : Logs.of(store).logs()) {
      for (ReleaseRecord release : log.readAll().records()) {
        Optional<byte[]> bundle = store.get(Blobs.key(release.digest()), 1000);
        assertTrue(bundle.isPresent(), () -> release.reference() + " lost its bundle: " + order);
        assertArrayEquals(BUNDLE, bundle.get());
      }
    }
  }

  private void deploy(PrunableStore store) {
    deploy(DUE).accept(store);
  }

  private Consumer<PrunableStore> deploy(Instant now) {
    return store -> deploy(store, "prod", now, 5);
  }

  private void deploy(PrunableStore store, String env, Instant now, long seed) {
    Clock clock = Registries.at(now);
    try {
      Registries.releases(store, seed, clock).deploy(DeployRequest.of("b.mlb", BUNDLE, env));
      tell(Told.DEPLOYED);
    } catch (Failure e) {
      assertEquals(FailureKind.CONFLICT, e.kind(), e.getMessage());
      assertTrue(e.getMessage().contains("\"mlctl prune\" is deleting"), e.getMessage());
      tell(Told.REFUSED);
    }
  }

  private void tell(Told what) {
    synchronized (told) {
      told.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
    }
  }

  private int count(Told what) {
    return told.getOrDefault(what, new AtomicInteger()).get();
  }

  private static Consumer<PrunableStore> prune(Instant now) {
    return prune(now, 7);
  }

  private static Consumer<PrunableStore> prune(Instant now, long seed) {
    return store -> Registries.pruning(store, seed, Registries.at(now)).prune(GRACE, false);
  }

  /** A bundle whose deploy was killed before its record. */
  private static PrunableStore unused() {
    MemoryStore store = new MemoryStore();
    Registry.in(store).requireOrCreate();
    store.putIfAbsent(BLOB, BUNDLE);
    return store;
  }

  private static PrunableStore condemned(Instant when) {
    PrunableStore store = unused();
    prune(when, 1).accept(store);
    return store;
  }

  private static PrunableStore sentenced() {
    PrunableStore store = condemned(START);
    try {
      prune(DUE, 2)
          .accept(
              new PassingStore(store) {
                @Override
                public void delete(String key) {
                  throw new Killed();
                }
              });
    } catch (Killed e) {
      return store;
    }
    throw new AssertionError("it never came to delete");
  }

  /** The process ended here. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A store whose user is killed at its n-th call; half of the writes are done by then. */
  private static final class Dying extends PassingStore {
    private final List<String> calls = new ArrayList<>();
    private final int last;

    Dying(PrunableStore store, int last) {
      super(store);
      this.last = last;
    }

    private void call(String what) {
      if (calls.size() == last) {
        throw new Killed();
      }
      calls.add(what);
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] bytes) {
      call(key);
      PutResult result = super.putIfAbsent(key, bytes);
      call("the answer to " + key);
      return result;
    }

    @Override
    public Optional<byte[]> get(String key, long maxBytes) {
      call(key);
      return super.get(key, maxBytes);
    }

    @Override
    public OptionalLong size(String key) {
      call(key);
      return super.size(key);
    }

    @Override
    public List<String> list(String folder) {
      call(folder);
      return super.list(folder);
    }

    @Override
    public void delete(String key) {
      call(key);
      super.delete(key);
      call("the answer to the deletion of " + key);
    }
  }
}
