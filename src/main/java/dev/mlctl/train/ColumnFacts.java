package dev.mlctl.train;

import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Numbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a first look at a column's values says. Not thread-safe. */
final class ColumnFacts {
  /** A category with more different texts than this is taken for a mistake. */
  static final int MAX_CATEGORIES = 10_000;

  /** So many different texts in a row, and none twice, make an identifier. */
  private static final int FEWEST_IDENTIFIERS = 20;

  private static final int SHOWN = 3;

  /** A value that is no number, where most are. */
  record Odd(long line, String text) {}

  private final String name;
  private final List<Odd> odd = new ArrayList<>();
  private final Set<String> texts = new HashSet<>();
  private long missing;
  private long numbers;
  private long dates;
  private long others;
  private boolean repeats;

  ColumnFacts(String name) {
    this.name = name;
  }

  void addMissing() {
    missing++;
  }

  void addNumber() {
    numbers++;
  }

  /** Adds a value that is no plain number. */
  void addText(String text, long line) {
    if (!Double.isNaN(Numbers.parse(text))) {
      numbers++;
      return;
    }
    if (mayBeDate(text) && !Double.isNaN(FeatureDecoder.days(text))) {
      dates++;
    } else {
      others++;
    }
    if (odd.size() < SHOWN) {
      odd.add(new Odd(line, text));
    }
    if (texts.size() <= MAX_CATEGORIES) {
      repeats |= !texts.add(text);
    }
  }

  /** Keeps texts from the date parser, which is slow to say no. */
  private static boolean mayBeDate(String text) {
    return text.length() >= 10 && text.charAt(4) == '-' && text.charAt(7) == '-';
  }

  String name() {
    return name;
  }

  long missing() {
    return missing;
  }

  long present() {
    return numbers + dates + others;
  }

  /** Number, date or category; null when nothing is there. */
  FeatureType inferred() {
    if (present() == 0) {
      return null;
    } else if (numbers == present()) {
      return FeatureType.NUMBER;
    } else if (dates == present()) {
      return FeatureType.DATE;
    }
    return FeatureType.CATEGORY;
  }

  /** Whether most values are numbers but some are not: more likely a fault than a category. */
  boolean isMostlyNumbers() {
    return numbers * 2 > present() && numbers < present();
  }

  /** The first values that are no numbers. */
  List<Odd> odd() {
    return odd;
  }

  /** Whether no text is there twice, as in a key or a name. */
  boolean isIdentifier() {
    return inferred() == FeatureType.CATEGORY && !repeats && texts.size() > FEWEST_IDENTIFIERS;
  }

  boolean hasTooManyCategories() {
    return texts.size() > MAX_CATEGORIES;
  }
}
