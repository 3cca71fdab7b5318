package dev.mlctl.release;

import dev.mlctl.config.Nearest;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Evaluation;
import dev.mlctl.model.Gate;
import dev.mlctl.model.GateResult;
import dev.mlctl.model.LabelledFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gates of one deploy, judged on the metrics in the bundles or on the rows of a file. The file
 * is read once, and again only when gates compare with a current release and another became it.
 */
final class Gates {
  private final List<Gate> gates;
  private final List<Gate.Metric> metrics;
  private final Optional<GateFile> file;

  private String measuredAgainst = "";
  private Optional<Measured> measured = Optional.empty();

  /**
   * Metrics on the rows of the file.
   *
   * @param current those of the current release; empty when no gate asks for them
   * @param leftOut which rows did not count and why, or empty
   */
  private record Measured(
      Map<String, Double> candidate,
      Optional<Map<String, Double>> current,
      LabelledFile file,
      String leftOut) {}

  /**
   * The gates that a request asks for.
   *
   * @throws Failure of kind USAGE when one cannot be read, or there are rows but no gates
   */
  Gates(DeployRequest request) {
    gates = request.gates.stream().map(Gate::parse).toList();
    metrics = gates.stream().flatMap(gate -> gate.metrics().stream()).toList();
    file = request.gateData.map(GateFile::new);
    if (file.isPresent() && gates.isEmpty()) {
      throw Failure.of(FailureKind.USAGE, "--gate-data needs a gate to judge")
          .hint("such as --gate \"rmse <= 1.02 * current.rmse\"");
    }
  }

  /** Whether one of them asks for a metric of the current release. */
  boolean compareWithCurrent() {
    return metrics.stream().anyMatch(Gate.Metric::ofCurrent);
  }

  /**
   * Judges each gate.
   *
   * @param digest the current release's bundle, by which its metrics are known again
   * @param current the current release, if there is one
   * @throws Failure of kind USAGE for a metric or a column that is not there, INPUT when the file
   *     cannot be used
   */
  List<GateResult> judge(
      BundleReader.Candidate candidate, String digest, Optional<BundleReader.Candidate> current) {
    if (file.isEmpty()) {
      Map<String, Double> stored = candidate.metrics();
      Optional<Map<String, Double>> others = current.map(BundleReader.Candidate::metrics);
      requireKnown(stored.keySet(), others.map(Map::keySet));
      return gates.stream().map(gate -> gate.evaluate(stored, others.orElse(null))).toList();
    }
    String against = compareWithCurrent() ? digest : "";
    if (measured.isEmpty() || !against.equals(measuredAgainst)) {
      Optional<BundleReader.Candidate> other = compareWithCurrent() ? current : Optional.empty();
      measured = Optional.of(measure(candidate, other));
      measuredAgainst = against;
    }
    Measured found = measured.get();
    return gates.stream().map(gate -> judge(gate, found)).toList();
  }

  private Measured measure(
      BundleReader.Candidate candidate, Optional<BundleReader.Candidate> current) {
    Evaluation evaluation = candidate.evaluation(current, metrics);
    requireKnown(evaluation.names(0), current.map(other -> evaluation.names(1)));
    GateFile rows = file.orElseThrow();
    requireColumns(rows);
    LabelledFile judged = rows.evaluate(evaluation);
    Map<String, Double> candidates = evaluation.metrics(0);
    Optional<Map<String, Double>> currents = current.map(other -> evaluation.metrics(1));
    requireDefined(candidates, currents, rows);
    return new Measured(candidates, currents, judged, rows.leftOut(evaluation));
  }

  /**
   * A metric is known by its name when it is measured, with its slice when it is stored. Without a
   * current release its metrics are taken to be the candidate's, so that no typing error waits for
   * the second deploy.
   */
  private void requireKnown(
      Collection<String> candidate, Optional<? extends Collection<String>> current) {
    for (Gate gate : gates) {
      for (Gate.Metric metric : gate.metrics()) {
        boolean ofOther = metric.ofCurrent() && current.isPresent();
        Collection<String> known = ofOther ? current.get() : candidate;
        String name = file.isPresent() ? metric.name() : metric.key();
        if (!known.contains(name)) {
          throw Failure.of(
                  FailureKind.USAGE,
                  "gate \"%s\": %s has no metric \"%s\"",
                  gate,
                  ofOther ? "the current release" : "the candidate",
                  name)
              .hint(hint(metric, name, known));
        }
      }
    }
  }

  private String hint(Gate.Metric metric, String name, Collection<String> known) {
    boolean needsRows = !metric.name().equals(name) || name.equals(Gate.ROWS);
    if (file.isEmpty() && needsRows) {
      return "slices and rows are judged on a file of labelled rows: name it with --gate-data";
    }
    return nearest(name, known, "its metrics are: ");
  }

  private static String nearest(String name, Collection<String> known, String all) {
    return Nearest.name(name, known)
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse(all + String.join(", ", known));
  }

  private void requireColumns(GateFile rows) {
    List<String> columns = rows.columns();
    for (Gate gate : gates) {
      for (Gate.Metric metric : gate.metrics()) {
        for (String column : metric.slice().columns()) {
          if (!columns.contains(column)) {
            throw Failure.of(
                    FailureKind.USAGE,
                    "gate \"%s\": %s has no column \"%s\"",
                    gate,
                    rows.name(),
                    column)
                .hint(nearest(column, columns, "its columns are: "));
          }
        }
      }
    }
  }

  /** Without this a gate on a metric that cannot be computed would name a metric unknown. */
  private void requireDefined(
      Map<String, Double> candidate, Optional<Map<String, Double>> current, GateFile rows) {
    for (Gate gate : gates) {
      for (Gate.Metric metric : gate.metrics()) {
        Optional<Map<String, Double>> values =
            metric.ofCurrent() ? current : Optional.of(candidate);
        if (values.isPresent() && !values.get().containsKey(metric.key())) {
          throw rows.undefined(gate, metric);
        }
      }
    }
  }

  private static GateResult judge(Gate gate, Measured on) {
    GateResult result = gate.evaluate(on.candidate(), on.current().orElse(null));
    if (result.outcome() == GateResult.Outcome.SKIPPED) {
      return result;
    }
    long fewest =
        gate.metrics().stream()
            .mapToLong(m -> on.candidate().get(Gate.ROWS + m.slice().text()).longValue())
            .min()
            .orElse(on.file().rows());
    return result.on(new GateResult.Rows(fewest, on.file()));
  }

  /** Which rows of the file did not count and why, on one line; empty when all did. */
  String leftOut() {
    return measured.map(Measured::leftOut).orElse("");
  }
}
