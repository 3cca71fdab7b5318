package dev.mlctl.monitor;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Task;
import dev.mlctl.monitor.Town.Day;
import dev.mlctl.page.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Judgements of all kinds, to be made pages of. */
public final class MonitorPages {
  private static final String OLD = "cd".repeat(32);
  private static final double HOURS = 24;

  private MonitorPages() {}

  /** Pages to be looked at: {@code MonitorPages FOLDER}. */
  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Map<String, MonitorReport> reports = new LinkedHashMap<>();
    reports.put("healthy", town(new double[12]));
    reports.put("drifting", town(new double[] {0, 0, 0, 0.1, 0, 0.1, 0, 0.4, 0.8, 1.2, 1.6, 2}));
    reports.put("one-run", town(new double[1]));
    reports.put("no-run", town(new double[0]));
    reports.put("wide", wide(200, 50));
    reports.put("hostile", hostile());
    for (Map.Entry<String, MonitorReport> report : reports.entrySet()) {
      Path file = folder.resolve(report.getKey() + ".html");
      Files.writeString(file, MonitorPage.html(report.getValue()));
    }
  }

  /** Daily runs of two releases, each warmer than training by so much; no labels. */
  static MonitorReport town(double[] warmer) {
    Random random = new Random(5);
    Profile baseline = Town.baseline(Town.days(random, 4000));
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int r = 0; r < warmer.length; r++) {
      List<Day> days = new ArrayList<>();
      for (Day day : Town.days(random, 1000)) {
        days.add(day.with(0, day.numbers()[0] + 5 * warmer[r]));
      }
      Map<String, Object> run =
          Town.run("r" + r, (warmer.length - r) * HOURS, Town.profile(baseline, days));
      if (r < 4 && warmer.length > 4) {
        run.put("digest", OLD);
        run.put("release", 6L);
      }
      runs.add(run);
    }
    return check(Town.subject(baseline), runs, "first model");
  }

  /** So many columns in so many daily windows, every tenth of them drifting at times. */
  static MonitorReport wide(int columns, int windows) {
    Random random = new Random(6);
    List<ColumnProfile> features = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      double[] values = random.doubles(2000).map(v -> v * v).toArray();
      NumberProfile bins = NumberProfile.binsFor("feature_number_" + c, values, values.length);
      features.add(counted(bins, 2000, random, 0));
    }
    double[] outputs = random.doubles(2000).toArray();
    NumberProfile output = NumberProfile.binsFor(Profile.PREDICTION, outputs, outputs.length);
    Profile baseline = new Profile(features, List.of(counted(output, 2000, random, 0)));
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int w = 0; w < windows; w++) {
      List<ColumnProfile> seen = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        double shift = c % 10 == 0 ? Math.max(0, w - c % 30) / 100.0 : 0;
        seen.add(counted((NumberProfile) features.get(c), 800, random, shift));
      }
      Profile profile = new Profile(seen, List.of(counted(output, 800, random, 0)));
      runs.add(Town.run("r" + w, (windows - w) * HOURS, profile));
    }
    return check(Town.subject(baseline), runs, "first model");
  }

  private static NumberProfile counted(NumberProfile bins, int rows, Random random, double shift) {
    long[] counts = new long[bins.counts().length];
    for (int r = 0; r < rows; r++) {
      double part = Math.min(0.999, random.nextDouble() * (1 - shift) + shift);
      counts[(int) (part * counts.length)]++;
    }
    return new NumberProfile(
        bins.name(),
        bins.edges(),
        counts,
        0,
        bins.lowest(),
        bins.highest(),
        0,
        bins.lowest(),
        bins.highest(),
        0.5,
        rows / 12.0);
  }

  /** Names, categories, classes, slices and reasons that a page has to fear, with labels. */
  public static MonitorReport hostile() {
    List<ColumnProfile> before = new ArrayList<>();
    List<ColumnProfile> now = new ArrayList<>();
    List<String> names = Samples.NAMES;
    for (int n = 0; n < names.size(); n++) {
      List<String> texts = names.subList(0, names.size() / 2);
      Map<String, Long> newest = new TreeMap<>();
      names.subList(names.size() / 2, names.size()).forEach(text -> newest.put(text, 100L));
      before.add(
          new CategoryProfile(names.get(n), texts, new long[] {500, 300, 150, 50}, 0, 0, Map.of()));
      now.add(
          new CategoryProfile(names.get(n), texts, new long[] {50, 300, 150, 0}, 90, 410, newest));
    }
    double[] stray = {0, 1, 2, 3, 1e300, -1e300, 5, 6};
    NumberProfile output = NumberProfile.binsFor(Profile.PREDICTION, stray, stray.length);
    Random random = new Random(7);
    Profile baseline = new Profile(before, List.of(counted(output, 1000, random, 0)));
    Profile current = new Profile(now, List.of(counted(output, 1000, random, 0.5)));
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      runs.add(Town.run(names.get(r), (3 - r) * HOURS, current));
    }
    Map<String, Double> metrics = Map.of("accuracy", 0.9, "auc", 0.95);
    Subject subject = Town.subject(baseline, Task.CLASSIFICATION, metrics);
    return labelled(check(subject, runs, names.get(0)));
  }

  private static MonitorReport labelled(MonitorReport report) {
    List<String> names = Samples.NAMES;
    Map<String, Estimate> metrics = Map.of("accuracy", new Estimate(0.8, 0.01));
    List<SlicePerformance> slices = new ArrayList<>();
    for (int s = 0; s < 70; s++) {
      String name = names.get(s % names.size());
      slices.add(new SlicePerformance(name, name + s, 300, s == 3 ? Map.of() : metrics, Map.of()));
    }
    long[][] confusion = new long[names.size()][names.size()];
    confusion[0][0] = 9;
    Reliability curve = new Reliability(names.get(0), List.of(new Reliability.Bin(0.2, 0.3, 10)));
    LabelReport labels =
        new LabelReport(
            new LabelCounts(9, 1, 2, 3, 4, 5, 6),
            metrics,
            7,
            List.of(),
            slices,
            names,
            confusion,
            Optional.of(new LabelledCalibration(0.2, List.of(curve))));
    EstimatedPerformance estimate =
        new EstimatedPerformance("", metrics, Map.of("accuracy", 0.9), 10, 20, List.of(curve));
    List<WindowReport> windows = new ArrayList<>();
    for (WindowReport w : report.timeline().windows()) {
      windows.add(
          new WindowReport(
              w.label(),
              w.start(),
              w.end(),
              w.digest(),
              w.release(),
              w.runs(),
              w.failed(),
              w.rows(),
              w.severity(),
              w.columns(),
              w.service(),
              metrics,
              Map.of("accuracy", 0.1),
              List.of()));
    }
    Timeline before = report.timeline();
    return new MonitorReport(
        report.reference(),
        report.digest(),
        report.checkedAt(),
        report.severity(),
        report.rows(),
        report.baselineRows(),
        report.runsUsed(),
        List.of(new LeftOutRun("r9", names.get(0))),
        report.findings(),
        Optional.of(labels),
        estimate,
        report.alerts(),
        report.trained(),
        new Timeline(before.spec(), windows, before.events()),
        report.compared(),
        false);
  }

  /** The runs among the records of a model with 40 releases, oldest first. */
  private static MonitorReport check(
      Subject subject, List<Map<String, Object>> runs, String reason) {
    List<ReleaseEvent> events = new ArrayList<>();
    for (int e = 1; e <= 40; e++) {
      String kind = e % 9 == 0 ? "revoke" : e % 7 == 0 ? "rollback" : "deploy";
      String digest = e % 3 == 0 ? OLD : Town.DIGEST;
      events.add(
          new ReleaseEvent(
              Town.NOW.minus(Duration.ofDays(100 - e)), e, kind, digest, e % 2 == 0 ? reason : ""));
    }
    Records plain = Records.of(runs);
    Records records =
        new Records() {
          @Override
          public List<String> ids() {
            return plain.ids();
          }

          @Override
          public Map<String, Object> read(String id) {
            return plain.read(id);
          }

          @Override
          public Optional<Bundle> bundle(String digest) {
            return Optional.of(subject.bundle());
          }

          @Override
          public List<ReleaseEvent> events() {
            return events;
          }
        };
    String yaml = "model: town@prod\nwindows: {last: 50}";
    Path here = Path.of("here");
    MonitorSpec spec =
        MonitorSpec.from(
            ConfigFile.parse("monitor.yaml", yaml, MonitorSpec.SHAPE, List.of(), n -> null, here),
            here);
    return Monitoring.check(spec, subject, records, Town.CLOCK);
  }
}
