package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Problem;
import dev.mlctl.model.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When a challenger is promoted or dropped: the section {@code challenger} of monitor.yaml.
 *
 * @param minRows with fewer rows that both scored (or, for a metric, that have a label) it is kept
 * @param runs how many of the newest runs are looked at; there must be so many
 * @param better promotes when the metric is better by so much in each of the runs, and over them
 *     beyond chance
 * @param agreement promotes when the two agree at least so much in each of the runs
 * @param worse drops when the metric is worse by so much over the runs, beyond chance
 * @param disagreement drops when the two disagree so much over the runs
 * @param critical drops when the challenger's drift is critical and the champion's is not
 */
record ChallengerRules(
    long minRows,
    int runs,
    Optional<Margin> better,
    OptionalDouble agreement,
    Optional<Margin> worse,
    OptionalDouble disagreement,
    boolean critical) {
  /**
   * A distance between two models.
   *
   * @param by relative to the champion's value
   */
  record Margin(String metric, double by) {}

  static Shape shape() {
    return Shape.object(
        Key.optional(
            "min_rows",
            Shape.integer(1, Long.MAX_VALUE),
            1000L,
            "With fewer rows the challenger is neither promoted nor dropped."),
        Key.optional("promote", promote(), "When the challenger becomes the release."),
        Key.optional("drop", drop(), "When the challenger is given up."));
  }

  private static Shape promote() {
    return Shape.object(
        Key.optional("metric", metric(), "The metric on labels in which it must be better."),
        Key.optional(
            "better_by",
            Shape.number(0, 1000),
            "By which share of the champion's value, beyond chance in any case."),
        Key.optional(
            "agreement",
            Shape.number(0, 1),
            "How far it must agree with the champion, without labels."),
        Key.optional("runs", Shape.integer(1, 1000), 1, "In how many runs in a row."));
  }

  private static Shape drop() {
    return Shape.object(
        Key.optional("metric", metric(), "The metric on labels in which it may not be worse."),
        Key.optional(
            "worse_by",
            Shape.number(0, 1000),
            "By which share of the champion's value, beyond chance in any case."),
        Key.optional(
            "disagreement",
            Shape.number(0, 1000),
            "The share of rows put into another class; for numbers the RMS difference in standard"
                + " deviations of the champion's predictions."),
        Key.optional(
            "critical", Shape.bool(), "When its drift is critical and the champion's is not."));
  }

  private static Shape metric() {
    return Shape.oneOf(Metrics.NAMES.toArray(String[]::new));
  }

  /** Promotes a checked section; adds what the shape cannot see to the faults. */
  static ChallengerRules from(Settings settings, List<Problem> faults) {
    Settings promote = settings.has("promote") ? settings.section("promote") : null;
    Settings drop = settings.has("drop") ? settings.section("drop") : null;
    requireSome(settings, "promote", "better_by", List.of("agreement"), faults);
    requireSome(settings, "drop", "worse_by", List.of("disagreement", "critical"), faults);
    return new ChallengerRules(
        settings.longInteger("min_rows"),
        promote == null ? 1 : promote.integer("runs"),
        margin(promote, "better_by"),
        number(promote, "agreement"),
        margin(drop, "worse_by"),
        number(drop, "disagreement"),
        drop != null && drop.has("critical") && drop.bool("critical"));
  }

  private static void requireSome(
      Settings settings, String name, String by, List<String> others, List<Problem> faults) {
    if (!settings.has(name)) {
      return;
    }
    Settings section = settings.section(name);
    boolean any = section.has("metric") || others.stream().anyMatch(section::has);
    if (!any || (section.has(by) && !section.has("metric"))) {
      faults.add(
          settings
              .problem(name, name + " does not say when")
              .hint("give metric and " + by + ", or " + String.join(" or ", others)));
    }
  }

  private static Optional<Margin> margin(Settings section, String by) {
    return section != null && section.has("metric")
        ? Optional.of(new Margin(section.text("metric"), number(section, by).orElse(0)))
        : Optional.empty();
  }

  private static OptionalDouble number(Settings section, String key) {
    return section != null && section.has(key)
        ? OptionalDouble.of(section.number(key))
        : OptionalDouble.empty();
  }
}
