package dev.mlctl.config;

import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a CSV file is written, as the config of a source or a sink says it. The one definition of
 * these keys, so that they mean the same in every file. Immutable.
 *
 * @param delimiter the character between fields; ASCII, no two of these three are equal, and this
 *     and the quote are no part of a number
 * @param quote what may stand around a field, or {@link #NONE}; ASCII
 * @param comment what a line to pass over starts with, or {@link #NONE}; ASCII
 * @param columns the names of the columns of a file without a header; empty when it has one
 */
public record CsvSettings(char delimiter, char quote, char comment, List<String> columns) {
  /** Stands for no character: no byte equals it. */
  public static final char NONE = Character.MAX_VALUE;

  private static final Key DELIMITER =
      Key.optional("delimiter", Shape.text(), ",", "The character between fields.");

  /** Copies. */
  public CsvSettings {
    columns = List.copyOf(columns);
  }

  /** The keys of a source beside {@code path}. */
  public static List<Key> sourceKeys() {
    return List.of(
        DELIMITER,
        Key.optional(
            "quote",
            Shape.text(),
            "\"",
            "The character around fields that hold delimiters or line ends; \"\" for none."),
        Key.optional(
            "header",
            Shape.bool(),
            true,
            "Whether the first line names the columns; else columns."),
        Key.optional(
            "columns",
            Shape.listOf(Shape.text()),
            List.of(),
            "The names of the columns, in order, when header is false."),
        Key.optional(
            "comment",
            Shape.text(),
            "",
            "Lines that start with this character are passed over; \"\" for none."),
        Key.optional(
            "null_values",
            Shape.textOrList(),
            List.of(),
            "Texts that stand for a missing value, besides the empty one."));
  }

  /** The keys of a sink beside those that every sink has. */
  public static List<Key> sinkKeys() {
    return List.of(
        DELIMITER,
        Key.optional(
            "quote",
            Shape.text(),
            "\"",
            "The character around fields that hold delimiters or line ends."));
  }

  /**
   * What a source's config says.
   *
   * @param config of a shape with {@link #sourceKeys}
   * @param problems takes what a shape cannot see; the result means nothing then
   */
  public static CsvSettings source(Settings config, List<Problem> problems) {
    Characters found = new Characters(config, problems);
    char delimiter = found.read("delimiter", ',', false);
    char quote = found.read("quote", '"', true);
    char comment = found.read("comment", NONE, true);
    return new CsvSettings(delimiter, quote, comment, columns(config, problems));
  }

  /**
   * What a sink's config says.
   *
   * @see #source
   */
  public static CsvSettings sink(Settings config, List<Problem> problems) {
    Characters found = new Characters(config, problems);
    char delimiter = found.read("delimiter", ',', false);
    return new CsvSettings(delimiter, found.read("quote", '"', false), NONE, List.of());
  }

  private static List<String> columns(Settings config, List<Problem> problems) {
    List<String> columns = config.texts("columns");
    if (config.bool("header")) {
      if (!columns.isEmpty()) {
        problems.add(
            config
                .problem("columns", "the header names the columns already")
                .hint("set header: false when the first line is a row"));
      }
      return List.of();
    }
    if (columns.isEmpty()) {
      problems.add(
          config
              .problem("header", "a file without a header needs the names of its columns")
              .hint("columns: [NAME, …], one for each field of a row"));
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String name : columns) {
      if (!seen.add(name)) {
        problems.add(config.problem("columns", "column \"" + name + "\" is there twice"));
      }
    }
    return new ArrayList<>(seen);
  }

  /** Reads characters no two of which may be the same. */
  private static final class Characters {
    private final Settings config;
    private final List<Problem> problems;
    private final Map<String, String> taken = new HashMap<>();

    Characters(Settings config, List<Problem> problems) {
      this.config = config;
      this.problems = problems;
    }

    char read(String key, char otherwise, boolean optional) {
      String text = config.text(key);
      if (text.isEmpty() && optional) {
        return NONE;
      }
      String other = taken.putIfAbsent(text, key);
      if (other != null) {
        String both = "the " + other + " and the " + key + " are both " + Node.Scalar.quoted(text);
        problems.add(config.problem(key, both));
        return otherwise;
      }
      String reserved = key.equals("comment") ? "\r\n" : "\r\n+-.0123456789Ee";
      if (text.length() != 1 || text.charAt(0) > 126 || reserved.contains(text)) {
        problems.add(
            config
                .problem(key, Node.Scalar.quoted(text) + " cannot be the " + key)
                .hint("one ASCII character that means nothing else, such as " + example(key)));
        return otherwise;
      }
      return text.charAt(0);
    }

    private static String example(String key) {
      return switch (key) {
        case "delimiter" -> "\";\" or \"\\t\"";
        case "quote" -> "\"'\"";
        default -> "\"#\"";
      };
    }
  }
}
