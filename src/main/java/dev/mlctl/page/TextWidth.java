package dev.mlctl.page;

/** How wide a text will be, by and large: the font is the reader's and is not known here. */
final class TextWidth {
  /** An average letter of a sans-serif font, in its size. */
  private static final double LETTER = 0.62;

  /** Chinese, Japanese and Korean letters and pictures, in the size of the font. */
  private static final double WIDE = 1.1;

  private static final int FIRST_WIDE = 0x1100;

  private TextWidth() {}

  /** The width of a text in letters of 12 units. */
  static double of(String text) {
    return text.codePoints().mapToDouble(c -> 12 * (c < FIRST_WIDE ? LETTER : WIDE)).sum();
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
