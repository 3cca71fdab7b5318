package dev.mlctl.release;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lets a rival act just before the first release record is written. */
final class BeforeFirstRecord implements ObjectStore {
  private final ObjectStore store;
  private Runnable rival;

  BeforeFirstRecord(ObjectStore store, Runnable rival) {
    this.store = store;
    this.rival = rival;
  }

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    if (key.contains("/log/")) {
      Runnable now = rival;
      rival = () -> {};
      now.run();
    }
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
  public String place(String key) {
    return store.place(key);
  }
}
