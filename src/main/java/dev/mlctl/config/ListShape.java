package dev.mlctl.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list; where allowed, a single element stands for a list of one. */
final class ListShape extends Shape {
  private final Shape element;
  private final boolean orOne;

  ListShape(Shape element, boolean orOne) {
    this.element = element;
    this.orOne = orOne;
  }

  @Override
  Object check(Node node, Checker checker) {
    if (node instanceof Node.Items items) {
      List<Object> values = new ArrayList<>();
      for (Node item : items.nodes()) {
        values.add(element.check(item, checker));
      }
      // Not List.copyOf: an element at fault is null, and the rest is checked all the same.
      return Collections.unmodifiableList(values);
    } else if (orOne && element.fits(node)) {
      Object value = element.check(node, checker);
      return value == null ? null : List.of(value);
    }
    checker.mismatch(expected(), node);
    return null;
  }

  @Override
  String expected() {
    return orOne ? element.expected() + " or a list" : "a list";
  }

  @Override
  boolean fits(Node node) {
    return node instanceof Node.Items || (orOne && element.fits(node));
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", element.schema());
    if (!orOne) {
      return list;
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("anyOf", List.of(element.schema(), list));
    return schema;
  }
}
