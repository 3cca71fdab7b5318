package dev.mlctl.cli;

import java.io.PrintStream;
import java.util.Locale;

/** Progress on stderr: one line that is written over, or now and then a line of its own. */
final class ProgressLine {
  /** How progress is shown. */
  enum Mode {
    /** Not at all. */
    NONE,
    /** A line every ten seconds, for logs. */
    LINES,
    /** One line of the terminal, ten times a second. */
    ONE_LINE
  }

  private static final String CLEAR = "\r\u001b[K";
  private static final int WIDTH = 24;

  private final PrintStream err;
  private final Mode mode;
  private final long start = System.nanoTime();
  private long last;
  private boolean shown;

  ProgressLine(PrintStream err, Mode mode) {
    this.err = err;
    this.mode = mode;
  }

  synchronized void at(String step, long done, long total) {
    long now = System.nanoTime() - start;
    long pause = mode == Mode.LINES ? 10_000_000_000L : 100_000_000L;
    if (mode == Mode.NONE || (last > 0 && now - last < pause)) {
      return;
    }
    last = now;
    String line = text(step, done, total, now / 1_000_000_000L);
    if (mode == Mode.LINES) {
      err.println(line);
    } else {
      err.print(CLEAR + line);
      err.flush();
      shown = true;
    }
  }

  private static String text(String step, long done, long total, long seconds) {
    String clock = String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    if (total <= 0) {
      return String.format(Locale.ROOT, "%s  %,d  %s", step, done, clock);
    }
    int percent = (int) (Math.min(done, total) * 100 / total);
    int filled = WIDTH * percent / 100;
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    return String.format(Locale.ROOT, "%s  [%s] %3d %%  %s", step, bar, percent, clock);
  }

  synchronized void clear() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
      shown = false;
    }
  }
}
