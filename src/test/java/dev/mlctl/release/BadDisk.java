package dev.mlctl.release;

import java.util.Optional;

/** A store in which a bit of an object may be flipped at rest. */
final class BadDisk extends MemoryStore {
  private String damaged = "";
  private int bit;

  /** From now on the object reads with one bit flipped. */
  void damage(String key, int whichBit) {
    bit = whichBit;
    damaged = key;
  }

  boolean isDamaged() {
    return !damaged.isEmpty();
  }

  @Override
  public Optional<byte[]> get(String key, long maxBytes) {
    Optional<byte[]> bytes = asWritten(key);
    if (key.equals(damaged)) {
      bytes.ifPresent(all -> all[bit / 8 % all.length] ^= (byte) (1 << bit % 8));
    }
    return bytes;
  }

  /** What was written, whatever became of it. */
  Optional<byte[]> asWritten(String key) {
    return super.get(key, Long.MAX_VALUE);
  }
}
