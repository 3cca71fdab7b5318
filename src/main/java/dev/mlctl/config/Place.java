package dev.mlctl.config;

/**
 * Where a value stands.
 *
 * @param source the file as the user named it, or {@code --set KEY=VALUE}
 * @param line from 1, or 0 when the source has no lines
 * @param column from 1, in code points
 */
record Place(String source, int line, int column) {
  static Place whole(String source) {
    return new Place(source, 0, 0);
  }

  boolean hasLine() {
    return line > 0;
  }

  @Override
  public String toString() {
    return hasLine() ? source + ":" + line + ":" + column : source;
  }
}
