package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * How far the estimate of metrics without labels lies from the metrics, on the test part of the
 * adult census data and on parts of it that shift who is scored.
 */
final class EstimateBenchmark {
  private EstimateBenchmark() {}

  /** Takes the algorithms to try: lines of train.yaml. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    List<String> algorithms =
        arguments.length > 0
            ? List.of(arguments)
            : List.of(
                "logistic_regression",
                "gradient_boosting\nparams: {trees: 150, max_depth: 6, shrinkage: 0.1,"
                    + " subsample: 0.5}");
    for (String target : List.of("income", "marital_status")) {
      for (String algorithm : algorithms) {
        Bundle bundle = Adults.trained(Files.createTempDirectory("estimate"), target, algorithm);
        out.printf("%n%s by %s%n", target, algorithm.lines().findFirst().orElseThrow());
        Adults.shifts().forEach(shift -> print(out, bundle, shift));
      }
    }
  }

  private static void print(PrintStream out, Bundle bundle, Adults.Shift shift) {
    Adults.Scored scored = Adults.score(bundle, shift);
    Map<String, Estimate> found = EstimatedPerformance.of(bundle, scored.profile()).metrics();
    out.printf("%-22s %6d rows", shift.name(), scored.rows());
    found.forEach(
        (name, estimate) ->
            out.printf(
                "  %s %.4f (%.4f to %.4f) really %.4f %s",
                name,
                estimate.value(),
                estimate.low(),
                estimate.high(),
                scored.real().get(name),
                Math.abs(estimate.value() - scored.real().get(name)) > 0.02 ? "!" : " "));
    out.println();
  }
}
