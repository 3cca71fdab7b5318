package dev.mlctl.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Anything at all: stands in for a config whose type is not known, and is never read. */
final class AnyShape extends Shape {
  static final AnyShape INSTANCE = new AnyShape();

  private AnyShape() {}

  @Override
  Object check(Node node, Checker checker) {
    return null;
  }

  @Override
  String expected() {
    return "anything";
  }

  @Override
  boolean fits(Node node) {
    return true;
  }

  @Override
  Map<String, Object> schema() {
    return new LinkedHashMap<>();
  }
}
