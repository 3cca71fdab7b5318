package dev.mlctl.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a few actors over one store, one store call at a time, in every order that can make a
 * difference.
 *
 * <p>Two calls that are neighbours in time and do not touch the same object may be swapped without
 * anybody noticing. Of all orders that come from each other by such swaps only the first in
 * dictionary order is run: one in which no call is followed by an independent one of an earlier
 * actor.
 */
final class InterleavedRuns {
  private final PrunableStore store;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Integer> prefix;
  private final List<Integer> taken = new ArrayList<>();
  private final List<List<Integer>> open = new ArrayList<>();

  private InterleavedRuns(
      PrunableStore store, List<Consumer<PrunableStore>> acts, List<Integer> p) {
    this.store = store;
    this.prefix = p;
    acts.forEach(act -> actors.add(new Actor(act)));
  }

  /** Actors over a store, and what must hold when all are done. */
  interface Scene {
    PrunableStore store();

    List<Consumer<PrunableStore>> actors();

    void check(List<Integer> order);
  }

  /** Plays fresh scenes in all orders; comes back with how many there were. */
  static int playAll(Supplier<Scene> scenes) throws InterruptedException {
    int runs = 0;
    List<Integer> prefix = List.of();
    while (prefix != null) {
      Scene scene = scenes.get();
      InterleavedRuns run = new InterleavedRuns(scene.store(), scene.actors(), prefix);
      run.play();
      scene.check(run.taken);
      runs++;
      prefix = run.next();
    }
    return runs;
  }

  /** The order after this one: the last choice that was open is taken the next way. */
  private List<Integer> next() {
    for (int at = taken.size() - 1; at >= 0; at--) {
      int now = taken.get(at);
      Optional<Integer> later = open.get(at).stream().filter(actor -> actor > now).findFirst();
      if (later.isPresent()) {
        List<Integer> next = new ArrayList<>(taken.subList(0, at));
        next.add(later.get());
        return next;
      }
    }
    return null;
  }

  private void play() throws InterruptedException {
    for (Actor actor : actors) {
      actor.thread.start();
      actor.await();
    }
    Call before = null;
    int last = -1;
    while (actors.stream().anyMatch(actor -> actor.pending != null)) {
      List<Integer> choices = new ArrayList<>();
      for (int a = 0; a < actors.size(); a++) {
        Call call = actors.get(a).pending;
        boolean sooner = a < last && call != null && !call.now(store).touches(before);
        if (call != null && !sooner) {
          choices.add(a);
        }
      }
      if (choices.isEmpty()) {
        // Only orders that another run plays begin so; whoever is left may finish in any order.
        choices.add(firstAlive());
      }
      int chosen = taken.size() < prefix.size() ? prefix.get(taken.size()) : choices.get(0);
      taken.add(chosen);
      open.add(choices);
      before = actors.get(chosen).pending.now(store);
      last = chosen;
      actors.get(chosen).step();
    }
  }

  private int firstAlive() {
    int a = 0;
    while (actors.get(a).pending == null) {
      a++;
    }
    return a;
  }

  /** A call of the store: what it touches, and whether it can change it. */
  private record Call(String key, boolean folder, boolean creates, boolean deletes) {
    /** The same as things are: creating what is there changes nothing, nor the other way round. */
    Call now(PrunableStore store) {
      boolean there = (creates || deletes) && store.size(key).isPresent();
      return new Call(key, folder, creates && !there, deletes && there);
    }

    private boolean writes() {
      return creates || deletes;
    }

    boolean touches(Call other) {
      if (!writes() && !other.writes()) {
        return false;
      }
      return key.equals(other.key) || under(this, other) || under(other, this);
    }

    private static boolean under(Call folder, Call object) {
      return folder.folder && object.key.startsWith(folder.key.isEmpty() ? "" : folder.key + "/");
    }
  }

  /** One who acts, stopped before each of its calls. */
  private final class Actor implements PrunableStore {
    private final SynchronousQueue<Optional<Call>> announced = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> turn = new SynchronousQueue<>();
    private final Thread thread;
    private Call pending;
    private volatile Throwable thrown;

    Actor(Consumer<PrunableStore> act) {
      thread =
          new Thread(
              () -> {
                try {
                  act.accept(this);
                } catch (Throwable e) {
                  thrown = e;
                }
                hand(announced, Optional.empty());
              });
      thread.setDaemon(true);
    }

    void await() throws InterruptedException {
      pending = announced.take().orElse(null);
      if (thrown != null) {
        throw new AssertionError("an actor failed after " + taken, thrown);
      }
    }

    void step() throws InterruptedException {
      turn.put(true);
      await();
    }

    private static <T> void hand(SynchronousQueue<T> queue, T value) {
      try {
        queue.put(value);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private <T> T inTurn(Call next, Supplier<T> call) {
      hand(announced, Optional.of(next));
      try {
        turn.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return call.get();
    }

    private static Call reading(String key, boolean folder) {
      return new Call(key, folder, false, false);
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] bytes) {
      return inTurn(new Call(key, false, true, false), () -> store.putIfAbsent(key, bytes));
    }

    @Override
    public Optional<byte[]> get(String key, long maxBytes) {
      return inTurn(reading(key, false), () -> store.get(key, maxBytes));
    }

    @Override
    public OptionalLong size(String key) {
      return inTurn(reading(key, false), () -> store.size(key));
    }

    @Override
    public List<String> list(String folder) {
      return inTurn(reading(folder, true), () -> store.list(folder));
    }

    @Override
    public void delete(String key) {
      inTurn(
          new Call(key, false, false, true),
          () -> {
            store.delete(key);
            return null;
          });
    }

    @Override
    public void deleteLeftover(Leftover leftover) {
      store.deleteLeftover(leftover);
    }

    @Override
    public String place(String key) {
      return store.place(key);
    }
  }
}
