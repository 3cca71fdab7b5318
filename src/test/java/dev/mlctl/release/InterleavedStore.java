package dev.mlctl.release;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store that is some way off: others may act while a request is on its way to it and while the
 * answer is on its way back.
 */
final class InterleavedStore implements ObjectStore {
  private final ObjectStore store;
  private final Turns turns;

  InterleavedStore(ObjectStore store, Turns turns) {
    this.store = store;
    this.turns = turns;
  }

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    turns.next();
    try {
      return store.putIfAbsent(key, bytes);
    } finally {
      turns.next();
    }
  }

  @Override
  public Optional<byte[]> get(String key, long maxBytes) {
    turns.next();
    return store.get(key, maxBytes);
  }

  @Override
  public OptionalLong size(String key) {
    turns.next();
    return store.size(key);
  }

  /** What others create while the names are on their way is missing from them. */
  @Override
  public List<String> list(String folder) {
    turns.next();
    try {
      return store.list(folder);
    } finally {
      turns.next();
    }
  }

  @Override
  public String place(String key) {
    return store.place(key);
  }
}
