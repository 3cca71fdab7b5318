package dev.mlctl.score;

import java.nio.file.FileSystemException;

/** A store that refuses or does not answer, said in one line that a person can read. */
final class StoreException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private final boolean outage;
  private final String hint;

  /**
   * A failure at a path.
   *
   * @param reason one line, no full stop
   * @param outage whether the store itself failed, rather than refusing what was asked of it
   * @param hint what to do about it, or empty
   */
  StoreException(String path, String reason, boolean outage, String hint) {
    super(path, null, reason);
    this.outage = outage;
    this.hint = hint;
  }

  /** Whether the store could not be reached or failed: another try may go well. */
  boolean isOutage() {
    return outage;
  }

  /** Advice, or empty. */
  String hint() {
    return hint;
  }
}
