package dev.mlctl.model;

import dev.mlctl.data.FeatureBatch;
import java.util.Arrays;

/**
 * A category: its level as a number, or one input per level. Several categories may share a level
 * (rare ones grouped). Level −1 is no level: all zeros when one-hot, −1 when ordinal.
 *
 * @param oneHot one 0/1 input per level, or the level's number as the one input
 * @param count how many levels; at most one per category, one for missing and one for unknown
 * @param ofCategory the level of each category, in the order of the feature's categories
 * @param ofMissing the level of a missing value
 * @param ofUnknown the level of a category that is not among them
 */
public record Levels(boolean oneHot, int count, int[] ofCategory, int ofMissing, int ofUnknown)
    implements Step {
  /** Copies and checks that every level is −1 or below the count. */
  public Levels {
    ofCategory = ofCategory.clone();
    Shapes.check(
        count >= 0 && count <= ofCategory.length + 2,
        count + " levels for " + ofCategory.length + " categories, missing and unknown");
    for (int level : ofCategory) {
      check(level, count);
    }
    check(ofMissing, count);
    check(ofUnknown, count);
  }

  private static void check(int level, int count) {
    if (level < -1 || level >= count) {
      throw new IllegalArgumentException("level " + level + " of " + count);
    }
  }

  @Override
  public int[] ofCategory() {
    return ofCategory.clone();
  }

  @Override
  public int width() {
    return oneHot ? count : 1;
  }

  /** The level of a category's code, {@code MISSING} and {@code UNKNOWN} included. */
  int of(int code) {
    if (code >= 0) {
      return ofCategory[code];
    }
    return code == FeatureBatch.MISSING ? ofMissing : ofUnknown;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Levels l
        && oneHot == l.oneHot
        && count == l.count
        && Arrays.equals(ofCategory, l.ofCategory)
        && ofMissing == l.ofMissing
        && ofUnknown == l.ofUnknown;
  }

  @Override
  public int hashCode() {
    return 31 * count + Arrays.hashCode(ofCategory);
  }

  @Override
  public String toString() {
    return (oneHot ? "one-hot" : "ordinal") + " levels: " + count;
  }
}
