package dev.mlctl.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds up parts in input order, and holds each to start where the one before it ended. That is what
 * makes guessing where records start harmless. Not thread-safe.
 */
final class PartChain {
  /**
   * Rejected rows of a part.
   *
   * @param file their log in the work directory
   * @param source the input file they come from
   * @param linesBefore the part in it
   */
  record Rejects(String file, String source, long linesBefore) {}

  private final List<InputFile> files;
  private final List<Rejects> rejects = new ArrayList<>();
  private Tally total;
  private int parts;
  private int file = -1;
  private long end;
  private long lines;

  PartChain(List<InputFile> files) {
    this.files = files;
  }

  /** How many parts were added; hence the number of the next. */
  int parts() {
    return parts;
  }

  /** Where a part must start that comes next. */
  long startOf(WorkUnit next) {
    return next.file() == file ? end : files.get(next.file()).dataStart();
  }

  /** How many lines of its file come before a part that comes next. */
  long linesBefore(WorkUnit next) {
    return next.file() == file ? lines : files.get(next.file()).headerLines();
  }

  /** Whether a part was read, and from where it must be. */
  boolean fits(PartResult next) {
    return next.isReadable() && next.start() == startOf(next.unit());
  }

  /** Adds the next part, which must fit. */
  void add(PartResult next) {
    WorkUnit unit = next.unit();
    if (unit.part() != parts || !fits(next)) {
      throw new IllegalStateException("part " + unit.part() + " after " + parts + " others");
    }
    long before = linesBefore(unit);
    Tally tally = next.tally().below(before);
    total = total == null ? tally : total.then(tally);
    if (!next.rejects().isEmpty()) {
      rejects.add(new Rejects(next.rejects(), files.get(unit.file()).name(), before));
    }
    file = unit.file();
    end = next.end();
    lines = before + next.lines();
    parts++;
  }

  /** What all parts came to; null before the first. */
  Tally total() {
    return total;
  }

  /** The logs of rejected rows, in order. */
  List<Rejects> rejects() {
    return rejects;
  }
}
