package dev.mlctl.data;

/**
 * Checks one JSON object (RFC 8259) in a byte range and tells where its members are, without making
 * anything of them. Bytes above 127 inside texts are taken as they are; the caller checks UTF-8.
 */
final class JsonScanner {
  private static final int MAX_DEPTH = 64;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int p;
  private String fault;

  JsonScanner(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.p = start;
  }

  /** Told of each member of the outermost object: raw key with quotes, raw value. */
  interface Members {
    void member(int keyStart, int keyEnd, int valueStart, int valueEnd);
  }

  /**
   * Scans the whole range as one object.
   *
   * @return null when it is one, otherwise what is wrong
   */
  String object(Members members) {
    p = start;
    fault = null;
    skipSpace();
    if (p == end || bytes[p] != '{') {
      return "not a JSON object";
    }
    if (members(members, 1)) {
      skipSpace();
      if (p != end) {
        fail("text after the JSON object");
      }
    }
    return fault;
  }

  private boolean members(Members members, int depth) {
    p++;
    skipSpace();
    if (take('}')) {
      return true;
    }
    while (true) {
      skipSpace();
      int keyStart = p;
      if (!string()) {
        return fail("expected a member name");
      }
      int keyEnd = p;
      skipSpace();
      if (!take(':')) {
        return fail("expected ':'");
      }
      skipSpace();
      int valueStart = p;
      if (!value(depth)) {
        return fail("expected a value");
      }
      if (members != null) {
        members.member(keyStart, keyEnd, valueStart, p);
      }
      skipSpace();
      if (take('}')) {
        return true;
      }
      if (!take(',')) {
        return fail("expected ',' or '}'");
      }
    }
  }

  private boolean value(int depth) {
    if (p == end) {
      return false;
    }
    return switch (bytes[p]) {
      case '"' -> string();
      case '{' -> depth < MAX_DEPTH ? members(null, depth + 1) : fail("nested too deeply");
      case '[' -> depth < MAX_DEPTH ? array(depth + 1) : fail("nested too deeply");
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  private boolean array(int depth) {
    p++;
    skipSpace();
    if (take(']')) {
      return true;
    }
    while (true) {
      skipSpace();
      if (!value(depth)) {
        return fail("expected a value");
      }
      skipSpace();
      if (take(']')) {
        return true;
      }
      if (!take(',')) {
        return fail("expected ',' or ']'");
      }
    }
  }

  private boolean string() {
    if (p == end || bytes[p] != '"') {
      return false;
    }
    p++;
    while (p < end) {
      byte b = bytes[p++];
      if (b == '"') {
        return true;
      }
      if (b == '\\' && !escape()) {
        return fail("bad escape in a text");
      }
      if (b >= 0 && b < ' ') {
        return fail("control character in a text");
      }
    }
    return fail("text is not closed");
  }

  private boolean escape() {
    if (p == end) {
      return false;
    }
    byte b = bytes[p++];
    if (b == 'u') {
      for (int i = 0; i < 4; i++, p++) {
        if (p == end || Character.digit(bytes[p], 16) < 0) {
          return false;
        }
      }
      return true;
    }
    return "\"\\/bfnrt".indexOf(b) >= 0;
  }

  private boolean literal(String word) {
    for (int i = 0; i < word.length(); i++, p++) {
      if (p == end || bytes[p] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    take('-');
    if (take('0')) {
      return fraction();
    }
    return digits() && fraction();
  }

  private boolean fraction() {
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int from = p;
    while (p < end && bytes[p] >= '0' && bytes[p] <= '9') {
      p++;
    }
    return p > from;
  }

  private boolean take(char c) {
    if (p < end && bytes[p] == c) {
      p++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (p < end && (bytes[p] == ' ' || bytes[p] == '\t' || bytes[p] == '\r')) {
      p++;
    }
  }

  private boolean fail(String what) {
    if (fault == null) {
      fault = "not a JSON object: " + what + " at byte " + (p - start + 1) + " of the line";
    }
    return false;
  }
}
