package dev.mlctl.monitor;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Comparison;
import dev.mlctl.monitor.ChallengerReport.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what is tried beside a release by the runs that scored with both. What speaks for dropping
 * it is looked at first; without rules it is kept, and only told how it does.
 */
public final class ChallengerCheck {
  private final MonitorSpec spec;
  private final Subject champion;
  private final Rival rival;
  private final List<ChallengerRun> runs;
  private final Optional<Severity> drift;
  private final long rows;
  private final double disagreement;
  private String unpaired = "there are no labels";
  private List<ChallengerJoin.Pairs> pairs = List.of();
  private long labelled;
  private List<ChallengerMetric> metrics = List.of();

  private ChallengerCheck(
      MonitorSpec spec, Subject champion, Rival rival, List<ChallengerRun> runs, Clock clock) {
    this.spec = spec;
    this.champion = champion;
    this.rival = rival;
    this.runs = runs;
    this.drift = drift(clock);
    this.rows = runs.stream().mapToLong(run -> run.comparison().rows()).sum();
    this.disagreement = disagreement(runs);
  }

  /**
   * Checks a challenger.
   *
   * @param report of its champion
   * @param records what is kept of the runs
   * @throws Failure of kind INVALID when a run record is damaged, NOT_FOUND or INPUT when a file of
   *     labels or predictions cannot be used
   */
  public static ChallengerReport of(
      MonitorSpec spec,
      Subject champion,
      MonitorReport report,
      Rival rival,
      Records records,
      Clock clock) {
    int most = spec.challenger().map(ChallengerRules::runs).orElse(1);
    List<ChallengerRun> runs = ChallengerRun.of(champion, rival, records, most);
    ChallengerCheck check = new ChallengerCheck(spec, champion, rival, runs, clock);
    spec.labels().ifPresent(check::join);
    return check.report(report.severity());
  }

  /** What monitoring thinks of the challenger alone. */
  private Optional<Severity> drift(Clock clock) {
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    MonitorSpec own = spec.thresholdsOnly().withRuns(new RunSelection.Last(runs.size()));
    Subject subject = new Subject(rival.label(), rival.digest(), rival.bundle());
    try {
      List<Map<String, Object>> alone = runs.stream().map(run -> run.alone(rival)).toList();
      return Optional.of(Monitoring.check(own, subject, alone, clock).severity());
    } catch (Failure e) {
      if (e.kind() == FailureKind.USAGE) {
        return Optional.empty(); // rules about columns that only the champion has
      }
      throw e;
    }
  }

  private double disagreement(List<ChallengerRun> of) {
    Optional<Comparison> all = of.stream().map(ChallengerRun::comparison).reduce(Comparison::plus);
    if (all.isEmpty()) {
      return Double.NaN;
    } else if (all.get().isOfClasses()) {
      return 1 - all.get().agreement();
    }
    return champion.bundle().baseline().outputs().get(0) instanceof NumberProfile predictions
        ? all.get().rmsDifference()
            / Math.sqrt(predictions.squares() / Math.max(1, predictions.present() - 1))
        : Double.NaN;
  }

  private void join(LabelSource source) {
    List<String> obstacles =
        runs.stream().map(ChallengerJoin::obstacle).filter(why -> !why.isEmpty()).toList();
    if (!obstacles.isEmpty()) {
      unpaired = obstacles.get(0);
      return;
    }
    unpaired = "";
    pairs = ChallengerJoin.of(champion.bundle().signature(), source, rival.label(), runs);
    labelled = pairs.stream().mapToLong(ChallengerJoin.Pairs::rows).sum();
    if (labelled > 0) {
      metrics =
          ChallengerMetric.of(pairs.stream().reduce(ChallengerJoin.Pairs::plus).orElseThrow());
    }
  }

  /** A verdict and why. */
  private record Ruling(Verdict verdict, String reason) {}

  private ChallengerReport report(Severity championSeverity) {
    Ruling ruling =
        spec.challenger()
            .map(rules -> ruling(rules, championSeverity))
            .orElse(new Ruling(Verdict.KEEP, "no rule says when to promote or drop it"));
    return new ChallengerReport(
        rival.label(),
        rival.digest(),
        runs.stream().map(run -> run.run().id()).toList(),
        rows,
        runs.stream().mapToLong(ChallengerRun::rejected).sum(),
        disagreement,
        drift,
        labelled,
        metrics,
        ruling.verdict(),
        ruling.reason());
  }

  private Ruling ruling(ChallengerRules rules, Severity championSeverity) {
    if (rows < rules.minRows()) {
      return keep("%d rows were scored by both where %d are needed", rows, rules.minRows());
    }
    Optional<String> against = against(rules, championSeverity);
    if (against.isPresent()) {
      return new Ruling(Verdict.DROP, against.get());
    }
    if (rules.better().isEmpty() && rules.agreement().isEmpty()) {
      return keep("nothing speaks against it, and no rule says when to promote it");
    } else if (runs.size() < rules.runs()) {
      return keep("%d of the %d runs that decide", runs.size(), rules.runs());
    }
    List<String> reasons = new ArrayList<>();
    if (rules.agreement().isPresent()) {
      double least =
          1 - runs.stream().mapToDouble(run -> disagreement(List.of(run))).max().orElseThrow();
      if (!(least >= rules.agreement().getAsDouble())) {
        return keep("the agreement is %.4g, below %.4g", least, rules.agreement().getAsDouble());
      }
      reasons.add(format("it agrees to %.4g", least));
    }
    return rules.better().isEmpty() ? promote(reasons) : better(rules, reasons);
  }

  private static Ruling keep(String format, Object... values) {
    return new Ruling(Verdict.KEEP, format(format, values));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private Ruling promote(List<String> reasons) {
    String over = runs.size() == 1 ? "" : " over " + runs.size() + " runs";
    return new Ruling(Verdict.PROMOTE, String.join(", ", reasons) + over);
  }

  private Optional<String> against(ChallengerRules rules, Severity championSeverity) {
    boolean worseDrift =
        drift.equals(Optional.of(Severity.CRITICAL)) && championSeverity != Severity.CRITICAL;
    if (rules.critical() && worseDrift) {
      return Optional.of("its drift is critical and the champion's is not");
    }
    if (rules.disagreement().isPresent() && disagreement >= rules.disagreement().getAsDouble()) {
      return Optional.of(
          format(
              "its disagreement is %.4g, from %.4g on it is dropped",
              disagreement, rules.disagreement().getAsDouble()));
    }
    return labelled < rules.minRows()
        ? Optional.empty()
        : rules
            .worse()
            .flatMap(margin -> metric(margin).filter(m -> -m.gain() >= margin.by() && m.high() < 0))
            .map(found -> "its " + told(found));
  }

  private Optional<ChallengerMetric> metric(ChallengerRules.Margin margin) {
    return metrics.stream().filter(metric -> metric.name().equals(margin.metric())).findFirst();
  }

  private static String told(ChallengerMetric found) {
    return "%s is %s, the champion's %s: %s %s (%s to %s)"
        .formatted(
            found.name(),
            ReportTables.number(found.challenger()),
            ReportTables.number(found.champion()),
            ChallengerReport.percent(Math.abs(found.gain())),
            found.gain() < 0 ? "worse" : "better",
            ChallengerReport.percent(found.low()),
            ChallengerReport.percent(found.high()));
  }

  private Ruling better(ChallengerRules rules, List<String> reasons) {
    ChallengerRules.Margin margin = rules.better().orElseThrow();
    if (!unpaired.isEmpty()) {
      return keep("nobody can tell which is better: %s", unpaired);
    } else if (labelled < rules.minRows()) {
      return keep("%d pairs have a label where %d are needed", labelled, rules.minRows());
    }
    Optional<ChallengerMetric> over = metric(margin);
    if (over.isEmpty()) {
      return keep("%s cannot be told of these predictions", margin.metric());
    } else if (!(over.get().gain() >= margin.by() && over.get().low() > 0)) {
      return keep(
          "not better by %s beyond chance: its %s",
          ChallengerReport.percent(margin.by()), told(over.get()));
    }
    for (int i = 0; i < runs.size(); i++) {
      if (!(gain(pairs.get(i), margin) >= margin.by())) {
        return keep("not better by so much in run %s", runs.get(i).run().id());
      }
    }
    reasons.add("its " + told(over.get()));
    return promote(reasons);
  }

  private static double gain(ChallengerJoin.Pairs of, ChallengerRules.Margin margin) {
    if (of.rows() == 0) {
      return Double.NaN;
    }
    Map<String, Double> its = of.challenger().metrics();
    Map<String, Double> champions = of.champion().metrics();
    boolean known = its.containsKey(margin.metric()) && champions.containsKey(margin.metric());
    return known
        ? ChallengerMetric.gain(
            margin.metric(), champions.get(margin.metric()), its.get(margin.metric()))
        : Double.NaN;
  }
}
