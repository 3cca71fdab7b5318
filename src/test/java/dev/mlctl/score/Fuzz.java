package dev.mlctl.score;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Runs a check on random files: some ten thousands with seeds that never change, or, with {@code
 * -Dmlctl.fuzz.seconds=600}, new ones for so long. {@code -Dmlctl.fuzz.seed=N} runs one again.
 */
final class Fuzz {
  /** Checks what is made of one seed. */
  interface Check {
    void run(Random random) throws Exception;
  }

  private Fuzz() {}

  static void run(int cases, Check check) throws Exception {
    long seconds = Long.getLong("mlctl.fuzz.seconds", 0);
    long one = Long.getLong("mlctl.fuzz.seed", -1);
    long first = one >= 0 ? one : seconds > 0 ? System.currentTimeMillis() * 1000 : 0;
    long start = System.nanoTime();
    for (long seed = first; ; seed++) {
      try {
        check.run(new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("-Dmlctl.fuzz.seed=" + seed + ": " + e, e);
      }
      boolean over =
          seconds > 0
              ? System.nanoTime() - start > seconds * 1_000_000_000
              : one >= 0 || seed + 1 == cases;
      if (over) {
        return;
      }
    }
  }

  /** Changes, leaves out, repeats or puts in a few bytes. */
  static byte[] damaged(byte[] bytes, String interesting, Random random) {
    byte[] now = bytes;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(now.length + 1);
      int to = Math.min(now.length, at + 1 + random.nextInt(1 + random.nextInt(8)));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(now, 0, at);
      switch (random.nextInt(4)) {
        case 0 -> out.write(anyByte(interesting, random));
        case 1 -> out.write(now, at, to - at);
        case 2 -> {
          out.write(anyByte(interesting, random));
          at = to;
        }
        default -> at = to;
      }
      out.write(now, at, now.length - at);
      now = out.toByteArray();
    }
    return now;
  }

  private static int anyByte(String interesting, Random random) {
    return random.nextInt(8) == 0
        ? random.nextInt(256)
        : interesting.charAt(random.nextInt(interesting.length()));
  }

  /** Bytes with what cannot be seen made visible. */
  static String shown(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\\' -> text.append("\\\\");
        default -> text.append(b >= ' ' && b < 127 ? "" + (char) b : "\\x%02x".formatted(b));
      }
    }
    return text.toString();
  }
}
