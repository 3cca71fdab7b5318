package dev.mlctl.page;

/** How wide a text will be, by and large: the font is the reader's and is not known here. */
final class TextWidth {
  private static final double SIZE = 12;

  /** Chinese, Japanese and Korean letters and pictures begin about here. */
  private static final int FIRST_WIDE = 0x1100;

  private static final String NARROW = "ijltfrI.,:;'|!()[]{}/\\ -\"";
  private static final String BROAD = "mwMW@%<>=+~−–…QGO";

  private TextWidth() {}

  /** The width of a text in letters of 12 units; of common fonts, a broad one. */
  static double of(String text) {
    return text.codePoints().mapToDouble(TextWidth::of).sum();
  }

  private static double of(int c) {
    if (c >= FIRST_WIDE) {
      return SIZE * (BROAD.indexOf(c) >= 0 ? 0.9 : 1.1);
    } else if (NARROW.indexOf(c) >= 0) {
      return SIZE * 0.4;
    } else if (BROAD.indexOf(c) >= 0) {
      return SIZE * 0.9;
    }
    return SIZE * (Character.isUpperCase(c) ? 0.7 : 0.62);
  }

  /** The text, or its beginning and an ellipsis where it is wider than there is room. */
  static String fitted(String text, double width) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    double left = width - of("…");
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      left -= of(Character.toString(c));
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append('…').toString();
  }
}
