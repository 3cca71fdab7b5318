package dev.mlctl.format;

/**
 * The values of a page, or of a dictionary, as slices of bytes, one after another. Each way of
 * writing them is one of the classes here; see Encodings.md of apache/parquet-format.
 */
abstract class Slices {
  /** What the slices point into. */
  abstract byte[] bytes();

  /**
   * Reads the next values.
   *
   * @throws RuntimeException when there are fewer, or one lies outside the bytes
   */
  abstract void read(int[] starts, int[] ends, int count);

  /** Each with its length in four bytes before it. */
  static Slices plain(byte[] bytes, int from, int end) {
    return new Slices() {
      private int at = from;

      @Override
      byte[] bytes() {
        return bytes;
      }

      @Override
      void read(int[] starts, int[] ends, int count) {
        for (int i = 0; i < count; i++) {
          int length = at + 4 <= end ? LittleEndian.getInt(bytes, at) : -1;
          at += 4;
          if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("a value lies outside its page");
          }
          starts[i] = at;
          at += length;
          ends[i] = at;
        }
      }
    };
  }

  /** All of one length. */
  static Slices fixed(byte[] bytes, int from, int end, int width) {
    return new Slices() {
      private int at = from;

      @Override
      byte[] bytes() {
        return bytes;
      }

      @Override
      void read(int[] starts, int[] ends, int count) {
        if ((long) count * width > end - at) {
          throw new IllegalArgumentException("fewer values than levels");
        }
        for (int i = 0; i < count; i++) {
          starts[i] = at;
          at += width;
          ends[i] = at;
        }
      }
    };
  }

  /** All lengths first, then the values without anything between. */
  static Slices deltaLengths(byte[] bytes, int from, int end) {
    DeltaInts lengths = new DeltaInts(bytes, from, end);
    int data = DeltaInts.endOf(bytes, from, end);
    return new Slices() {
      private int at = data;

      @Override
      byte[] bytes() {
        return bytes;
      }

      @Override
      void read(int[] starts, int[] ends, int count) {
        for (int i = 0; i < count; i++) {
          long length = lengths.next();
          if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("a value lies outside its page");
          }
          starts[i] = at;
          at += (int) length;
          ends[i] = at;
        }
      }
    };
  }

  /** Slices that were found beforehand, taken in order. */
  static Slices of(byte[] bytes, int[] allStarts, int[] allEnds) {
    return new Slices() {
      private int at;

      @Override
      byte[] bytes() {
        return bytes;
      }

      @Override
      void read(int[] starts, int[] ends, int count) {
        System.arraycopy(allStarts, at, starts, 0, count);
        System.arraycopy(allEnds, at, ends, 0, count);
        at += count;
      }
    };
  }

  /** Those of a dictionary, by their indices. */
  static Slices indexed(byte[] bytes, int[] allStarts, int[] allEnds, HybridRuns indices) {
    return new Slices() {
      @Override
      byte[] bytes() {
        return bytes;
      }

      @Override
      void read(int[] starts, int[] ends, int count) {
        indices.read(starts, 0, count);
        for (int i = 0; i < count; i++) {
          int index = starts[i];
          starts[i] = allStarts[index];
          ends[i] = allEnds[index];
        }
      }
    };
  }

  /**
   * Each with the length of what it shares with the one before; put together here, all of the page.
   *
   * @param budget pays for what they come to
   * @param what they are, for its failure
   */
  static Slices deltaBytes(byte[] bytes, int from, int end, MemoryBudget budget, String what) {
    DeltaInts shared = new DeltaInts(bytes, from, end);
    int suffixes = DeltaInts.endOf(bytes, from, end);
    DeltaInts lengths = new DeltaInts(bytes, suffixes, end);
    int at = DeltaInts.endOf(bytes, suffixes, end);
    int count = shared.left();
    if (lengths.left() != count) {
      throw new IllegalArgumentException("not as many ends as beginnings");
    }
    budget.claim(8L * count, 0, what);
    int[] starts = new int[count];
    int[] ends = new int[count];
    GrowingBytes whole = new GrowingBytes();
    long claimed = 8L * count;
    for (int i = 0; i < count; i++) {
      long prefix = shared.next();
      long suffix = lengths.next();
      long before = i == 0 ? 0 : ends[i - 1] - starts[i - 1];
      if (prefix < 0 || prefix > before || suffix < 0 || suffix > end - at) {
        throw new IllegalArgumentException("a value lies outside its page");
      }
      long size = 8L * count + whole.size() + prefix + suffix;
      if (size > claimed) {
        budget.claim(size * 2, claimed, what);
        claimed = size * 2;
      }
      starts[i] = whole.size();
      whole.reserve((int) (prefix + suffix));
      System.arraycopy(
          whole.array(), i == 0 ? 0 : starts[i - 1], whole.array(), whole.size(), (int) prefix);
      whole.size(whole.size() + (int) prefix);
      whole.put(bytes, at, (int) suffix);
      at += (int) suffix;
      ends[i] = whole.size();
    }
    budget.claim(0, claimed, what); // the page is done with before another one is read
    return of(whole.array(), starts, ends);
  }

  /** All of one length, their first bytes together, then their second ones, and so on. */
  static Slices split(byte[] bytes, int from, int end, int width) {
    int values = (end - from) / width;
    byte[] whole = new byte[values * width];
    for (int i = 0; i < values; i++) {
      for (int b = 0; b < width; b++) {
        whole[i * width + b] = bytes[from + b * values + i];
      }
    }
    return fixed(whole, 0, whole.length, width);
  }

  /** Reads all of a dictionary's values. */
  static int[][] all(Slices values, int count) {
    int[] starts = new int[count];
    int[] ends = new int[count];
    values.read(starts, ends, count);
    return new int[][] {starts, ends};
  }
}
