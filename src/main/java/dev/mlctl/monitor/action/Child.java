package dev.mlctl.monitor.action;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that is started, given something to read, and ended when its time is over or when this
 * process ends, with all it started.
 */
public final class Child {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Whatever keeps the pipe open after the program ended is not waited for longer. */
  private static final long LAST_OUTPUT_MILLIS = 1000;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * How it ended.
   *
   * @param code its exit code; empty when its time was over
   * @param out the end of what it wrote to standard output
   */
  public record Ended(OptionalInt code, String out) {}

  /**
   * Runs a program to its end.
   *
   * @param builder its standard error, unless redirected, is read by line
   * @param in for its standard input, which is then closed; it need not read it
   * @param kept how many bytes of standard output are kept: the last ones
   * @param errors gets the lines of standard error, in a thread of its own
   * @throws IOException when it cannot be started
   * @throws Failure of kind INTERRUPTED when the thread or this process is
   */
  public static Ended run(
      ProcessBuilder builder, byte[] in, Duration limit, int kept, Consumer<String> errors)
      throws IOException {
    Child child = new Child(builder.start());
    Thread ender = new Thread(child::end, "child-end");
    try {
      Runtime.getRuntime().addShutdownHook(ender);
    } catch (IllegalStateException e) {
      child.end();
      throw interrupted(e);
    }
    try {
      return child.wait(in, limit, kept, errors);
    } catch (InterruptedException e) {
      child.end();
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } finally {
      removeHookOrWait(ender);
    }
  }

  private Ended wait(byte[] in, Duration limit, int kept, Consumer<String> errors)
      throws InterruptedException {
    Tail tail = new Tail(process.getInputStream(), kept);
    Thread reading = daemon("child-out", tail::read);
    daemon("child-in", () -> write(in));
    Thread lines = daemon("child-err", () -> process.errorReader().lines().forEach(errors));
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      end();
    }
    reading.join(LAST_OUTPUT_MILLIS);
    lines.join(LAST_OUTPUT_MILLIS);
    return new Ended(
        ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(), tail.text());
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    // When the program is gone its pipes are, and reading them fails: that is all there is to it.
    thread.setUncaughtExceptionHandler((where, thrown) -> {});
    thread.start();
    return thread;
  }

  private void write(byte[] in) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(in);
    } catch (IOException e) {
      return; // a program that reads nothing is free to do so
    }
  }

  /** Politely first. Those it started are found before it is gone: then they are nobody's. */
  private void end() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    started.forEach(ProcessHandle::destroy);
    try {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** When this JVM is ending because of a signal, the hook sees to the rest. */
  private static void removeHookOrWait(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      try {
        hook.join();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      throw interrupted(e);
    }
  }

  private static Failure interrupted(Exception cause) {
    return Failure.of(FailureKind.INTERRUPTED, "interrupted").causedBy(cause);
  }
}
