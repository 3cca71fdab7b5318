package dev.mlctl.data;

/** The text format a batch's fields are written in; it decides how a raw field is unquoted. */
public enum TextFormat {
  /** RFC 4180: a quoted field doubles its quotes. */
  CSV,
  /** One JSON object a line (RFC 8259): texts are quoted with backslash escapes. */
  JSON_LINES
}
