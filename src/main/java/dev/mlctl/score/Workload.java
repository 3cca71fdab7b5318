package dev.mlctl.score;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The work of a run in terms of what a sample of it took here: how long it takes so many
 * processors, and how much memory.
 *
 * @param plan the input in parts, as every runner has them
 * @param lanes how many parts, or chunks of a compressed one, the direct runner scores at once here
 * @param modelBytes size of the bundle
 * @param staged whether the direct runner, too, writes each part to a file of its own
 * @param joined whether such parts are copied into one file at the end
 */
record Workload(
    InputPlan plan,
    SampleTiming sample,
    int lanes,
    long modelBytes,
    boolean staged,
    boolean joined) {
  /**
   * From the command to the first row on the direct runner, as a multiple of what it takes the plan
   * to begin. Both are mostly the loading of classes.
   */
  private static final double START_RATIO = 6;

  private static final long MIB = 1 << 20;

  /** A JVM with Beam, as resident in memory, before it scores; measured on Linux, Java 17. */
  private static final long PROCESS_BYTES = 180 * MIB;

  /** What of the process is not its heap; measured likewise. */
  private static final long OUTSIDE_HEAP_BYTES = 200 * MIB;

  /**
   * Output that a machine writes in a second: what the system takes for the copy and the disk, seen
   * here with 2 GB. A sample is scored into memory and cannot tell.
   */
  private static final double WRITTEN_PER_SECOND = 500e6;

  /** Batches and buffers of a thread that scores. */
  private static final long THREAD_BYTES = 16 * MIB;

  /** A model in memory, as a multiple of its bundle, which is there as well. */
  private static final int MODEL_RATIO = 4;

  /** An output that waits for its turn is in memory, and its buffer up to twice its size. */
  private static final int BUFFER_RATIO = 2;

  static final String MEMORY_SOURCE =
      "assumed: 180 MiB for a JVM with Beam, 16 MiB a processor, 4 times the bundle, 2 parts of"
          + " output a processor where they wait in memory";

  static Duration directStart(Duration planStart) {
    return Duration.ofNanos(Math.round(planStart.toNanos() * START_RATIO));
  }

  /** How long this machine's direct runner scores. */
  Duration here() {
    double copies = staged && joined ? 2 : 1;
    double score = sample.whole() ? sample.seconds() : warm((double) plan.bytes());
    return seconds(score * sample.threads() / lanes + copies * written());
  }

  /** Seconds for the processors of the sample to score so many bytes, with the warming up. */
  private double warm(double bytes) {
    double perSecond = sample.bytesPerSecond();
    return perSecond == 0 ? 0 : sample.warmUpSeconds() + bytes / perSecond;
  }

  /** Seconds for one machine to write the output. */
  private double written() {
    return plan.bytes() * outRatio() / WRITTEN_PER_SECOND;
  }

  /** Bytes of output for a byte of input. */
  private double outRatio() {
    return sample.bytes() == 0 ? 0 : (double) sample.out() / sample.bytes();
  }

  /** How long workers score that are as fast as this machine, each with so many processors. */
  Duration on(int workers, int vcpus) {
    double most = longest((long) workers * vcpus, vcpus);
    double copies = 1.0 / Math.min(workers, plan.units().size()) + (joined ? 1 : 0);
    return seconds(warm(most * sample.threads()) + copies * written());
  }

  /**
   * Bytes for the processor that has the most to do. A compressed file cannot be cut, but all
   * processors of a worker take part in scoring it.
   */
  private double longest(long processors, int vcpus) {
    long pieces = 0;
    double largest = 0;
    for (WorkUnit unit : plan.units()) {
      int each = plan.files().get(unit.file()).splits() ? 1 : vcpus;
      pieces += each;
      largest = Math.max(largest, (double) (unit.end() - unit.start()) / each);
    }
    long rounds = (pieces + processors - 1) / processors;
    return Math.max(largest, (double) rounds * plan.bytes() / pieces);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** What the process needs here. */
  long memoryHere() {
    return memoryOn(lanes) + (staged ? 0 : lanes * waiting());
  }

  private long waiting() {
    long part = plan.units().stream().mapToLong(unit -> unit.end() - unit.start()).max().orElse(0);
    return Math.round(BUFFER_RATIO * part * outRatio());
  }

  /** What a worker's process needs that scores so many parts at once. */
  long memoryOn(int vcpus) {
    return PROCESS_BYTES + MODEL_RATIO * modelBytes + vcpus * THREAD_BYTES;
  }

  /** What the process can have here. */
  static long limitHere() {
    return Runtime.getRuntime().maxMemory() + OUTSIDE_HEAP_BYTES;
  }

  String speedSource() {
    return String.format(
        Locale.ROOT,
        "measured here: %,d rows in %.1f s on %d thread%s, %.1f s of it to warm up;"
            + " and assumed: %.0f MB of output written in a second",
        sample.rows(),
        sample.seconds(),
        sample.threads(),
        sample.threads() == 1 ? "" : "s",
        sample.warmUpSeconds(),
        WRITTEN_PER_SECOND / 1e6);
  }

  static String startSource(Duration planStart, PriceTable prices) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "direct: %.0f times the %.2f s this command took to start (measured here)",
            START_RATIO,
            planStart.toMillis() / 1e3));
    List<String> engines =
        prices.workers().keySet().stream()
            .filter(name -> !name.equals(Runner.DIRECT.text()))
            .toList();
    for (String engine : engines) {
      double seconds = prices.workers().get(engine).start().toMillis() / 1e3;
      text.append(
          String.format(Locale.ROOT, "; %s: %.0f s (assumed, price table)", engine, seconds));
    }
    return text.toString();
  }

  String scalingSource() {
    int parts = plan.units().size();
    return String.format(
        Locale.ROOT,
        "assumed: a vCPU is as fast as one processor here; %d part%s at most at once",
        parts,
        parts == 1 ? "" : "s");
  }
}
