package dev.mlctl.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A map with known keys only. */
final class ObjectShape extends Shape {
  private final Map<String, Key> keys = new LinkedHashMap<>();

  ObjectShape(List<Key> keys) {
    for (Key key : keys) {
      if (this.keys.put(key.name(), key) != null) {
        throw new IllegalArgumentException("two keys named " + key.name());
      }
    }
  }

  @Override
  Settings check(Node node, Checker checker) {
    if (!(node instanceof Node.Fields fields)) {
      checker.mismatch(expected(), node);
      return null;
    }
    Set<String> misspelt = reportUnknown(fields, checker);
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    for (Key key : keys.values()) {
      int index = fields.indexOf(key.name());
      Node.Field field = index < 0 ? null : fields.fields().get(index);
      if (field != null) {
        places.put(key.name(), field.at());
      }
      Object value = value(key, field, fields.at(), misspelt, checker);
      if (value != null) {
        values.put(key.name(), value);
      }
    }
    return new Settings(fields.at(), keys.keySet(), values, places);
  }

  private Object value(Key key, Node.Field field, Place at, Set<String> misspelt, Checker checker) {
    if (field != null && !field.value().isNothing()) {
      return key.shape().check(field.value(), checker);
    }
    if (!key.required()) {
      Object byDefault = key.defaultValue();
      return byDefault == null ? null : key.shape().check(Node.of(byDefault, at), checker);
    }
    if (field != null) {
      checker.fault(field.at(), "required key \"" + key.name() + "\" has no value", "");
    } else if (!misspelt.contains(key.name())) {
      checker.fault(at, "missing required key \"" + key.name() + "\"", "");
    }
    return null;
  }

  /**
   * Reports unknown keys; returns the known names they come near to, which must not be reported as
   * missing on top.
   */
  private Set<String> reportUnknown(Node.Fields fields, Checker checker) {
    Set<String> misspelt = new HashSet<>();
    for (Node.Field field : fields.fields()) {
      if (!keys.containsKey(field.name())) {
        Nearest.name(field.name(), keys.keySet()).ifPresent(misspelt::add);
        checker.fault(
            field.at(),
            "unknown key " + Node.Scalar.quoted(field.name()),
            Nearest.hint(field.name(), keys.keySet(), "keys"));
      }
    }
    return misspelt;
  }

  List<String> requiredKeys() {
    return keys.values().stream().filter(Key::required).map(Key::name).toList();
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
    Map<String, Object> properties = new LinkedHashMap<>();
    keys.forEach((name, key) -> properties.put(name, key.schema()));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!requiredKeys().isEmpty()) {
      schema.put("required", requiredKeys());
    }
    schema.put("additionalProperties", false);
    return schema;
  }
}
