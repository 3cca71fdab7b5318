package dev.mlctl.config;

import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says SnakeYAML's syntax errors in a reader's words. */
final class YamlSyntax {
  private static final String NO_TOKEN = "that cannot start any token";

  private YamlSyntax() {}

  static String message(MarkedYAMLException e) {
    String problem = problem(e);
    if (problem.contains("TAB")) {
      return "a tab where only spaces are allowed";
    } else if (problem.contains(NO_TOKEN)) {
      return problem.substring(0, problem.indexOf(NO_TOKEN)) + "that cannot start a value";
    }
    String context = e.getContext() == null ? "" : " " + e.getContext();
    return (problem + context)
        .replace("<stream end>", "the end of the file")
        .replace("<block end>", "the end of the block")
        .replace("stream", "file")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Advice for the mistakes people make most, or empty. */
  static String hint(MarkedYAMLException e) {
    String problem = problem(e);
    if (problem.contains("TAB")) {
      return "indent with spaces";
    } else if (problem.contains(NO_TOKEN)) {
      return "put a text that starts with this character in quotes";
    } else if (problem.startsWith("mapping values are not allowed")) {
      return "check the indentation, and put a text with \": \" in it in quotes";
    } else if (e.getContext() != null && e.getContext().endsWith("an alias")) {
      return "put a text that starts with * in quotes";
    } else if (e.getContext() != null && e.getContext().endsWith("an anchor")) {
      return "put a text that starts with & in quotes";
    }
    return "";
  }

  private static String problem(MarkedYAMLException e) {
    return e.getProblem() == null ? "" : e.getProblem();
  }
}
