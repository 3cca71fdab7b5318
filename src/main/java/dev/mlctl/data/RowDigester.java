package dev.mlctl.data;

/** Adds rows to a digest. Not thread-safe. */
public final class RowDigester {
  private final RowHash hash = new RowHash();
  private long first;
  private long second;

  /** Adds a row that is written as bytes up to {@code end}, which it excludes. */
  public void add(byte[] bytes, int start, int end) {
    hash.start();
    hash.add(bytes, start, end);
    add(hash);
  }

  /** Adds a row by its hash. */
  public void add(RowHash row) {
    first += row.first();
    second += row.second();
  }

  /** The digest of the rows so far. */
  public RowDigest digest() {
    return new RowDigest(first, second);
  }
}
