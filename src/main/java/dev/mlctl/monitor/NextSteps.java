package dev.mlctl.monitor;

import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a person should do about a report, most urgent first, in sentences. */
final class NextSteps {
  private static final int NAMED = 4;

  private final MonitorReport report;
  private final String release;
  private final Set<String> steps = new LinkedHashSet<>();

  private NextSteps(MonitorReport report) {
    this.report = report;
    this.release = report.reference().replaceFirst("#.*", "");
  }

  static List<String> of(MonitorReport report) {
    NextSteps next = new NextSteps(report);
    next.whole();
    next.inputs();
    next.model();
    next.runs();
    if (next.steps.isEmpty()) {
      next.steps.add("Nothing: the release does what it did at training.");
    }
    return new ArrayList<>(next.steps);
  }

  private void whole() {
    if (report.blamesRelease() && mayGoBack()) {
      steps.add("Go back to the last good release: mlctl rollback " + release);
    } else if (report.severity() == Severity.NOT_ENOUGH_DATA) {
      steps.add(
          "Score more rows, or look at more runs at once (--last, --since): %d are too few to tell."
              .formatted(report.rows()));
    }
  }

  private boolean mayGoBack() {
    return report.timeline().events().stream()
        .anyMatch(e -> e.kind().equals("deploy") && !e.digest().equals(report.digest()));
  }

  private void inputs() {
    step(
        "missing_increase",
        "Ask where the missing values of %s come from: the model answers such rows by what it put"
            + " in their place at training.");
    step(
        "new_categories",
        "Look at the values of %s that training never saw: a new spelling is a fault of the source,"
            + " a new kind of thing a reason to train again.");
    step("constant", "%s has one and the same value now: look whether its source still works.");
    step(
        "out_of_range",
        "Check the unit and the source of %s: values lie outside of what training saw, where no"
            + " model can be trusted.");
    String drifted = columns(f -> f.about() == About.FEATURE && isDrift(f));
    if (!drifted.isEmpty()) {
      steps.add(
          "%s: not as at training. If the world changed, train again on newer rows"
                  .formatted(drifted)
              + " (mlctl train train.yaml --deploy-to "
              + release.replaceFirst(".*@", "")
              + "); if the source did, mend it.");
    }
  }

  private void model() {
    boolean worse = report.breaches().stream().anyMatch(f -> f.about() == About.PERFORMANCE);
    if (worse) {
      steps.add("Train again, with rows as new as there are: the model answers worse than it did.");
    }
    String outputs = columns(f -> f.about() == About.OUTPUT);
    if (!outputs.isEmpty() && !worse) {
      steps.add(
          "Get labels for the newest rows (--labels): %s changed, and only labels tell whether that"
                  .formatted(outputs)
              + " is right.");
    }
  }

  private void runs() {
    for (Finding finding : report.breaches()) {
      switch (finding.statistic()) {
        case "rejected_ratio" ->
            steps.add("Read the dead letter of the newest runs: it says why rows were rejected.");
        case "failed_runs" ->
            steps.add("Read the error of the failed runs; each run record has it under failure.");
        case "staleness_hours", "staleness" ->
            steps.add("Look at what starts mlctl score: it has not run for a while.");
        case "rows_per_second",
            "latency_p50_ms",
            "latency_p95_ms",
            "latency_p99_ms",
            "model_load_ms" ->
            steps.add("Compare the machine and the input of the slow runs with those before.");
        default -> {}
      }
    }
  }

  private void step(String statistic, String sentence) {
    String named = columns(f -> f.statistic().equals(statistic));
    if (!named.isEmpty()) {
      steps.add(sentence.formatted(named));
    }
  }

  private static boolean isDrift(Finding finding) {
    return Set.of("psi", "jensen_shannon", "ks", "wasserstein", "chi_squared")
        .contains(finding.statistic());
  }

  /** The columns with such a breach, the worst first, the first few by name. */
  private String columns(Predicate<Finding> wanted) {
    List<String> names =
        report.breaches().stream().filter(wanted).map(Finding::column).distinct().toList();
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
