package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Profile;
import dev.mlctl.monitor.Town.Day;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the defaults are quiet when nothing happened and loud when something did. */
class AlarmTest {
  private static final int TIMES = 100;

  @ParameterizedTest(name = "{1} rows against {0}")
  @CsvSource({
    "10000, 50",
    "10000, 100",
    "10000, 200",
    "10000, 500",
    "10000, 1000",
    "10000, 5000",
    "10000, 20000",
    "300, 200",
    "300, 1000",
    "300, 5000",
    "1000, 1000"
  })
  void resamples_of_the_training_data_raise_no_alarm(int trained, int rows) {
    Random random = new Random(31L * trained + rows);
    List<Day> training = Town.days(random, trained);
    Profile baseline = Town.baseline(training);
    Subject subject = Town.subject(baseline);
    assertFewAlarms(() -> Town.profile(baseline, Town.resampled(random, training, rows)), subject);
  }

  @ParameterizedTest(name = "{1} rows against {0}")
  @CsvSource({
    "10000, 50",
    "10000, 200",
    "10000, 1000",
    "10000, 5000",
    "300, 50",
    "300, 200",
    "300, 5000"
  })
  void new_days_of_the_same_town_raise_no_alarm(int trained, int rows) {
    Random random = new Random(17L * trained + rows);
    Profile baseline = Town.baseline(Town.days(random, trained));
    Subject subject = Town.subject(baseline);
    assertFewAlarms(() -> Town.profile(baseline, Town.days(random, rows)), subject);
  }

  @Test
  void forty_nine_rows_are_never_judged() {
    Random random = new Random(5);
    List<Day> training = Town.days(random, 10_000);
    Profile baseline = Town.baseline(training);
    Profile current = Town.profile(baseline, Town.resampled(random, training, 49));
    assertEquals(Severity.NOT_ENOUGH_DATA, Town.check(Town.subject(baseline), current).severity());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "learned: true",
        "drift: psi, learned: true",
        "drift: wasserstein, learned: true",
        "drift: chi_squared",
        "drift: ks"
      })
  void whatever_decides_resamples_raise_no_alarm_and_a_shift_does(String thresholds) {
    Random random = new Random(thresholds.hashCode());
    List<Day> training = Town.days(random, 3000);
    Profile baseline = Town.baseline(training);
    Subject subject = Town.subject(baseline);
    MonitorSpec spec = MonitorSpecTest.spec("model: a\nthresholds: {" + thresholds + "}");
    int alarms = 0;
    for (int i = 0; i < 50; i++) {
      List<Day> days = Town.resampled(random, training, i % 2 == 0 ? 100 : 2000);
      alarms += breaches(spec, subject, Town.profile(baseline, days)).isEmpty() ? 0 : 1;
    }
    assertTrue(alarms <= 1, alarms + " of 50 are alarms");
    List<Day> warmer =
        Town.resampled(random, training, 1000).stream()
            .map(day -> day.with(0, day.numbers()[0] + 2.5))
            .toList();
    assertTrue(
        breaches(spec, subject, Town.profile(baseline, warmer)).stream()
            .anyMatch(f -> f.column().equals("temp") && f.pValue() <= f.level()));
  }

  private static List<Finding> breaches(MonitorSpec spec, Subject subject, Profile current) {
    return Town.check(spec, subject, List.of(Town.run("r", 1, current))).breaches();
  }

  /** Something that goes wrong with the days, and the column that must be blamed. */
  private record Shift(String name, String column, BiFunction<Day, Random, Day> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shift> shifts() {
    return Stream.of(
        new Shift(
            "mean by half a standard deviation",
            "temp",
            (day, random) -> day.with(0, day.numbers()[0] + 2.5)),
        new Shift(
            "spread by half",
            "temp",
            (day, random) -> day.with(0, 10 + 1.5 * (day.numbers()[0] - 10))),
        new Shift("swapped categories", "weather", (day, random) -> swapped(day)),
        new Shift(
            "a category renamed",
            "weather",
            (day, random) -> day.weather().equals("mist") ? day.withWeather("fog") : day),
        new Shift(
            "one in twenty missing",
            "temp",
            (day, random) -> random.nextInt(20) == 0 ? day.with(0, Double.NaN) : day),
        new Shift(
            "another unit", "temp", (day, random) -> day.with(0, day.numbers()[0] * 1.8 + 32)));
  }

  private static Day swapped(Day day) {
    return switch (day.weather()) {
      case "clear" -> day.withWeather("cloud");
      case "cloud" -> day.withWeather("clear");
      default -> day;
    };
  }

  @ParameterizedTest
  @MethodSource("shifts")
  void planted_shifts_are_caught_at_a_thousand_rows(Shift shift) {
    Random random = new Random(shift.name().hashCode());
    List<Day> training = Town.days(random, 10_000);
    Profile baseline = Town.baseline(training);
    Subject subject = Town.subject(baseline);
    int caught = 0;
    int others = 0;
    for (int i = 0; i < TIMES; i++) {
      List<Day> days =
          Town.resampled(random, training, 1000).stream()
              .map(day -> shift.change().apply(day, random))
              .toList();
      List<Finding> breaches = Town.check(subject, Town.profile(baseline, days)).breaches();
      caught += breaches.stream().anyMatch(f -> f.column().equals(shift.column())) ? 1 : 0;
      others += breaches.stream().anyMatch(f -> !f.column().equals(shift.column())) ? 1 : 0;
    }
    assertTrue(caught >= 95, shift + " caught in " + caught + " of 100");
    assertTrue(others <= 2, "other columns blamed in " + others + " of 100");
  }

  private interface Sample {
    Profile draw();
  }

  private static void assertFewAlarms(Sample sample, Subject subject) {
    int critical = 0;
    int warnings = 0;
    StringBuilder which = new StringBuilder();
    for (int i = 0; i < TIMES; i++) {
      MonitorReport report = Town.check(subject, sample.draw());
      critical += report.severity() == Severity.CRITICAL ? 1 : 0;
      warnings += report.severity() == Severity.WARNING ? 1 : 0;
      report.breaches().forEach(breach -> which.append(breach).append('\n'));
    }
    assertTrue(critical <= 1, critical + " of 100 are critical\n" + which);
    assertTrue(critical + warnings <= 3, warnings + " of 100 are warnings\n" + which);
  }
}
