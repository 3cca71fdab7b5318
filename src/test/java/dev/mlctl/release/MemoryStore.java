package dev.mlctl.release;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** An object store that forgets. */
class MemoryStore implements PrunableStore {
  private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    return objects.putIfAbsent(key, bytes.clone()) == null ? PutResult.CREATED : PutResult.EXISTS;
  }

  @Override
  public Optional<byte[]> get(String key, long maxBytes) {
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public OptionalLong size(String key) {
    byte[] bytes = objects.get(key);
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
  }

  @Override
  public List<String> list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return objects.tailMap(prefix, true).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()).replaceFirst("/.*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  /** There are none: an object is written and named in one step. */
  @Override
  public void deleteLeftover(Leftover leftover) {
    throw new IllegalArgumentException(leftover.place());
  }

  /** The same objects in a store of their own. */
  MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    copy.objects.putAll(objects);
    return copy;
  }

  List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  @Override
  public String place(String key) {
    return "memory:" + key;
  }
}
