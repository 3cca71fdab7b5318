package dev.mlctl.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What findings come to when the windows before are looked at, too: rules first, thresholds where
 * no rule says otherwise. A window that has too few rows for a finding is passed over: it neither
 * breaches nor reassures. When something is breached in too few windows to be critical, it is still
 * a warning if its warning threshold says so.
 */
final class Alarms {
  private static final List<Severity> WORST_FIRST = List.of(Severity.CRITICAL, Severity.WARNING);

  private final MonitorSpec spec;

  /** By {@link Finding#key}, newest first. */
  private final Map<String, List<Finding>> earlier = new HashMap<>();

  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();

  private Alarms(MonitorSpec spec, List<List<Finding>> earlier, Instant now) {
    this.spec = spec;
    this.now = now;
    earlier.stream()
        .flatMap(List::stream)
        .forEach(f -> this.earlier.computeIfAbsent(f.key(), key -> new ArrayList<>()).add(f));
  }

  /** Findings with the severity they have in the end, and the alerts they give, worst first. */
  record Decided(List<Finding> findings, List<Alert> alerts) {}

  /** So many windows of so many breach, where so many must. */
  private record Count(int breached, int of, int needed) {
    boolean holds() {
      return breached >= needed;
    }

    String told() {
      return "breached in %d of the last %d windows, %d needed".formatted(breached, of, needed);
    }
  }

  /**
   * Decides.
   *
   * @param current what the judged runs gave
   * @param earlier what the windows of the same bundle before them gave, newest first
   */
  static Decided decide(
      MonitorSpec spec, List<Finding> current, List<List<Finding>> earlier, Instant now) {
    Alarms alarms = new Alarms(spec, earlier, now);
    current.forEach(alarms::decide);
    alarms.alerts.sort(
        Comparator.comparing(Alert::severity)
            .thenComparing(Alert::finding, Finding.BY_BADNESS)
            .reversed());
    return new Decided(List.copyOf(alarms.findings), List.copyOf(alarms.alerts));
  }

  private void decide(Finding finding) {
    if (finding.severity() == Severity.NOT_ENOUGH_DATA) {
      findings.add(finding);
      return;
    }
    List<Rule> rules = spec.rules().stream().filter(rule -> rule.isAbout(finding)).toList();
    Optional<Rule> silent = rules.stream().filter(rule -> rule.isSilentAt(now)).findFirst();
    if (silent.isPresent()) {
      boolean quiet = finding.severity().compareTo(Severity.WARNING) < 0;
      findings.add(quiet ? finding : silenced(finding, silent.get()));
      return;
    }
    for (Severity severity : WORST_FIRST) {
      if (holds(finding, severity, rules)) {
        return;
      }
    }
    boolean breached = finding.severity().compareTo(Severity.WARNING) >= 0;
    findings.add(breached ? finding.judged(Severity.OK, pending(finding, rules)) : finding);
  }

  private static Finding silenced(Finding finding, Rule rule) {
    String note = finding.severity().word() + ", but silenced until " + rule.silenceUntil().get();
    return finding.judged(Severity.OK, note);
  }

  private String pending(Finding finding, List<Rule> rules) {
    Severity severity = finding.severity();
    return rules.stream()
        .filter(rule -> rule.severity() == severity)
        .findFirst()
        .map(rule -> count(finding, rule::isBreachedBy, rule.breach(), rule.of()))
        .orElseGet(() -> byThreshold(finding, severity))
        .told();
  }

  private boolean holds(Finding finding, Severity severity, List<Rule> rules) {
    List<Rule> own = rules.stream().filter(rule -> rule.severity() == severity).toList();
    for (Rule rule : own) {
      Count count = count(finding, rule::isBreachedBy, rule.breach(), rule.of());
      if (count.holds()) {
        add(finding, severity, rule.name(), count);
        return true;
      }
    }
    Count count = byThreshold(finding, severity);
    boolean holds = own.isEmpty() && count.holds();
    if (holds) {
      add(finding, severity, Alert.THRESHOLDS, count);
    }
    return holds;
  }

  private Count byThreshold(Finding finding, Severity severity) {
    // What is only known of now is judged at once.
    boolean everyWindow = !finding.statistic().startsWith("staleness");
    int breach = everyWindow ? spec.windows().breach() : 1;
    int of = everyWindow ? spec.windows().of() : 1;
    return count(finding, f -> f.severity().compareTo(severity) >= 0, breach, of);
  }

  private Count count(Finding finding, Predicate<Finding> breaches, int needed, int of) {
    List<Finding> looked =
        Stream.concat(Stream.of(finding), earlier.getOrDefault(finding.key(), List.of()).stream())
            .filter(f -> f.severity() != Severity.NOT_ENOUGH_DATA)
            .limit(of)
            .toList();
    return new Count((int) looked.stream().filter(breaches).count(), looked.size(), needed);
  }

  private void add(Finding finding, Severity severity, String rule, Count count) {
    String note = finding.note();
    if (count.of() > 1) {
      String windows =
          "breached in %d of the last %d windows".formatted(count.breached(), count.of());
      note = note.isEmpty() ? windows : windows + "; " + note;
    }
    Finding decided = finding.judged(severity, note);
    findings.add(decided);
    alerts.add(new Alert(rule, severity, decided.told(), decided, count.breached(), count.of()));
  }
}
