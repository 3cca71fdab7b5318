package dev.mlctl.monitor.action;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads a stream to its end and keeps the last of it. Safe for one reader and one asker. */
final class Tail {
  private static final int BUFFER = 8192;

  private final InputStream in;
  private final int kept;
  private byte[] last = new byte[0];

  Tail(InputStream in, int kept) {
    this.in = in;
    this.kept = kept;
  }

  void read() {
    byte[] buffer = new byte[BUFFER];
    try (in) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        add(buffer, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void add(byte[] buffer, int count) {
    int old = Math.max(0, Math.min(last.length, kept - count));
    int fresh = Math.min(count, kept);
    byte[] joined = new byte[old + fresh];
    System.arraycopy(last, last.length - old, joined, 0, old);
    System.arraycopy(buffer, count - fresh, joined, old, fresh);
    last = joined;
  }

  synchronized String text() {
    return new String(last, StandardCharsets.UTF_8);
  }
}
