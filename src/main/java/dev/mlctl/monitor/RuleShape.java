package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What a rule of monitor.yaml may say. */
final class RuleShape {
  private RuleShape() {}

  static Shape shape(List<String> metrics) {
    return Shape.listOf(
        Shape.object(
            Key.optional("name", Shape.text(), "What alerts call it; metric and column if not."),
            Key.required(
                "metric", Shape.oneOf(metrics.toArray(String[]::new)), "The statistic it watches."),
            Key.optional("column", Shape.textOrList(), "The column or columns; all if not given."),
            Key.optional(
                "slice",
                Shape.text(),
                "A part of the rows, such as region=north; all if not. Drift is that from the windows"
                    + " before."),
            Key.optional(
                "above", limit(), "Breached from here on; by the thresholds if neither is given."),
            Key.optional("below", limit(), "Breached from here down."),
            Key.optional("severity", Shape.oneOf("warning", "critical"), "critical", "How bad."),
            Key.optional(
                "breach",
                Shape.integer(1, WindowSpec.MOST),
                "It holds when so many windows breach it"),
            Key.optional(
                "of",
                Shape.integer(1, WindowSpec.MOST),
                "of the newest so many; as many as breach if not given."),
            Key.optional(
                "silence_until",
                Shape.text(),
                "Until when to be quiet: \"2026-12-31\" or \"2026-12-31T08:00:00Z\".")));
  }

  private static Shape limit() {
    return Shape.number();
  }

  static List<Rule> from(List<Settings> given, WindowSpec windows, List<Problem> faults) {
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Settings settings : given) {
      Rule rule = rule(settings, windows, faults);
      if (!names.add(rule.name())) {
        String key = settings.has("name") ? "name" : "metric";
        faults.add(
            settings
                .problem(key, "two rules are called \"" + rule.name() + "\"")
                .hint("give each a name of its own"));
      }
      rules.add(rule);
    }
    return rules;
  }

  private static Rule rule(Settings settings, WindowSpec windows, List<Problem> faults) {
    List<String> columns = settings.has("column") ? settings.texts("column") : List.of();
    Severity severity = Severity.valueOf(settings.text("severity").toUpperCase(Locale.ROOT));
    // Staleness is only known of now, and a slice is held against the windows before.
    boolean ofNow = settings.has("slice") || settings.text("metric").startsWith("staleness");
    int otherwise = ofNow ? 1 : windows.breach();
    int breach = settings.has("breach") ? settings.integer("breach") : otherwise;
    int most = settings.has("breach") || ofNow ? breach : windows.of();
    int of = settings.has("of") ? settings.integer("of") : most;
    if (ofNow && of > 1) {
      faults.add(
          settings
              .problem(
                  settings.has("of") ? "of" : "breach",
                  "such a rule looks at the newest window alone")
              .hint("leave out breach and of"));
    }
    if (settings.has("above") && settings.has("below")) {
      faults.add(settings.problem("below", "a rule is either about above or about below"));
    }
    boolean possible = WindowSpec.breachIn(settings, breach, of, faults);
    return new Rule(
        settings.has("name") ? settings.text("name") : name(settings, columns),
        settings.text("metric"),
        columns,
        settings.has("slice") ? Optional.of(settings.text("slice")) : Optional.empty(),
        number(settings, "above"),
        number(settings, "below"),
        severity,
        possible ? breach : 1,
        possible ? of : 1,
        silence(settings, faults),
        settings.at());
  }

  private static String name(Settings settings, List<String> columns) {
    String of = columns.isEmpty() ? "" : " of " + String.join(", ", columns);
    return settings.text("metric") + of;
  }

  private static OptionalDouble number(Settings settings, String key) {
    return settings.has(key) ? OptionalDouble.of(settings.number(key)) : OptionalDouble.empty();
  }

  private static Optional<Instant> silence(Settings settings, List<Problem> faults) {
    if (!settings.has("silence_until")) {
      return Optional.empty();
    }
    String text = settings.text("silence_until");
    try {
      return Optional.of(
          text.length() == "2026-12-31".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text));
    } catch (DateTimeException e) {
      faults.add(
          settings
              .problem("silence_until", "\"" + text + "\" is no time")
              .hint("write \"2026-12-31\" or \"2026-12-31T08:00:00Z\", in UTC"));
      return Optional.empty();
    }
  }
}
