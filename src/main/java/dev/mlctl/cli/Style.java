package dev.mlctl.cli;

/**
 * Colour for words, or none.
 *
 * @param colored whether to write ANSI sequences
 */
record Style(boolean colored) {
  String bold(String text) {
    return in("1", text);
  }

  String good(String text) {
    return in("32", text);
  }

  String warning(String text) {
    return in("33", text);
  }

  String bad(String text) {
    return in("31", text);
  }

  private String in(String code, String text) {
    return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
