package dev.mlctl.monitor;

/**
 * Labels by the hash of their key: open addressing with linear probing, 17 bytes a slot and 4 more
 * for each further column. Not thread-safe.
 */
final class LabelTable {
  private static final int FEWEST_SLOTS = 1 << 10;
  private static final byte CONTRADICTORY = 1;
  private static final byte ANSWERED = 2;

  private final int columns;
  private long[] keys;
  private double[] values;
  private byte[] marks;

  /** {@code [column][slot]}. */
  private int[][] codes;

  private int size;
  private int contradictory;
  private int answered;

  LabelTable(int columns) {
    this.columns = columns;
    allocate(FEWEST_SLOTS);
  }

  /** How many labels fit into so many bytes, growing included. */
  static long labelsIn(long bytes, int columns) {
    // While the slots are doubled, those before are still there; three in four may be taken.
    long slots = Long.highestOneBit(Math.max(FEWEST_SLOTS, bytes * 2 / 3 / bytesPerSlot(columns)));
    return Math.min(slots, 1L << 30) / 4 * 3;
  }

  private static int bytesPerSlot(int columns) {
    return Long.BYTES + Double.BYTES + 1 + columns * Integer.BYTES;
  }

  private void allocate(int slots) {
    keys = new long[slots];
    values = new double[slots];
    marks = new byte[slots];
    codes = new int[columns][slots];
  }

  /** Forgets all labels, and keeps the room. */
  void clear() {
    allocate(keys.length);
    size = 0;
    contradictory = 0;
    answered = 0;
  }

  /** The slot of a key; negative when it has none. */
  int find(long key) {
    int slot = slot(key);
    return keys[slot] == key ? slot : -1;
  }

  private int slot(long key) {
    int slot = (int) key & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  /**
   * Adds a label, unless its key has one.
   *
   * @param key not 0
   * @param columnCodes of its further columns
   * @return whether it is new
   */
  boolean add(long key, double value, int[] columnCodes) {
    int slot = slot(key);
    if (keys[slot] == key) {
      if (values[slot] != value && (marks[slot] & CONTRADICTORY) == 0) {
        marks[slot] |= CONTRADICTORY;
        contradictory++;
      }
      return false;
    }
    put(slot, key, value, columnCodes);
    if (++size > keys.length / 4 * 3) {
      grow();
    }
    return true;
  }

  private void put(int slot, long key, double value, int[] columnCodes) {
    keys[slot] = key;
    values[slot] = value;
    for (int c = 0; c < columns; c++) {
      codes[c][slot] = columnCodes[c];
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    double[] oldValues = values;
    byte[] oldMarks = marks;
    int[][] oldCodes = codes;
    allocate(Math.multiplyExact(keys.length, 2));
    int[] columnCodes = new int[columns];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != 0) {
        for (int c = 0; c < columns; c++) {
          columnCodes[c] = oldCodes[c][old];
        }
        int slot = slot(oldKeys[old]);
        put(slot, oldKeys[old], oldValues[old], columnCodes);
        marks[slot] = oldMarks[old];
      }
    }
  }

  double value(int slot) {
    return values[slot];
  }

  int code(int column, int slot) {
    return codes[column][slot];
  }

  /** Whether labels of the key disagree. */
  boolean isContradictory(int slot) {
    return (marks[slot] & CONTRADICTORY) != 0;
  }

  /** Marks a label as joined; false if it was. */
  boolean answer(int slot) {
    boolean first = (marks[slot] & ANSWERED) == 0;
    marks[slot] |= ANSWERED;
    answered += first ? 1 : 0;
    return first;
  }

  /** How many different keys have a label. */
  int size() {
    return size;
  }

  /** How many of them have labels that disagree. */
  int contradictory() {
    return contradictory;
  }

  /** How many keys have one label, and no prediction. */
  int unanswered() {
    return size - contradictory - answered;
  }
}
