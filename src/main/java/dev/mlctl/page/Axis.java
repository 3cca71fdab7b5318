package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis: what it measures, from where to where, and what is written beside it. Immutable.
 *
 * @param title what is measured, with its unit
 * @param low the value at its start
 * @param high the value at its end, above low
 */
public record Axis(String title, double low, double high, List<Tick> ticks) {
  private static final int MOST_INTERVALS = 6;

  /** As many units of a drawing as an axis of labels is sure to have. */
  private static final double ROOM = 330;

  /** A mark and its label. */
  record Tick(double at, String label) {}

  /** Copies. */
  public Axis {
    ticks = List.copyOf(ticks);
  }

  /** An axis that reaches from round number to round number and holds both values. */
  public static Axis around(String title, double low, double high) {
    double[] range = range(low, high);
    Ticks ticks = Ticks.around(range[0], range[1], MOST_INTERVALS);
    return new Axis(title, ticks.low(), ticks.high(), list(ticks));
  }

  /** An axis that reaches from one value to the other. */
  public static Axis between(String title, double low, double high) {
    double[] range = range(low, high);
    return new Axis(
        title, range[0], range[1], list(Ticks.within(range[0], range[1], MOST_INTERVALS)));
  }

  /** An axis of names at 0, 1, 2 …, of which as many are written as there is room for. */
  public static Axis of(String title, List<String> names) {
    double widest = names.stream().mapToDouble(TextWidth::of).max().orElse(0) + 12;
    int every = (int) Math.max(1, Math.ceil(names.size() * widest / ROOM));
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < names.size(); i += every) {
      ticks.add(new Tick(i, names.get(i)));
    }
    return new Axis(title, -0.5, Math.max(names.size(), 1) - 0.5, ticks);
  }

  private static double[] range(double low, double high) {
    if (high > low && Double.isFinite(high - low)) {
      return new double[] {low, high};
    }
    double middle = Double.isFinite(low) ? low : 0;
    double half = middle == 0 ? 1 : Math.abs(middle) / 2;
    return new double[] {middle - half, middle + half};
  }

  private static List<Tick> list(Ticks ticks) {
    List<Tick> list = new ArrayList<>();
    double[] values = ticks.values();
    String[] labels = ticks.labels();
    for (int i = 0; i < values.length; i++) {
      list.add(new Tick(values[i], labels[i]));
    }
    return list;
  }

  /** Where a value is, in parts of the axis. */
  double part(double value) {
    return (value - low) / (high - low);
  }
}
