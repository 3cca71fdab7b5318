package dev.mlctl.data;

/** How the slices of a batch are written; it decides how one is unquoted. */
public enum TextFormat {
  /** RFC 4180: a quoted field doubles its quotes. */
  CSV,
  /** One JSON object a line (RFC 8259): texts are quoted with backslash escapes. */
  JSON_LINES,
  /** A slice is the value itself: the columns of the batch have types. */
  PLAIN
}
