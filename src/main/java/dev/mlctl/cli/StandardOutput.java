package dev.mlctl.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output, where two failures mean different things. A reader that closed its end of a pipe
 * ({@code mlctl list | head -1}) has all it wants, so the rest is dropped in silence. Anything
 * else, such as a full disk, loses what somebody wanted, and is remembered because {@link
 * java.io.PrintStream} forgets it.
 */
final class StandardOutput extends FilterOutputStream {
  private boolean closedByReader;
  private IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  /** What went wrong first, or null. */
  IOException failure() {
    return failure;
  }

  /** Whether nobody gets what is written any more. */
  boolean isClosed() {
    return closedByReader || failure != null;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (closedByReader) {
      return;
    }
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      closedByReader = isBrokenPipe(e);
      if (!closedByReader) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }

  /** "Broken pipe" on Unix, "The pipe is being closed" and "has been ended" on Windows. */
  private static boolean isBrokenPipe(IOException e) {
    return e.getMessage() != null && e.getMessage().toLowerCase(Locale.ROOT).contains("pipe");
  }
}
