package dev.mlctl.format;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;

/**
 * How much a reader may hold at once, so that a file cannot use up the heap: what a header asks for
 * is claimed before it is allocated. Not thread-safe.
 */
final class MemoryBudget {
  /** Several readers work side by side, each with one share of the heap. */
  private static final int SHARES = 6;

  private final String file;
  private final long most;
  private long held;

  MemoryBudget(String file, long most) {
    this.file = file;
    this.most = most;
  }

  /** A share of this process's heap. */
  static MemoryBudget ofHeap(String file) {
    return new MemoryBudget(file, Runtime.getRuntime().maxMemory() / SHARES);
  }

  /**
   * Claims bytes, giving back those held before for the same purpose.
   *
   * @param what what they are for: {@code a page of column "x"}
   * @throws Failure of kind INPUT when there are not enough
   */
  void claim(long bytes, long before, String what) {
    if (bytes > most - (held - before)) {
      throw Failure.of(
              FailureKind.INPUT,
              "%s takes %d MiB, more than the %d MiB there are for reading",
              what,
              bytes >> 20,
              (most - (held - before)) >> 20)
          .at(file)
          .hint(
              "read fewer columns, write the file with smaller pages or blocks, or give more "
                  + "memory: MLCTL_JAVA_OPTS=-Xmx4g");
    }
    held += bytes - before;
  }
}
