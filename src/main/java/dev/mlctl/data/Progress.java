package dev.mlctl.data;

/** Told how far long work has come. Implementations are thread-safe and quick. */
public interface Progress {
  /** Listens to nothing. */
  Progress NONE = (step, done, total) -> {};

  /**
   * Work went on.
   *
   * @param step what is being done, as a person reads it: {@code "fitting trees"}
   * @param done units done so far
   * @param total units in all, or −1 when unknown
   */
  void at(String step, long done, long total);

  /** Says something worth knowing, once: one line for a person. */
  default void note(String line) {}
}
