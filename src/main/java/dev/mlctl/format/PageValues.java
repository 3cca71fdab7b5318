package dev.mlctl.format;

import org.apache.parquet.format.Statistics;

/**
 * The values of a column on their way into a Parquet file: of one page as they came, of one row
 * group the dictionary and the range. Not thread-safe.
 */
abstract class PageValues {
  /** A larger dictionary does not pay: most values would be new ones. */
  static final int MAX_DICTIONARY = 1 << 15;

  private boolean neverByIndex;
  private boolean plainOnly;
  private boolean dictionaryUsed;

  /**
   * Takes the values of some rows.
   *
   * @param nulls set for each of these rows, from {@code at} on
   * @return how many are not null
   */
  abstract int take(WrittenRows rows, int from, int count, boolean[] nulls, int at);

  /**
   * Adds the values of some rows to their hashes.
   *
   * @param first the place of the first of them among the values of the page
   * @param nulls which of the rows have none, from {@code at} on
   */
  final void addTo(RowHashes hashes, int row, int count, int first, boolean[] nulls, int at) {
    int value = first;
    for (int i = 0; i < count; i++) {
      if (nulls[at + i]) {
        hashes.addNull(row + i);
      } else {
        addTo(hashes, row + i, value++);
      }
    }
  }

  /** Adds a value of the page to the hash of its row. */
  abstract void addTo(RowHashes hashes, int row, int value);

  /** How many values the page has, nulls left out. */
  abstract int count();

  /** How many bytes they take, about. */
  abstract int byteSize();

  /** The different values of this row group so far, with those of this page. */
  abstract int learnDictionary();

  /** Whether the dictionary grew too large with this page. */
  abstract boolean isDictionaryFull();

  abstract void encodePlain(GrowingBytes out);

  /** Writes the indices of the values; {@link #learnDictionary} has been called. */
  abstract void encodeIndices(GrowingBytes out);

  /** Writes the dictionary; returns how many values it has. */
  abstract int encodeDictionary(GrowingBytes out);

  abstract void clearPage();

  /** Forgets the dictionary and the range. */
  abstract void clearGroup();

  /** Puts the range of the row group's values into statistics, where their order is defined. */
  abstract void putRange(Statistics into);

  /** Never tries a dictionary. */
  final void neverUseDictionary() {
    neverByIndex = true;
  }

  /**
   * Writes the page.
   *
   * @return whether it refers to the dictionary
   */
  final boolean encode(GrowingBytes out) {
    boolean byIndex = !neverByIndex && !plainOnly && count() > 0 && dictionaryPays();
    if (byIndex) {
      encodeIndices(out);
      dictionaryUsed = true;
    } else {
      encodePlain(out);
    }
    clearPage();
    return byIndex;
  }

  /**
   * After a page that has too many new values no other is tried: in this row group, or in none when
   * it was the first.
   */
  private boolean dictionaryPays() {
    int size = learnDictionary();
    plainOnly = isDictionaryFull() || (!dictionaryUsed && size > count() / 2 + 1);
    return !plainOnly;
  }

  /** Whether a page of this row group refers to the dictionary. */
  final boolean usesDictionary() {
    return dictionaryUsed;
  }

  /** Starts another row group. */
  final void startGroup() {
    plainOnly &= !dictionaryUsed;
    dictionaryUsed = false;
    clearGroup();
  }
}
