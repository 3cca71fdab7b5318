package dev.mlctl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;

/**
 * Feeds a target with changed inputs for some time. An input that comes to what none came to before
 * is kept and changed further.
 *
 * <p>In the build a target runs for the seconds it names, from a seed that never changes. By hand,
 * {@code mvn test -Dtest='*FuzzTest' -Dmlctl.fuzz.seconds=3600} runs each for an hour, from a seed
 * of its own. What a target fails on is written below {@code target/fuzz}; the message says how to
 * run it again.
 */
public final class Fuzzer {
  private static final int LARGEST_KEPT = 1 << 16;
  private static final int MOST_CHANGES = 4;

  /** Changes that come to fewer different things than that have not reached the reader's checks. */
  private static final int FEWEST = 10;

  private Fuzzer() {}

  /** Changes inputs. */
  public interface Mutator {
    /**
     * A changed copy.
     *
     * @param other another input, to take parts from
     */
    byte[] change(byte[] input, byte[] other, Random random);
  }

  /** What is tested. */
  public interface Target {
    /** What an input comes to, in a few words; throws what it must not. */
    String run(byte[] input) throws Exception;
  }

  /**
   * Runs a target.
   *
   * @param test the test's class, for the message
   * @param seconds how long in the build
   * @param corpus sound inputs to begin with
   */
  public static void run(
      Class<?> test, int seconds, List<byte[]> corpus, Mutator mutator, Target target)
      throws Exception {
    String replay = System.getProperty("mlctl.fuzz.input");
    if (replay != null) {
      target.run(Files.readAllBytes(Path.of(replay)));
      return;
    }
    int asked = Integer.getInteger("mlctl.fuzz.seconds", 0);
    Random random = new Random(asked > 0 ? System.nanoTime() : 1);
    List<byte[]> inputs = new ArrayList<>(corpus);
    Set<String> outcomes = new HashSet<>();
    for (byte[] sound : corpus) {
      target.run(sound);
    }
    long end = System.nanoTime() + (asked > 0 ? asked : seconds) * 1_000_000_000L;
    while (System.nanoTime() < end) {
      byte[] input = change(inputs, mutator, random);
      if (outcomes.add(outcome(test, target, input)) && input.length <= LARGEST_KEPT) {
        inputs.add(input);
      }
    }
    Assertions.assertTrue(outcomes.size() > FEWEST, "it came to little: " + outcomes);
  }

  private static byte[] change(List<byte[]> inputs, Mutator mutator, Random random) {
    byte[] input = inputs.get(random.nextInt(inputs.size()));
    for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
      input = mutator.change(input, inputs.get(random.nextInt(inputs.size())), random);
    }
    return input;
  }

  /** Anything thrown is a crash, running out of memory or of stack included. */
  private static String outcome(Class<?> test, Target target, byte[] input) throws IOException {
    try {
      return Budget.spend(() -> target.run(input));
    } catch (Throwable e) {
      Path file = Path.of("target", "fuzz", test.getSimpleName() + "-" + hash(input));
      Files.createDirectories(file.getParent());
      Files.write(file, input);
      throw new AssertionError(
          "%s; mvn test -Dtest=%s -Dmlctl.fuzz.input=%s runs it again"
              .formatted(e, test.getSimpleName(), file),
          e);
    }
  }

  private static String hash(byte[] input) {
    return Integer.toHexString(Arrays.hashCode(input));
  }

  /** A message without what differs from input to input: numbers, quotations, lists. */
  public static String shape(String message) {
    return message.replaceAll("\"[^\"]*\"|\\[.*|-?[0-9][0-9.E-]*|'.*'", "#");
  }

  /** Leaves out, repeats, overwrites, inserts or flips some bytes. */
  public static byte[] changeBytes(byte[] input, Random random) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + 1 + random.nextInt(1 << random.nextInt(6)));
    byte[] middle = Arrays.copyOfRange(input, at, to);
    return switch (random.nextInt(5)) {
      case 0 -> join(input, at, new byte[0], to);
      case 1 -> join(input, to, middle, to);
      case 2 -> {
        random.nextBytes(middle);
        yield join(input, at, middle, to);
      }
      case 3 -> {
        byte[] one = {(byte) (random.nextBoolean() ? random.nextInt() : 255 * random.nextInt(2))};
        yield join(input, at, one, at);
      }
      default -> {
        if (middle.length > 0) {
          middle[0] ^= (byte) (1 << random.nextInt(8));
        }
        yield join(input, at, middle, to);
      }
    };
  }

  private static byte[] join(byte[] input, int end, byte[] middle, int begin) {
    byte[] joined = new byte[end + middle.length + input.length - begin];
    System.arraycopy(input, 0, joined, 0, end);
    System.arraycopy(middle, 0, joined, end, middle.length);
    System.arraycopy(input, begin, joined, end + middle.length, input.length - begin);
    return joined;
  }
}
