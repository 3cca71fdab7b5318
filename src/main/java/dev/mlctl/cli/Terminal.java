package dev.mlctl.cli;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The process's streams and surroundings, passed in so that a test can give its own.
 *
 * @param in standard input
 * @param stdout standard output, for data that streams
 * @param out standard output, for text
 * @param err standard error
 * @param ttys the descriptors (0, 1, 2) that are terminals, such as {@code "012"}
 * @param environment the environment variables
 */
record Terminal(
    InputStream in,
    StandardOutput stdout,
    PrintStream out,
    PrintStream err,
    String ttys,
    Map<String, String> environment) {

  /** A terminal over plain streams; what is printed is UTF-8 whatever the locale. */
  static Terminal of(
      InputStream in,
      OutputStream out,
      OutputStream err,
      String ttys,
      Map<String, String> environment) {
    StandardOutput stdout = new StandardOutput(out);
    return new Terminal(
        in,
        stdout,
        new PrintStream(new BufferedOutputStream(stdout), false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        ttys,
        environment);
  }

  boolean isTerminal(int descriptor) {
    return ttys.indexOf('0' + descriptor) >= 0;
  }

  /** An environment variable, or empty. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
