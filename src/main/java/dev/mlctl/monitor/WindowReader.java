package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.TimeWindow;
import dev.mlctl.monitor.RunReader.Loaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts runs together into windows, from the newest back and no further than it takes. */
final class WindowReader {
  private final WindowSpec spec;
  private final Set<String> slices;
  private final RunReader reader;
  private final Map<String, Window> windows = new LinkedHashMap<>();

  /** When the windows begin: as many as are wanted, the newest. */
  private final TreeSet<Instant> starts = new TreeSet<>();

  private WindowReader(MonitorSpec spec, Subject subject, Records records) {
    this.spec = spec.windows();
    this.slices = spec.slices();
    this.reader = new RunReader(subject, records);
  }

  /** The newest windows, oldest first; those of one time but of several bundles are several. */
  static List<Window> read(MonitorSpec spec, Subject subject, Records records) {
    WindowReader windows = new WindowReader(spec, subject, records);
    boolean more = true;
    while (more && windows.reader.hasNext()) {
      Loaded loaded = windows.reader.next();
      // A damaged record fails a judgement of its run, but no look back.
      more = loaded.damage() != null || windows.add(loaded);
    }
    return windows.windows.values().stream()
        .filter(window -> windows.starts.contains(window.start()))
        .sorted(Comparator.comparing(Window::start))
        .toList();
  }

  /**
   * Adds a run that started no later than those before it.
   *
   * @return false when it is before the last window that is wanted
   */
  private boolean add(Loaded loaded) {
    return switch (spec.by()) {
      case RUN -> addRun(loaded);
      case TIME -> addByTime(loaded);
      case EVENT -> addByEvents(loaded);
    };
  }

  private boolean addRun(Loaded loaded) {
    RunRecord run = loaded.run();
    if (windows.size() == spec.last()) {
      return false;
    }
    starts.add(run.started());
    Window window =
        new Window(
            label(run.started()),
            run.started(),
            Optional.empty(),
            run.digest(),
            reader.baseline(run.digest()),
            slices);
    windows.put(run.id(), window);
    window.add(run, loaded.profile());
    return true;
  }

  private boolean addByTime(Loaded loaded) {
    TimeWindow length = spec.every().orElseThrow();
    return add(loaded.run(), length, length.start(loaded.run().started()), loaded.profile());
  }

  /** By the times of the rows, as the run itself counted them; windows of runs overlap. */
  private boolean addByEvents(Loaded loaded) {
    if (loaded.profile().isEmpty() || loaded.profile().get().windows().isEmpty()) {
      return true;
    }
    RunProfile profile = loaded.profile().get();
    TimeWindow length = TimeWindow.parse(profile.window());
    boolean wanted = false;
    List<Instant> newestFirst = new ArrayList<>(profile.windows().keySet());
    newestFirst.sort(Comparator.reverseOrder());
    for (Instant start : newestFirst) {
      Profile rows = profile.windows().get(start);
      wanted |= add(loaded.run(), length, start, Optional.of(RunProfile.of(rows)));
    }
    return wanted;
  }

  private boolean add(
      RunRecord run, TimeWindow length, Instant start, Optional<RunProfile> profile) {
    starts.add(start);
    if (starts.size() > spec.last() && starts.pollFirst().equals(start)) {
      return false;
    }
    windows
        .computeIfAbsent(
            start + " " + run.digest(),
            key ->
                new Window(
                    label(length, start),
                    start,
                    Optional.of(length.end(start)),
                    run.digest(),
                    reader.baseline(run.digest()),
                    slices))
        .add(run, profile);
    return true;
  }

  /** A run's window is called by the second it started in. */
  private static String label(Instant started) {
    return started.toString().replaceFirst("(:\\d\\d)(\\.\\d+)?Z$", "$1Z");
  }

  /** A longer one by the month, the day or the minute it begins with. */
  private static String label(TimeWindow length, Instant start) {
    String text = start.toString();
    if (length.months() > 0) {
      return text.substring(0, "2026-01".length());
    }
    boolean days = start.getEpochSecond() % 86_400 == 0 && length.seconds() % 86_400 == 0;
    return days ? text.substring(0, "2026-01-01".length()) : text.replaceFirst(":00Z$", "Z");
  }
}
