package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Calibration;
import dev.mlctl.model.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimatedPerformanceTest {
  @TempDir static Path dir;

  private static Bundle income;

  @BeforeAll
  static void train() {
    income =
        Adults.trained(
            dir, "income", "logistic_regression\nparams: {max_iterations: 60, lambda: 1}");
  }

  @Test
  void the_estimate_is_within_two_hundredths_of_accuracy_and_auc_on_the_test_part() {
    Adults.Scored scored = Adults.score(income, Adults.shifts().get(0));
    EstimatedPerformance found = EstimatedPerformance.of(income, scored.profile());
    for (String metric : List.of("accuracy", "auc")) {
      Estimate estimate = found.metrics().get(metric);
      double real = scored.real().get(metric);
      assertEquals(real, estimate.value(), 0.02, metric);
      assertTrue(estimate.low() <= real && real <= estimate.high(), metric);
    }
    assertTrue(
        found.findings(MonitorSpec.defaults("income@prod")).stream()
            .allMatch(f -> f.severity() == Severity.OK));
  }

  @Test
  void it_follows_a_shift_of_who_is_scored() {
    double atTraining =
        EstimatedPerformance.of(income, income.baseline()).metrics().get("accuracy").value();
    for (Adults.Shift shift : Adults.shifts().subList(1, 6)) {
      Adults.Scored scored = Adults.score(income, shift);
      double real = scored.real().get("accuracy");
      Estimate estimate =
          EstimatedPerformance.of(income, scored.profile()).metrics().get("accuracy");
      assertEquals(real, estimate.value(), 0.02, shift.name());
      if (Math.abs(real - atTraining) > 0.04) {
        assertEquals(real > atTraining, estimate.value() > atTraining, shift.name());
      }
    }
  }

  @Test
  void a_fall_is_a_warning_that_says_what_it_is() {
    Adults.Shift married = Adults.shifts().get(5);
    Profile profile = Adults.score(income, married).profile();
    EstimatedPerformance found = EstimatedPerformance.of(income, profile);
    Finding worst =
        found.findings(MonitorSpec.defaults("income@prod")).stream()
            .filter(f -> f.statistic().equals("estimated_accuracy_drop"))
            .findFirst()
            .orElseThrow();
    assertEquals(Severity.WARNING, worst.severity());
    assertTrue(worst.note().contains("an estimate from calibrated probabilities, not measured"));
    assertTrue(found.toMap().toString().contains("cannot see a changed relation"));
  }

  @Test
  void at_training_it_is_the_metric_of_the_rows_held_out() {
    EstimatedPerformance found = EstimatedPerformance.of(income, income.baseline());
    assertEquals(income.metrics().get("accuracy"), found.atTraining().get("accuracy"), 0.003);
    assertEquals(income.metrics().get("auc"), found.atTraining().get("auc"), 0.003);
    assertEquals(
        found.atTraining().get("accuracy"), found.metrics().get("accuracy").value(), 1e-15);
  }

  @Test
  void the_bundle_keeps_its_calibration() {
    Bundle read = Bundle.parse(income.toBytes());
    assertEquals(income.calibration(), read.calibration());
    assertTrue(read.calibration().isPresent());
  }

  @Test
  void without_a_calibration_there_is_no_estimate_and_the_report_says_why() {
    Bundle old =
        Town.subject(outputs(new long[2], new long[4]), Task.CLASSIFICATION, Map.of()).bundle();
    EstimatedPerformance found = EstimatedPerformance.of(old, old.baseline());
    assertEquals(false, found.toMap().get("available"));
    assertTrue(found.reason().contains("no rows were held out"), found.reason());
    Bundle regression = Town.subject(outputs(new long[2], new long[4])).bundle();
    assertEquals(
        "only a classifier's performance can be estimated",
        EstimatedPerformance.of(regression, old.baseline()).reason());
  }

  /** What is drawn to tell the interval must cover what a fresh sample of the same kind does. */
  @Test
  void the_interval_covers_the_truth_as_often_as_it_says() {
    Random random = new Random(11);
    double[] share = {0.1, 0.3, 0.6, 0.9};
    int covered = 0;
    for (int i = 0; i < 200; i++) {
      long[] held = {2500, 1500, 1000, 1000};
      long[] positives = new long[4];
      Arrays.setAll(positives, b -> drawn(held[b], share[b], random));
      Bundle bundle = bundle(held, positives);
      long[] rows = {300, 300, 300, 100};
      double right = 0;
      for (int b = 0; b < 4; b++) {
        long hits = drawn(rows[b], share[b], random);
        right += b < 2 ? rows[b] - hits : hits;
      }
      Profile current = outputs(new long[] {600, 400}, rows);
      Estimate estimate = EstimatedPerformance.of(bundle, current).metrics().get("accuracy");
      covered += estimate.low() <= right / 1000 && right / 1000 <= estimate.high() ? 1 : 0;
    }
    assertTrue(covered >= 182 && covered <= 199, covered + " of 200");
  }

  private static long drawn(long rows, double share, Random random) {
    return random.doubles(rows).filter(d -> d < share).count();
  }

  /** A bundle of a classifier whose probabilities are calibrated in four bins. */
  static Bundle bundle(long[] held, long[] positives) {
    Profile baseline = outputs(new long[] {held[0] + held[1], held[2] + held[3]}, held);
    Bundle plain = Town.subject(baseline, Task.CLASSIFICATION, Map.of("accuracy", 0.8)).bundle();
    Calibration.Curve curve = new Calibration.Curve(positives, new double[4], 0);
    return new Bundle(
        plain.name(),
        plain.model(),
        plain.golden(),
        baseline,
        plain.metrics(),
        plain.provenance(),
        "",
        "",
        Optional.of(new Calibration(List.of(curve, curve))));
  }

  /** Outputs whose probabilities lie in bins that end at a quarter, a half and three quarters. */
  static Profile outputs(long[] predicted, long[] rows) {
    NumberProfile bins =
        new NumberProfile(
            "probability(yes)", new double[] {0.25, 0.5, 0.75}, rows, 0, 0, 1, 0, 0, 1, 0, 0);
    return new Profile(
        List.of(),
        List.of(
            new CategoryProfile("prediction", List.of("no", "yes"), predicted, 0, 0, Map.of()),
            bins,
            bins));
  }
}
