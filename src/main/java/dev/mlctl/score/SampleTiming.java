package dev.mlctl.score;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast a sample of the input was scored on this machine.
 *
 * @param threads that scored at once
 * @param slices that were scored, by when they were finished; some more than once when a sample is
 *     taken of less than the whole input
 * @param whole whether they are the whole input, each part once
 */
public record SampleTiming(int threads, List<Slice> slices, boolean whole) {
  /**
   * A slice of the input.
   *
   * @param bytes of the input, as stored
   * @param out bytes of the rows it came to, as they would be stored
   * @param nanos when it was finished, from the start of the sample
   */
  public record Slice(long rows, long rejected, long bytes, long out, long nanos) {}

  /** Sorts. */
  public SampleTiming {
    slices = slices.stream().sorted(Comparator.comparingLong(Slice::nanos)).toList();
  }

  /** Rows that were scored, each as often as it was. */
  public long rows() {
    return slices.stream().mapToLong(Slice::rows).sum();
  }

  long rejected() {
    return slices.stream().mapToLong(Slice::rejected).sum();
  }

  long bytes() {
    return slices.stream().mapToLong(Slice::bytes).sum();
  }

  long out() {
    return slices.stream().mapToLong(Slice::out).sum();
  }

  /** From the start of the sample to its end. */
  public double seconds() {
    return slices.isEmpty() ? 0 : slices.get(slices.size() - 1).nanos() / 1e9;
  }

  /**
   * Bytes of input that all threads together score in a second once the code is compiled: those of
   * the second half of the slices. Of a sample that is the whole input it is all of them, since a
   * run will not get further than that.
   */
  double bytesPerSecond() {
    int half = whole ? 0 : slices.size() / 2;
    long before = half == 0 ? 0 : slices.get(half - 1).nanos();
    long bytes = slices.stream().skip(half).mapToLong(Slice::bytes).sum();
    double seconds = seconds() - before / 1e9;
    return seconds <= 0 ? 0 : bytes / seconds;
  }

  /** What a process loses at its beginning, when its code is not compiled yet, in seconds. */
  double warmUpSeconds() {
    double rate = bytesPerSecond();
    return rate == 0 ? 0 : Math.max(0, seconds() - bytes() / rate);
  }

  /** Rows for a number of bytes, going by the sample. */
  long rowsOf(long size) {
    return bytes() == 0 ? 0 : Math.round((double) rows() * size / bytes());
  }

  /** Rows that all threads together score in a second, once the code is compiled. */
  public double rowsPerSecond() {
    return bytes() == 0 ? 0 : bytesPerSecond() * rows() / bytes();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows());
    map.put("bytes", bytes());
    map.put("whole_input", whole);
    map.put("threads", threads);
    map.put("seconds", seconds());
    map.put("warm_up_seconds", warmUpSeconds());
    map.put("rows_per_second", rowsPerSecond());
    map.put("bytes_per_second", bytesPerSecond());
    return map;
  }
}
