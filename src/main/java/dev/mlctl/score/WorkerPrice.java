package dev.mlctl.score;

import java.time.Duration;

/**
 * A runner's workers and what they cost. Immutable.
 *
 * @param workers how many there are where nobody says; for the direct runner, always 1
 * @param vcpus processors of each; 0 for those of this machine
 * @param memoryGb memory of each in GB (10^9 bytes); 0 for what a run is expected to need
 * @param diskGb disk of each in GB
 * @param start from the submission to the first row; zero for the direct runner, which is timed
 * @param vcpuHour price of a processor for an hour
 * @param gbHour price of a GB of memory for an hour
 * @param diskGbHour price of a GB of disk for an hour
 */
public record WorkerPrice(
    int workers,
    int vcpus,
    double memoryGb,
    double diskGb,
    Duration start,
    double vcpuHour,
    double gbHour,
    double diskGbHour) {
  private static final double SECONDS_PER_HOUR = 3600;

  /** The price of some workers, each with memory in GB, for a time. */
  double cost(int count, int processors, double gigabytes, Duration time) {
    double perHour = processors * vcpuHour + gigabytes * gbHour + diskGb * diskGbHour;
    return count * perHour * (time.toMillis() / 1e3) / SECONDS_PER_HOUR;
  }
}
