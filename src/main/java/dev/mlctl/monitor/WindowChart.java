package dev.mlctl.monitor;

import dev.mlctl.page.Axis;
import dev.mlctl.page.Element;
import dev.mlctl.page.Plot;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A number window by window, with the levels it is held against. */
final class WindowChart {
  private final ShownWindows shown;
  private final String name;
  private final double[] values;
  private double[] lows;
  private double[] highs;
  private double training = Double.NaN;
  private double warning = Double.NaN;
  private double critical = Double.NaN;
  private double least = Double.NaN;

  WindowChart(ShownWindows shown, String name, double[] values) {
    this.shown = shown;
    this.name = name;
    this.values = values;
    this.lows = values;
    this.highs = values;
  }

  /** Whether there is anything to see: two windows at least. */
  static boolean tells(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).count() > 1;
  }

  WindowChart band(double[] from, double[] to) {
    lows = from;
    highs = to;
    return this;
  }

  WindowChart training(double value) {
    training = value;
    return this;
  }

  /** Begins the axis at 0: for amounts. */
  WindowChart fromZero() {
    least = 0;
    return this;
  }

  /** What is not finite is not drawn. */
  WindowChart limits(double forWarning, double forCritical) {
    warning = forWarning;
    critical = forCritical;
    return this;
  }

  Element element() {
    double[] finite =
        DoubleStream.concat(
                DoubleStream.of(training, warning, critical, least),
                DoubleStream.concat(
                    Arrays.stream(values),
                    DoubleStream.concat(Arrays.stream(lows), Arrays.stream(highs))))
            .filter(Double::isFinite)
            .toArray();
    double low = Arrays.stream(finite).min().orElse(0);
    double high = Arrays.stream(finite).max().orElse(1);
    Axis y = Axis.around(name, low, high);
    Axis x = Axis.of("window (UTC)", shown.names());
    Plot plot = new Plot(name + " by window", x, y);
    double[] at = IntStream.range(0, values.length).asDoubleStream().toArray();
    for (int w = 0; w < values.length; w++) {
      if (shown.begins(w)) {
        plot.reference("another release", w - 0.5, y.low(), w - 0.5, y.high());
      }
    }
    if (lows != values) {
      plot.band(0, "95 % interval", at, lows, highs);
    }
    if (Double.isFinite(training)) {
      plot.curve(
          2, "at training", new double[] {x.low(), x.high()}, new double[] {training, training});
    }
    limit(plot, "warning", warning);
    limit(plot, "critical", critical);
    return plot.line(0, name, at, values).element();
  }

  private static void limit(Plot plot, String style, double level) {
    if (Double.isFinite(level)) {
      plot.threshold(style, style, level);
    }
  }
}
