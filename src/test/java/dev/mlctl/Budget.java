package dev.mlctl;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Assertions;

/**
 * What reading a file may cost however hostile it is: a second of processor time, and so much
 * memory taken in all, garbage included, that a heap of 256 MB would do.
 */
public final class Budget {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long NANOS = 1_000_000_000;
  private static final long BYTES = 256_000_000;

  private Budget() {}

  /** Something that may cost that much. */
  public interface Attempt<T> {
    /** Makes the attempt. */
    T make() throws Exception;
  }

  /** Makes an attempt and fails if it cost more. */
  public static <T> T spend(Attempt<T> attempt) throws Exception {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    T result = attempt.make();
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    Assertions.assertTrue(
        nanos < NANOS && bytes < BYTES, "it took " + nanos + " ns and " + bytes + " bytes");
    return result;
  }
}
