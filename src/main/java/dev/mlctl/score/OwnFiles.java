package dev.mlctl.score;

import java.io.IOException;

/**
 * What a run has published or is about to, by the identity that a file keeps when it is renamed. A
 * run that was killed after its output got its name, and before its work directory was gone, so
 * knows that the output is its own and not another's.
 */
final class OwnFiles {
  private static final String OUTPUT = "publishing-output";
  private static final String DEAD_LETTER = "publishing-dead-letter";

  private final WorkDirectory work;

  OwnFiles(WorkDirectory work) {
    this.work = work;
  }

  static boolean isMark(String name) {
    return name.equals(OUTPUT) || name.equals(DEAD_LETTER);
  }

  void outputIs(String finished) throws IOException {
    put(OUTPUT, finished);
  }

  void deadLetterIs(String finished) throws IOException {
    put(DEAD_LETTER, finished);
  }

  boolean isOutput(String target) throws IOException {
    return is(OUTPUT, target);
  }

  boolean isDeadLetter(String target) throws IOException {
    return is(DEAD_LETTER, target);
  }

  private void put(String name, String finished) throws IOException {
    work.put(name, Storage.of(finished).identity(finished));
  }

  private boolean is(String name, String target) throws IOException {
    Storage storage = Storage.of(target);
    if (!work.has(name) || !storage.exists(target)) {
      return false;
    }
    String identity = storage.identity(target);
    return !identity.isEmpty() && identity.equals(work.text(name));
  }
}
