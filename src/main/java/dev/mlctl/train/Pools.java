package dev.mlctl.train;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/** Runs Smile's parallel streams on threads of our choice. */
final class Pools {
  private Pools() {}

  /** Runs work, and every parallel stream in it, on one thread. */
  static <T> T single(Callable<T> work) {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      return pool.submit(work).get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while fitting", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What the work threw: fork-join may wrap it in another of its own kind. */
  private static RuntimeException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    while (cause.getCause() != null && cause.getCause().getClass() == cause.getClass()) {
      cause = cause.getCause();
    }
    return cause instanceof RuntimeException r ? r : new IllegalStateException(cause);
  }
}
