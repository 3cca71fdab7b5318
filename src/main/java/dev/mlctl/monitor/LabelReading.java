package dev.mlctl.monitor;

import dev.mlctl.data.RowBatch;
import dev.mlctl.format.RowFile;
import java.util.ArrayList;
import java.util.List;

/** Reads files of labels into a table: all of their keys, or those of one part of them. */
final class LabelReading {
  private final List<RowFile> files;
  private final List<String> wanted;
  private final SliceColumns slices;
  private final FieldReading fields;
  private final LabelTable table;
  private final int[] codes;
  private KeyPart part = KeyPart.ALL;
  private long most;
  private boolean full;
  private long unusable;
  private long duplicates;

  LabelReading(
      List<RowFile> files,
      String key,
      String target,
      SliceColumns slices,
      FieldReading fields,
      LabelTable table) {
    this.files = files;
    this.wanted = new ArrayList<>(List.of(key, target));
    this.wanted.addAll(slices.labelled());
    this.slices = slices;
    this.fields = fields;
    this.table = table;
    this.codes = new int[slices.labelled().size()];
  }

  /**
   * Fills the table anew.
   *
   * @param keys which keys
   * @param atMost labels, or else there are too many
   * @return whether they fit; if not, the table is of no use
   */
  boolean read(KeyPart keys, long atMost) {
    table.clear();
    part = keys;
    most = atMost;
    full = false;
    long unusableBefore = unusable;
    long duplicatesBefore = duplicates;
    for (RowFile file : files) {
      long rejected = full ? 0 : file.read(wanted, this::readRow);
      unusable += part.isFirst() ? rejected : 0;
    }
    if (full) {
      unusable = unusableBefore;
      duplicates = duplicatesBefore;
    }
    return !full;
  }

  private void readRow(RowBatch batch, int row) {
    if (full) {
      return;
    }
    long key = fields.key(batch, 0, row);
    boolean mine = part.holds(key);
    if (!mine && !part.isFirst()) {
      return;
    }
    double label = fields.answer(batch, 1, row);
    if (key == 0 || Double.isNaN(label)) {
      unusable += part.isFirst() ? 1 : 0;
    } else if (mine) {
      slices.read(slices.labelled(), batch, 2, row, codes);
      if (!table.add(key, label, codes)) {
        duplicates++;
      }
      full = table.size() > most;
    }
  }

  /** Rows that cannot be read, have no key or no label that is one. */
  long unusable() {
    return unusable;
  }

  /** Rows with a key that came before. */
  long duplicates() {
    return duplicates;
  }
}
