package dev.mlctl.release;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Passes every call on; tests override the one that they meddle with. */
class PassingStore implements PrunableStore {
  private final PrunableStore store;

  PassingStore(PrunableStore store) {
    this.store = store;
  }

  /** Does every write and never says so. */
  static PassingStore losingReplies(PrunableStore store) {
    return new PassingStore(store) {
      @Override
      public PutResult putIfAbsent(String key, byte[] bytes) {
        super.putIfAbsent(key, bytes);
        return PutResult.UNKNOWN;
      }
    };
  }

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    return store.putIfAbsent(key, bytes);
  }

  @Override
  public Optional<byte[]> get(String key, long maxBytes) {
    return store.get(key, maxBytes);
  }

  @Override
  public OptionalLong size(String key) {
    return store.size(key);
  }

  @Override
  public List<String> list(String folder) {
    return store.list(folder);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public List<Leftover> leftovers() {
    return store.leftovers();
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
