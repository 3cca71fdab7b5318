package dev.mlctl.config;

/** What a shape needs to check a file: where faults go and where secrets come from. */
record Checker(Faults faults, Secrets secrets) {
  /** Reports a value of the wrong type; says nothing of a value already reported. */
  void mismatch(String expected, Node found) {
    if (found instanceof Node.Broken) {
      return;
    }
    faults.add(found.at(), "expected " + expected + ", found " + found.described());
  }

  void fault(Place at, String message, String hint) {
    faults.add(at, message, hint);
  }
}
