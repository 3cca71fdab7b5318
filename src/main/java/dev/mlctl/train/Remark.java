package dev.mlctl.train;

/**
 * Something in a training that a person should look at.
 *
 * @param level how grave: {@code critical}, {@code warning} or {@code unknown} for a hint
 * @param text what is so, with the numbers that show it
 */
record Remark(String level, String text) {
  static Remark critical(String text) {
    return new Remark("critical", text);
  }

  static Remark warning(String text) {
    return new Remark("warning", text);
  }

  static Remark hint(String text) {
    return new Remark("unknown", text);
  }

  /** The level in a word. */
  String word() {
    return level.equals("unknown") ? "hint" : level;
  }
}
