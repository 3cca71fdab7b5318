package dev.mlctl.page;

import java.util.List;

/** Charts of how well probabilities tell classes apart and how far they can be believed. */
public final class CurveCharts {
  private CurveCharts() {}

  /**
   * A curve.
   *
   * @param name for the legend
   * @param x between 0 and 1
   * @param y between 0 and 1, same length
   * @param weights how many rows each point stands for; empty when that means nothing
   */
  public record Curve(String name, double[] x, double[] y, long[] weights) {
    /** Copies. */
    public Curve {
      x = x.clone();
      y = y.clone();
      weights = weights.clone();
    }

    @Override
    public double[] x() {
      return x.clone();
    }

    @Override
    public double[] y() {
      return y.clone();
    }

    @Override
    public long[] weights() {
      return weights.clone();
    }
  }

  /** Receiver operating characteristic: hits against false alarms as the threshold falls. */
  public static Element roc(String title, List<Curve> curves) {
    Plot plot =
        new Plot(
            title,
            Axis.between("false positive rate", 0, 1),
            Axis.between("true positive rate", 0, 1));
    plot.reference("by chance", 0, 0, 1, 1);
    for (int i = 0; i < curves.size(); i++) {
      plot.curve(i % Plot.STYLES, curves.get(i).name, curves.get(i).x, curves.get(i).y);
    }
    return plot.element();
  }

  /** Reliability: how often what was predicted with some probability happened. */
  public static Element calibration(String title, List<Curve> curves) {
    Plot plot =
        new Plot(
            title,
            Axis.between("predicted probability", 0, 1),
            Axis.between("observed share", 0, 1));
    plot.reference("perfect", 0, 0, 1, 1);
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      int style = i % Plot.STYLES;
      plot.curve(style, curve.name, curve.x, curve.y);
      for (int p = 0; p < curve.x.length; p++) {
        plot.point(style, curve.x[p], curve.y[p], 3.5, hint(curve, p));
      }
    }
    return plot.element();
  }

  private static String hint(Curve curve, int p) {
    String rows = curve.weights.length == 0 ? "" : " of " + Shown.count(curve.weights[p], "row");
    return curve.name
        + ": predicted "
        + Shown.share(curve.x[p])
        + ", observed "
        + Shown.share(curve.y[p])
        + rows;
  }
}
