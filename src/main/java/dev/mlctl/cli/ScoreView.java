package dev.mlctl.cli;

import dev.mlctl.error.Problem;
import dev.mlctl.model.Comparison;
import dev.mlctl.score.ChallengerSummary;
import dev.mlctl.score.DryRunReport;
import dev.mlctl.score.Runner;
import dev.mlctl.score.ScoreSummary;
import dev.mlctl.score.Submission;

/** How a scoring run looks to a person. */
record ScoreView(ScoreSummary summary) {
  String text(Style style) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s in, %s out, %s rejected, in %.1f s (%s rows/s)\n"
            .formatted(
                style.bold(Numbers.rows(summary.rowsIn())),
                style.bold(Numbers.count(summary.rowsOut())),
                rejected(style),
                summary.time().toMillis() / 1e3,
                Numbers.count(Math.round(summary.rowsPerSecond()))));
    text.append("model:       %s\n".formatted(summary.model()));
    summary.challenger().ifPresent(tried -> text.append(line(tried)));
    if (!summary.runner().equals(Runner.DIRECT.text())) {
      text.append("runner:      %s\n".formatted(summary.runner()));
    }
    if (summary.resumed() > 0) {
      text.append(
          "resumed:     %s of %s parts were scored by a run that was stopped\n"
              .formatted(Numbers.count(summary.resumed()), Numbers.count(summary.parts())));
    }
    if (!summary.output().equals("-")) {
      text.append("output:      %s\n".formatted(summary.output()));
    }
    text.append("rows digest: %s\n".formatted(summary.rowsDigest()));
    if (summary.rejected() > 0) {
      if (!summary.deadLetter().isEmpty()) {
        text.append("dead letter: %s\n".formatted(summary.deadLetter()));
      }
      summary
          .reasons()
          .forEach(
              (reason, rows) -> text.append("  %s: %s\n".formatted(reason, Numbers.rows(rows))));
      for (Problem problem : summary.firstRejected()) {
        text.append("  %s: %s\n".formatted(problem.at(), problem.message()));
      }
    }
    return text.toString();
  }

  private static String line(ChallengerSummary tried) {
    String label = tried.challenger().label();
    if (tried.comparison().isEmpty()) {
      return "challenger:  %s was left out: %s\n".formatted(label, tried.challenger().leftOut());
    }
    Comparison compared = tried.comparison().get();
    String apart =
        compared.isOfClasses()
            ? "agrees on %.2f %%".formatted(100 * compared.agreement())
            : "RMS difference " + Numbers.shown(compared.rmsDifference());
    String answered =
        tried.challenger().share() > 0 ? ", answered " + Numbers.count(tried.answered()) : "";
    return "challenger:  %s, %s scored%s, %s rejected; %s\n"
        .formatted(
            label,
            Numbers.count(compared.rows()),
            answered,
            Numbers.count(tried.rejected()),
            apart);
  }

  /** How a job looks that is left to its engine. */
  static String text(Submission submission) {
    StringBuilder text = new StringBuilder();
    text.append("submitted to %s, and left to it\n".formatted(submission.runner()));
    text.append("job:         %s\n".formatted(submission.job()));
    if (!submission.url().isEmpty()) {
      text.append("see:         %s\n".formatted(submission.url()));
    }
    text.append("model:       %s\n".formatted(submission.model()));
    text.append("output:      %s\n".formatted(submission.output()));
    return text.toString();
  }

  /** How a run looks that was only checked. */
  static String text(DryRunReport report) {
    StringBuilder text = new StringBuilder();
    text.append("nothing speaks against this run; nothing was started\n");
    text.append("model:       %s\n".formatted(report.model()));
    text.append("runner:      %s\n".formatted(report.runner()));
    text.append(
        "input:       %d file%s, %s, in %s part%s\n"
            .formatted(
                report.inputs(),
                report.inputs() == 1 ? "" : "s",
                Numbers.bytes(report.bytes()),
                Numbers.count(report.parts()),
                report.parts() == 1 ? "" : "s"));
    text.append(
        "first rows:  %s scored, %s rejected\n"
            .formatted(
                Numbers.count(report.sampled() - report.rejected()),
                Numbers.count(report.rejected())));
    for (Problem problem : report.firstRejected()) {
      text.append("  %s: %s\n".formatted(problem.at(), problem.message()));
    }
    text.append("output:      %s can be written\n".formatted(report.output()));
    if (report.jars() > 0) {
      text.append(
          "ships:       %d jars, %s\n".formatted(report.jars(), Numbers.bytes(report.jarBytes())));
    }
    return text.toString();
  }

  private String rejected(Style style) {
    String count = Numbers.count(summary.rejected());
    return summary.rejected() == 0 ? count : style.warning(count);
  }
}
