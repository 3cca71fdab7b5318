package dev.mlctl.data;

import dev.mlctl.data.ColumnType.Meaning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts rows by the window that their time is in. Not thread-safe. */
final class WindowCounter {
  private static final int CACHED = 64;
  private static final double SECONDS_PER_DAY = 86_400;

  private final int column;
  private final TimeWindow window;
  private final RowGroups<Start> groups;
  private RowGroups.Group unknown;

  /** The window of the last row, from and to. */
  private long from = Long.MAX_VALUE;

  private long to = Long.MIN_VALUE;
  private RowGroups.Group current;

  /** Windows seen, at the place their start is hashed to. */
  private final long[] starts = new long[CACHED];

  private final RowGroups.Group[] cached = new RowGroups.Group[CACHED];

  /** The newest windows come first. */
  private record Start(long second) implements Comparable<Start> {
    @Override
    public int compareTo(Start other) {
      return Long.compare(other.second, second);
    }
  }

  WindowCounter(Profile shape, int rate, int column, TimeWindow window) {
    this.column = column;
    this.window = window;
    this.groups = new RowGroups<>(shape, rate, RunProfile.mostWindows(shape.columns()));
  }

  /** Finds the window of each row of a batch. */
  void assign(RowBatch batch) {
    if (groups.begin()) {
      Arrays.fill(cached, null);
      from = Long.MAX_VALUE;
      to = Long.MIN_VALUE;
    }
    for (int r = 0; r < batch.rows(); r++) {
      if (!batch.isRejected(r)) {
        groups.put(r, group(seconds(batch, r)));
      }
    }
  }

  private RowGroups.Group group(long second) {
    if (second == TimeParser.NONE) {
      unknown = unknown == null ? groups.another() : unknown;
      return unknown;
    }
    if (second < from || second >= to) {
      from = window.start(second);
      to = window.next(from);
      int place = (int) (Mix.of(from) >>> 58);
      if (cached[place] == null || starts[place] != from) {
        starts[place] = from;
        cached[place] = groups.of(new Start(from));
      }
      current = cached[place];
    }
    return current;
  }

  private long seconds(RowBatch batch, int row) {
    ColumnType type = batch.type(column);
    return switch (type.holding()) {
      case RAW -> text(batch, row);
      case UTF8 ->
          batch.nulls(column)[row]
              ? TimeParser.NONE
              : TimeParser.seconds(
                  batch.bytes(column), batch.starts(column)[row], batch.ends(column)[row]);
      default -> batch.nulls(column)[row] ? TimeParser.NONE : typed(batch, type, row);
    };
  }

  private long text(RowBatch batch, int row) {
    byte[] bytes = batch.bytes();
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (RawField.isQuoted(batch.quote(), bytes, start, end)) {
      byte[] text = batch.text(column, row).getBytes(StandardCharsets.UTF_8);
      return TimeParser.seconds(text, 0, text.length);
    }
    return TimeParser.seconds(bytes, start, end);
  }

  private long typed(RowBatch batch, ColumnType type, int row) {
    if (type.meaning() == Meaning.DATE) {
      return batch.longs(column)[row] * (long) SECONDS_PER_DAY;
    } else if (type.meaning() == Meaning.TIMESTAMP) {
      return Math.floorDiv(batch.longs(column)[row], 1_000_000_000L / type.unit().nanos());
    } else if (type.meaning() == Meaning.JULIAN_TIMESTAMP) {
      double days = TimeText.julianDays(batch.bytes(column), batch.starts(column)[row]);
      return (long) Math.floor(days * SECONDS_PER_DAY);
    }
    return TimeParser.NONE;
  }

  void each(int rows, RowBatch batch, RowGroups.Step step) {
    groups.each(rows, batch, step);
  }

  SortedMap<Instant, Profile> windows() {
    SortedMap<Instant, Profile> windows = new TreeMap<>();
    groups
        .profiles()
        .forEach((start, profile) -> windows.put(Instant.ofEpochSecond(start.second()), profile));
    return windows;
  }

  SortedMap<String, Profile> beside() {
    SortedMap<String, Profile> beside = new TreeMap<>();
    Profile earlier = groups.restProfile();
    if (earlier != null) {
      beside.put(RunProfile.EARLIER, earlier);
    }
    if (unknown != null) {
      beside.put(RunProfile.UNKNOWN, RowGroups.profile(unknown));
    }
    return Collections.unmodifiableSortedMap(beside);
  }
}
