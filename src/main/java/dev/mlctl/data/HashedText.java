package dev.mlctl.data;

import java.util.Comparator;

/**
 * A text in the order of hashes: which texts come first is chance, but the same chance everywhere.
 */
record HashedText(long hash, String text) implements Comparable<HashedText> {
  /** Slices of one column in the order of their values' hashes. */
  static final Comparator<Slice> ORDER = Comparator.comparing(slice -> of(slice.value()));

  static HashedText of(String text) {
    return new HashedText(Mix.of(text), text);
  }

  @Override
  public int compareTo(HashedText other) {
    int byHash = Long.compareUnsigned(hash, other.hash);
    return byHash != 0 ? byHash : text.compareTo(other.text);
  }
}
