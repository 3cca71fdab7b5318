package dev.mlctl.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One of several shapes, told apart by the kind of the value. */
final class EitherShape extends Shape {
  private final List<Shape> shapes;

  EitherShape(List<Shape> shapes) {
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("either needs a shape");
    }
    this.shapes = shapes;
  }

  @Override
  Object check(Node node, Checker checker) {
    for (Shape shape : shapes) {
      if (shape.fits(node)) {
        return shape.check(node, checker);
      }
    }
    checker.mismatch(expected(), node);
    return null;
  }

  @Override
  String expected() {
    return shapes.stream().map(Shape::expected).distinct().collect(Collectors.joining(" or "));
  }

  @Override
  boolean fits(Node node) {
    return shapes.stream().anyMatch(shape -> shape.fits(node));
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("anyOf", shapes.stream().map(Shape::schema).toList());
    return schema;
  }
}
