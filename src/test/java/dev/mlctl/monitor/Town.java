package dev.mlctl.monitor;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Feature;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.RunProfile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Golden;
import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A made-up town whose days are drawn at random: the rows that the tests of this room watch. */
final class Town {
  static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final String DIGEST = "ab".repeat(32);

  private static final List<String> NUMBERS = List.of("temp", "hour", "rain", "id");
  private static final List<String> WEATHER =
      List.of("clear", "cloud", "mist", "rain", "snow", "hail");
  private static final double[] WEATHER_SHARE = {0.5, 0.3, 0.1, 0.06, 0.03, 0.01};
  private static final int STREETS = 150;

  /** One day: numbers in the order of NUMBERS, NaN when missing; texts null when missing. */
  record Day(double[] numbers, String weather, String street, double prediction) {
    Day(double temp, double hour, double rain, double id, String weather, String street) {
      this(new double[] {temp, hour, rain, id}, weather, street, 3 * temp + hour);
    }

    Day with(int number, double value) {
      double[] changed = numbers.clone();
      changed[number] = value;
      return new Day(changed, weather, street, prediction);
    }

    Day withWeather(String other) {
      return new Day(numbers, other, street, prediction);
    }
  }

  private Town() {}

  static List<Day> days(Random random, int count) {
    List<Day> days = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double rain = random.nextDouble() < 0.7 ? 0 : -Math.log(1 - random.nextDouble());
      int street = Math.min(STREETS - 1, (int) (1 / (1 - random.nextDouble()) - 1));
      days.add(
          new Day(
              10 + 5 * random.nextGaussian(),
              random.nextInt(24),
              rain,
              random.nextInt(1_000_000),
              weather(random),
              "street " + street));
    }
    return days;
  }

  static List<Day> resampled(Random random, List<Day> days, int count) {
    return IntStream.range(0, count).mapToObj(i -> days.get(random.nextInt(days.size()))).toList();
  }

  private static String weather(Random random) {
    double u = random.nextDouble();
    int k = 0;
    while (k < WEATHER_SHARE.length - 1 && u > WEATHER_SHARE[k]) {
      u -= WEATHER_SHARE[k++];
    }
    return WEATHER.get(k);
  }

  /** The profile of training days, with bins of their own. */
  static Profile baseline(List<Day> days) {
    List<ColumnProfile> features = new ArrayList<>();
    for (int f = 0; f < NUMBERS.size(); f++) {
      int number = f;
      double[] values = days.stream().mapToDouble(d -> d.numbers()[number]).toArray();
      features.add(NumberProfile.binsFor(NUMBERS.get(f), values, values.length));
    }
    features.add(CategoryProfile.of("weather", WEATHER));
    List<String> streets = days.stream().map(Day::street).distinct().sorted().toList();
    features.add(CategoryProfile.of("street", streets));
    double[] predictions = days.stream().mapToDouble(Day::prediction).toArray();
    NumberProfile output =
        NumberProfile.binsFor(Profile.PREDICTION, predictions, predictions.length);
    return profile(new Profile(features, List.of(output)), days);
  }

  static Profile profile(Profile shape, List<Day> days) {
    List<ColumnProfile> features = new ArrayList<>();
    for (int f = 0; f < NUMBERS.size(); f++) {
      int number = f;
      double[] values = days.stream().mapToDouble(d -> d.numbers()[number]).toArray();
      features.add(counted((NumberProfile) shape.features().get(f), values));
    }
    int next = NUMBERS.size();
    features.add(
        counted(
            (CategoryProfile) shape.features().get(next),
            days.stream().map(Day::weather).toList()));
    features.add(
        counted(
            (CategoryProfile) shape.features().get(next + 1),
            days.stream().map(Day::street).toList()));
    double[] predictions = days.stream().mapToDouble(Day::prediction).toArray();
    return new Profile(
        features, List.of(counted((NumberProfile) shape.outputs().get(0), predictions)));
  }

  private static NumberProfile counted(NumberProfile shape, double[] values) {
    double[] edges = shape.edges();
    long[] counts = new long[edges.length + 1];
    long missing = 0;
    long outOfRange = 0;
    double[] moments = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0};
    long n = 0;
    for (double v : values) {
      if (Double.isNaN(v)) {
        missing++;
        continue;
      }
      int found = Arrays.binarySearch(edges, v);
      counts[found < 0 ? -found - 1 : found]++;
      outOfRange += v < shape.lowest() || v > shape.highest() ? 1 : 0;
      double delta = v - moments[2];
      moments[2] += delta / ++n;
      moments[3] += delta * (v - moments[2]);
      moments[0] = Math.min(moments[0], v);
      moments[1] = Math.max(moments[1], v);
    }
    return new NumberProfile(
        shape.name(),
        edges,
        counts,
        missing,
        shape.lowest(),
        shape.highest(),
        outOfRange,
        moments[0],
        moments[1],
        moments[2],
        moments[3]);
  }

  private static CategoryProfile counted(CategoryProfile shape, List<String> values) {
    Map<String, Integer> codes = new LinkedHashMap<>();
    shape.categories().forEach(text -> codes.put(text, codes.size()));
    long[] counts = new long[codes.size()];
    Map<String, Long> newest = new TreeMap<>();
    long missing = 0;
    long unknown = 0;
    for (String value : values) {
      if (value == null) {
        missing++;
      } else if (codes.containsKey(value)) {
        counts[codes.get(value)]++;
      } else {
        unknown++;
        newest.merge(value, 1L, Long::sum);
      }
    }
    return new CategoryProfile(shape.name(), shape.categories(), counts, missing, unknown, newest);
  }

  static Subject subject(Profile baseline) {
    return subject(baseline, Task.REGRESSION, Map.of("rmse", 2.0, "mae", 1.5, "r2", 0.9));
  }

  /** A model of one feature; only its signature, baseline and metrics matter here. */
  static Subject subject(Profile baseline, Task task, Map<String, Double> metrics) {
    List<String> classes = task == Task.REGRESSION ? List.of() : List.of("no", "yes");
    Link link = task == Task.REGRESSION ? Link.IDENTITY : Link.LOGISTIC;
    Model model =
        new Model(
            new Signature(task, "truth", List.of(Feature.number("temp")), classes),
            new Preprocessor(List.of(Scaling.none(0))),
            new Linear(new double[][] {{1}}, new double[] {0}, link));
    Golden golden = Golden.record(model, "temp\n1\n".getBytes(StandardCharsets.UTF_8));
    Provenance provenance =
        new Provenance("0", "ols", "", "days.csv", "00", 1, 1, 1, "", List.of());
    Bundle bundle = new Bundle("town", model, golden, baseline, metrics, provenance, "", "");
    return new Subject("town@prod#7", DIGEST, bundle);
  }

  /** A run record as score writes it, an hour long and {@code hoursAgo} old. */
  static Map<String, Object> run(String id, double hoursAgo, Profile profile) {
    Map<String, Object> run = new LinkedHashMap<>();
    Instant finished = NOW.minusSeconds((long) (hoursAgo * 3600));
    run.put("id", id);
    run.put("model", "town");
    run.put("environment", "prod");
    run.put("release", 7L);
    run.put("digest", DIGEST);
    run.put("started", finished.minusSeconds(3600).toString());
    run.put("finished", finished.toString());
    run.put("status", "succeeded");
    run.put("rows_in", profile.rows());
    run.put("rows_out", profile.rows());
    run.put("rows_rejected", 0L);
    run.put("profile", new ProfileFormat(profile).toMap(RunProfile.of(profile)));
    return run;
  }

  static MonitorReport check(Subject subject, Profile current) {
    return check(MonitorSpec.defaults("town@prod"), subject, List.of(run("r1", 1, current)));
  }

  static MonitorReport check(MonitorSpec spec, Subject subject, List<Map<String, Object>> runs) {
    return Monitoring.check(spec, subject, runs, CLOCK);
  }
}
