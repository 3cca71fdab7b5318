package dev.mlctl.monitor;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The windows that fit on a page.
 *
 * @param windows the newest, oldest first
 * @param names short enough for an axis, same order
 * @param leftOut how many older ones there are
 */
record ShownWindows(List<WindowReport> windows, List<String> names, int leftOut) {
  static final int MOST = 36;

  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

  static ShownWindows of(Timeline timeline) {
    int leftOut = Math.max(0, timeline.windows().size() - MOST);
    List<WindowReport> windows = timeline.windows().subList(leftOut, timeline.windows().size());
    return new ShownWindows(windows, names(windows), leftOut);
  }

  /** Of times only what tells them apart. */
  private static List<String> names(List<WindowReport> windows) {
    List<String> labels = windows.stream().map(WindowReport::label).toList();
    if (!labels.stream().allMatch(label -> label.matches(INSTANT))) {
      return labels;
    }
    Function<String, String> name = label -> label.substring(0, 16).replace('T', ' ');
    if (areOne(labels, "2026-08-01".length())) {
      name = label -> label.substring(11, 19);
    } else if (areOne(labels, "2026".length())) {
      name = label -> label.substring(5, 16).replace('T', ' ');
    }
    return labels.stream().map(name).toList();
  }

  private static boolean areOne(List<String> labels, int length) {
    return labels.stream().map(label -> label.substring(0, length)).distinct().count() == 1;
  }

  /** One number for each window; NaN where there is none. */
  double[] values(ToDoubleFunction<WindowReport> value) {
    return windows.stream().mapToDouble(value).toArray();
  }

  /** The release that scored a window, or its bundle where the runs do not tell. */
  static String release(WindowReport window) {
    return window.release().isPresent()
        ? "#" + window.release().getAsLong()
        : window.digest().substring(0, 12);
  }

  /** Whether another release scored the window before. */
  boolean begins(int window) {
    return window > 0 && !release(windows.get(window)).equals(release(windows.get(window - 1)));
  }

  /** What has to be said when there are more windows than are shown; else empty. */
  String note() {
    return leftOut == 0
        ? ""
        : "The newest %d of %d windows.".formatted(windows.size(), windows.size() + leftOut);
  }
}
