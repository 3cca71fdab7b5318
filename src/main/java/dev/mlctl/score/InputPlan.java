package dev.mlctl.score;

import dev.mlctl.format.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * The input's files and how they are cut into parts. Cutting looks at sizes alone: where records
 * start, the workers find out.
 *
 * @param files in the order they are scored
 * @param units in input order, at least one per file
 * @param bytes of all files, as stored
 */
record InputPlan(List<InputFile> files, List<WorkUnit> units, long bytes) {
  /** Enough to keep the cost of starting a part below a hundredth of scoring it. */
  static final long RANGE_BYTES = 4 << 20;

  /** Few enough for a worker to keep what it has scored in memory until its turn comes. */
  private static final long LARGEST_RANGE_BYTES = 32 << 20;

  /** The length of a part that becomes a file of its own. The same on every machine. */
  static final long SHARD_BYTES = 64 << 20;

  /** Up to the largest range, about this many parts at the most. */
  private static final long MANY_PARTS = 4096;

  InputPlan {
    files = List.copyOf(files);
    units = List.copyOf(units);
  }

  /**
   * Cuts files.
   *
   * @param rangeBytes how long a part shall be; 0 to choose by the input's size
   */
  static InputPlan of(List<InputFile> files, long rangeBytes) {
    long bytes = files.stream().mapToLong(InputFile::size).sum();
    long chosen = Math.max(RANGE_BYTES, Math.min(LARGEST_RANGE_BYTES, bytes / MANY_PARTS));
    long range = rangeBytes > 0 ? rangeBytes : chosen;
    List<WorkUnit> units = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      cut(files.get(f), f, range, units);
    }
    return new InputPlan(files, units, bytes);
  }

  /**
   * A compressed file cannot be read from its middle, so it is one part; a file of columns is cut
   * where it can be.
   */
  private static void cut(InputFile file, int index, long range, List<WorkUnit> units) {
    long start = file.dataStart();
    for (Section section : file.sections()) {
      if (section.start() - start >= range) {
        units.add(new WorkUnit(units.size(), index, start, section.start()));
        start = section.start();
      }
    }
    while (file.sections().isEmpty() && file.splits() && file.size() - start > range) {
      units.add(new WorkUnit(units.size(), index, start, start + range));
      start += range;
    }
    units.add(new WorkUnit(units.size(), index, start, Math.max(start, file.size())));
  }
}
