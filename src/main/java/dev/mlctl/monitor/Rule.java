package dev.mlctl.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What monitor.yaml wants to be told of. A rule is a threshold of its own for some findings, how
 * often it must be breached, and until when nobody wants to hear of it.
 *
 * @param name what alerts call it
 * @param metric the statistic, as findings name it
 * @param columns the columns it is about; empty for all, and for what has no column
 * @param slice the slice it is about, such as {@code region=north}; empty for all rows
 * @param above breached by this value and greater ones; empty to go by the thresholds
 * @param below breached by this value and lesser ones
 * @param severity what it comes to: a warning or critical
 * @param breach so many of the newest {@code of} windows must breach
 * @param of at least {@code breach}
 * @param silenceUntil until when it is quiet
 * @param at where it is written, for messages
 */
public record Rule(
    String name,
    String metric,
    List<String> columns,
    Optional<String> slice,
    OptionalDouble above,
    OptionalDouble below,
    Severity severity,
    int breach,
    int of,
    Optional<Instant> silenceUntil,
    String at) {
  /** Copies and checks. */
  public Rule {
    columns = List.copyOf(columns);
    Objects.requireNonNull(slice, "slice");
    Objects.requireNonNull(silenceUntil, "silenceUntil");
    if (severity.compareTo(Severity.WARNING) < 0) {
      throw new IllegalArgumentException("a rule is a warning or critical");
    }
  }

  /** The same about all rows. */
  Rule ofAllRows() {
    return new Rule(
        name,
        metric,
        columns,
        Optional.empty(),
        above,
        below,
        severity,
        breach,
        of,
        silenceUntil,
        at);
  }

  /** Whether it is about a statistic of a column. */
  boolean isAbout(String column, String part, String statistic) {
    return metric.equals(statistic)
        && slice.orElse("").equals(part)
        && (columns.isEmpty() || columns.contains(column));
  }

  boolean isAbout(Finding finding) {
    return isAbout(finding.column(), finding.slice(), finding.statistic());
  }

  /** Whether one window breaches it. */
  boolean isBreachedBy(Finding finding) {
    if (below.isPresent()) {
      return finding.value() <= below.getAsDouble();
    }
    // Its limit is one of the thresholds already, which know what may be chance.
    return finding.severity().compareTo(severity) >= 0;
  }

  boolean isSilentAt(Instant now) {
    return silenceUntil.isPresent() && now.isBefore(silenceUntil.get());
  }

  /** The thresholds of a finding it is about, with its own in their place. */
  Threshold over(Threshold general) {
    if (above.isEmpty()) {
      return general;
    }
    double limit = above.getAsDouble();
    Threshold otherwise = general.below() ? Threshold.NONE : general;
    return severity == Severity.CRITICAL
        ? new Threshold(Math.min(otherwise.warning(), limit), limit)
        : new Threshold(limit, Math.max(otherwise.critical(), limit));
  }
}
