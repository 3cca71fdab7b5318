package dev.mlctl.score;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which runner to take.
 *
 * @param runner its name
 * @param reason a sentence without a full stop
 */
public record Advice(String runner, String reason) {
  /** Who waits longer than this is better off with more machines. */
  static final Duration PATIENCE = Duration.ofHours(1);

  /** The cheapest first; of those that cost the same, one that is here and needs no other. */
  private static final Comparator<RunnerForecast> CHEAPEST =
      Comparator.comparingDouble(RunnerForecast::cost)
          .thenComparing(forecast -> !forecast.runner().equals(Runner.DIRECT.text()))
          .thenComparing(forecast -> !forecast.installed())
          .thenComparing(RunnerForecast::time);

  /**
   * Chooses.
   *
   * @param forecasts of all runners, the direct one among them
   * @param within how long the run may take, if that matters
   */
  static Advice of(List<RunnerForecast> forecasts, Optional<Duration> within) {
    RunnerForecast direct =
        forecasts.stream().filter(f -> f.runner().equals(Runner.DIRECT.text())).findFirst().get();
    List<RunnerForecast> fitting = forecasts.stream().filter(RunnerForecast::fits).toList();
    if (fitting.isEmpty()) {
      return new Advice(direct.runner(), "no runner's workers have the memory it needs");
    }
    if (within.isEmpty() && direct.fits() && direct.time().compareTo(PATIENCE) <= 0) {
      return new Advice(
          direct.runner(), "this machine does it within the hour, and nothing else is needed");
    }
    Duration limit = within.orElse(PATIENCE);
    return fitting.stream()
        .filter(forecast -> forecast.time().compareTo(limit) <= 0)
        .min(CHEAPEST)
        .map(best -> new Advice(best.runner(), why(direct, within)))
        .orElseGet(() -> fastest(fitting, within));
  }

  private static String why(RunnerForecast direct, Optional<Duration> within) {
    if (!direct.fits()) {
      return "the cheapest with the memory it needs; a process of this machine has not";
    }
    return within.isPresent()
        ? "the cheapest that is done within the time given"
        : "the cheapest that is done within the hour; this machine alone takes longer";
  }

  private static Advice fastest(List<RunnerForecast> fitting, Optional<Duration> within) {
    RunnerForecast best =
        fitting.stream().min(Comparator.comparing(RunnerForecast::time)).orElseThrow();
    String limit = within.isPresent() ? "the time given" : "the hour";
    return new Advice(
        best.runner(), "the fastest; none is done within " + limit + ", so try more workers");
  }
}
