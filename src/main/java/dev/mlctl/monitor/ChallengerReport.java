package dev.mlctl.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The judgement of a challenger. Immutable.
 *
 * @param label what it is called
 * @param digest of its bundle, 64 hexadecimal digits
 * @param runs the runs looked at, oldest first
 * @param rows rows that both scored
 * @param rejected rows that only the champion could score
 * @param disagreement of the two over these rows; NaN when it cannot be told
 * @param drift how bad the challenger's own findings are; empty when they cannot be made
 * @param labelled pairs of predictions with a label
 * @param metrics on these, none without labels
 * @param verdict what is to be done
 * @param reason why, in one line
 */
public record ChallengerReport(
    String label,
    String digest,
    List<String> runs,
    long rows,
    long rejected,
    double disagreement,
    Optional<Severity> drift,
    long labelled,
    List<ChallengerMetric> metrics,
    Verdict verdict,
    String reason) {
  /** What is to become of a challenger. */
  public enum Verdict {
    /** It goes on. */
    KEEP,
    /** Its bundle shall be the release. */
    PROMOTE,
    /** It shall be given up. */
    DROP;

    /** The word as printed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies and checks that no part is null. */
  public ChallengerReport {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(drift, "drift");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(reason, "reason");
    runs = List.copyOf(runs);
    metrics = List.copyOf(metrics);
  }

  /** One row per metric: champion, challenger, how much better, and between what. */
  public ReportTable table() {
    List<List<String>> rows = new ArrayList<>();
    for (ChallengerMetric metric : metrics) {
      rows.add(
          List.of(
              metric.name(),
              ReportTables.number(metric.champion()),
              ReportTables.number(metric.challenger()),
              percent(metric.gain()),
              percent(metric.low()),
              percent(metric.high())));
    }
    return new ReportTable(
        List.of("METRIC", ">CHAMPION", ">CHALLENGER", ">BETTER BY", ">FROM", ">TO"), rows);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** As JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("label", label);
    map.put("digest", "sha256:" + digest);
    map.put("verdict", verdict.word());
    map.put("reason", reason);
    map.put("runs_used", runs);
    map.put("rows", rows);
    map.put("rejected", rejected);
    if (Double.isFinite(disagreement)) {
      map.put("disagreement", disagreement);
    }
    drift.ifPresent(severity -> map.put("drift", severity.word()));
    map.put("labelled", labelled);
    map.put("metrics", metrics.stream().map(ChallengerMetric::toMap).toList());
    return map;
  }
}
