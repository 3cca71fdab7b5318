package dev.mlctl.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts rows by their value in a column. Not thread-safe. */
final class SliceCounter {
  private static final int LG_CACHED = 8;

  private final int column;
  private final String name;
  private final RowGroups<HashedText> groups;

  /** Values seen, at the place their hash puts them. */
  private final byte[][] keys = new byte[1 << LG_CACHED][];

  private final RowGroups.Group[] cached = new RowGroups.Group[1 << LG_CACHED];

  SliceCounter(Profile shape, int rate, int column, String name) {
    this.column = column;
    this.name = name;
    this.groups = new RowGroups<>(shape, rate, RunProfile.mostHeld(shape.columns()));
  }

  /** Finds the slice of each row of a batch. */
  void assign(RowBatch batch) {
    if (groups.begin()) {
      Arrays.fill(cached, null);
    }
    ColumnType.Holding holding = batch.type(column).holding();
    for (int r = 0; r < batch.rows(); r++) {
      if (batch.isRejected(r)) {
        continue;
      }
      boolean asItStands =
          holding == ColumnType.Holding.RAW
              ? !isQuoted(batch, r)
              : holding == ColumnType.Holding.UTF8 && !batch.nulls(column)[r];
      if (asItStands) {
        byte[] bytes = batch.bytes(column);
        groups.put(r, group(bytes, batch.starts(column)[r], batch.ends(column)[r]));
      } else {
        byte[] text = batch.text(column, r).getBytes(StandardCharsets.UTF_8);
        groups.put(r, group(text, 0, text.length));
      }
    }
  }

  private boolean isQuoted(RowBatch batch, int row) {
    int start = batch.starts(column)[row];
    return RawField.isQuoted(batch.quote(), batch.bytes(), start, batch.ends(column)[row]);
  }

  private RowGroups.Group group(byte[] bytes, int start, int end) {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash * 0x9E3779B9) >>> (Integer.SIZE - LG_CACHED);
    byte[] key = keys[place];
    if (cached[place] != null && Arrays.equals(key, 0, key.length, bytes, start, end)) {
      return cached[place];
    }
    String value = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    RowGroups.Group group =
        value.equals(Slice.OTHER) ? groups.rest() : groups.of(HashedText.of(value));
    keys[place] = Arrays.copyOfRange(bytes, start, end);
    cached[place] = group;
    return group;
  }

  void each(int rows, RowBatch batch, RowGroups.Step step) {
    groups.each(rows, batch, step);
  }

  SortedMap<Slice, Profile> slices() {
    SortedMap<Slice, Profile> slices = new TreeMap<>();
    groups
        .profiles()
        .forEach((value, profile) -> slices.put(new Slice(name, value.text()), profile));
    Profile rest = groups.restProfile();
    if (rest != null) {
      slices.put(Slice.other(name), rest);
    }
    return slices;
  }
}
