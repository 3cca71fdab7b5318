package dev.mlctl.monitor;

import dev.mlctl.monitor.RunReader.Loaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts runs together into windows, from the newest back and no further than it takes. */
final class WindowReader {
  private final WindowSpec spec;
  private final RunReader reader;
  private final Map<String, Window> windows = new LinkedHashMap<>();
  private int starts;
  private Instant earliest;

  private WindowReader(WindowSpec spec, Subject subject, Records records) {
    this.spec = spec;
    this.reader = new RunReader(subject, records);
  }

  /** The newest windows, oldest first; those of one time but of several bundles are several. */
  static List<Window> read(WindowSpec spec, Subject subject, Records records) {
    WindowReader windows = new WindowReader(spec, subject, records);
    boolean more = true;
    while (more && windows.reader.hasNext()) {
      Loaded loaded = windows.reader.next();
      // A damaged record fails a judgement of its run, but no look back.
      more = loaded.damage() != null || windows.add(loaded);
    }
    List<Window> oldestFirst = new ArrayList<>(windows.windows.values());
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  /**
   * Adds a run that started no later than those before it.
   *
   * @return false when it is before the last window that is wanted
   */
  private boolean add(Loaded loaded) {
    RunRecord run = loaded.run();
    boolean own = spec.every().isEmpty();
    Instant start = spec.every().map(every -> every.start(run.started())).orElse(run.started());
    if (own || earliest == null || start.isBefore(earliest)) {
      if (starts == spec.last()) {
        return false;
      }
      starts++;
      earliest = start;
    }
    windows
        .computeIfAbsent(own ? run.id() : start + " " + run.digest(), key -> window(run, start))
        .add(loaded);
    return true;
  }

  private Window window(RunRecord run, Instant start) {
    return new Window(
        spec.every().map(every -> every.label(start)).orElseGet(() -> label(run.started())),
        start,
        spec.every().map(every -> every.end(start)),
        run.digest(),
        reader.baseline(run.digest()));
  }

  /** A run's window is called by the second it started in. */
  private static String label(Instant started) {
    return started.toString().replaceFirst("(:\\d\\d)(\\.\\d+)?Z$", "$1Z");
  }
}
