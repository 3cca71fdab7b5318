package dev.mlctl.config;

/** What JSON and YAML ask of every text. */
final class Texts {
  private Texts() {}

  /** Whether a text holds half of a surrogate pair, which has no UTF-8 form. */
  static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(code -> code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE);
  }
}
