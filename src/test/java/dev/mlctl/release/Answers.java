package dev.mlctl.release;

import dev.mlctl.error.Failure;

/** What a store says of a write, as a word that a table can hold. */
final class Answers {
  private Answers() {}

  static String toWrite(ObjectStore store) {
    try {
      return store.putIfAbsent("log/2", new byte[2]).toString();
    } catch (Failure e) {
      return e.kind().toString();
    }
  }
}
