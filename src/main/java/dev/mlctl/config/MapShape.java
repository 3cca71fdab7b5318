package dev.mlctl.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map whose keys are the user's own. */
final class MapShape extends Shape {
  private final Shape value;

  MapShape(Shape value) {
    this.value = value;
  }

  @Override
  Object check(Node node, Checker checker) {
    if (!(node instanceof Node.Fields fields)) {
      checker.mismatch(expected(), node);
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Node.Field field : fields.fields()) {
      values.put(field.name(), value.check(field.value(), checker));
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  String expected() {
    return "a map";
  }

  @Override
  boolean fits(Node node) {
    return node instanceof Node.Fields;
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", value.schema());
    return schema;
  }
}
