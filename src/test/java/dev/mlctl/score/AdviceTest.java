package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Which runner is advised; a runner is given as seconds, cost and "!" if it lacks the memory. */
class AdviceTest {
  @ParameterizedTest
  @CsvFileSource(resources = "advice.csv", numLinesToSkip = 1)
  void is_the_cheapest_runner_in_time(
      String within,
      String direct,
      String flink,
      String spark,
      String dataflow,
      String advised,
      String reason) {
    List<RunnerForecast> runners =
        List.of(
            forecast("direct", true, direct),
            forecast("flink", false, flink),
            forecast("spark", true, spark),
            forecast("dataflow", true, dataflow));
    Optional<Duration> limit =
        within.equals("-") ? Optional.empty() : Optional.of(Duration.parse(within));
    assertEquals(new Advice(advised, reason), Advice.of(runners, limit));
  }

  private static RunnerForecast forecast(String runner, boolean installed, String given) {
    String[] words = given.split(" ", -1);
    long limit = words.length > 2 ? 0 : 1;
    return new RunnerForecast(
        runner,
        installed,
        1,
        1,
        Duration.ZERO,
        Duration.ofSeconds(Long.parseLong(words[0])),
        1,
        limit,
        Double.parseDouble(words[1]));
  }
}
