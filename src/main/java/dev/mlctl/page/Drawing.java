package dev.mlctl.page;

/** The parts that every drawing is made of. */
final class Drawing {
  private Drawing() {}

  /** A drawing that says what it is to those who cannot see it. */
  static Element of(String title, double width, double height) {
    return Element.of("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .styled("plot")
        .with("role", "img")
        .with("aria-label", title)
        .with("viewBox", "0 0 " + Shown.coordinate(width) + " " + Shown.coordinate(height));
  }

  static Element text(double x, double y, String anchor, String text) {
    return Element.of("text", text).at("x", x).at("y", y).with("text-anchor", anchor);
  }

  static Element line(String style, double x1, double y1, double x2, double y2) {
    return Element.of("line").styled(style).at("x1", x1).at("y1", y1).at("x2", x2).at("y2", y2);
  }

  static Element box(String style, double x, double y, double width, double height) {
    return Element.of("rect")
        .styled(style)
        .at("x", x)
        .at("y", y)
        .at("width", width)
        .at("height", height);
  }
}
