package dev.mlctl.page;

import java.util.Arrays;

/** A histogram small enough for a line of text: shapes, no numbers. */
public final class Spark {
  private static final double WIDTH = 120;
  private static final double HEIGHT = 26;

  private Spark() {}

  /**
   * The drawing.
   *
   * @param title what it shows
   * @param counts column heights
   */
  public static Element of(String title, long[] counts) {
    Element drawing = Drawing.of(title, WIDTH, HEIGHT).styled("spark").hint(title);
    double most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    double width = WIDTH / Math.max(1, counts.length);
    for (int i = 0; i < counts.length; i++) {
      double height = counts[i] == 0 ? 0 : Math.max(1, counts[i] / most * (HEIGHT - 1));
      double gap = width > 3 ? 1 : 0;
      drawing.add(Drawing.box("f0", i * width, HEIGHT - height, width - gap, height));
    }
    return drawing.add(Drawing.line("axis", 0, HEIGHT, WIDTH, HEIGHT));
  }
}
