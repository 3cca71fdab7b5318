package dev.mlctl.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One key of an object. Immutable.
 *
 * @param name as written in the file, snake_case
 * @param shape what its value must look like
 * @param required whether the key must be given
 * @param defaultValue what holds when it is not given: a text, number, boolean, list or map that
 *     fits the shape; null for none
 * @param doc one sentence for editors and reference pages
 */
public record Key(String name, Shape shape, boolean required, Object defaultValue, String doc) {
  /** Checks that a default fits the shape and is not given to a required key. */
  public Key {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(doc, "doc");
    defaultValue = frozen(defaultValue);
    if (defaultValue != null) {
      if (required) {
        throw new IllegalArgumentException("the required key " + name + " has a default");
      }
      Faults faults = new Faults();
      Checker checker = new Checker(faults, new Secrets(variable -> "", Path.of("")));
      shape.check(Node.of(defaultValue, Place.whole("the default of " + name)), checker);
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(faults.problems().toString());
      }
    }
  }

  /** A key that must be given. */
  public static Key required(String name, Shape shape, String doc) {
    return new Key(name, shape, true, null, doc);
  }

  /** A key that may be left out and has no default. */
  public static Key optional(String name, Shape shape, String doc) {
    return new Key(name, shape, false, null, doc);
  }

  /** A key that may be left out for a default; {@code Map.of()} is an object of defaults. */
  public static Key optional(String name, Shape shape, Object defaultValue, String doc) {
    return new Key(name, shape, false, defaultValue, doc);
  }

  Map<String, Object> schema() {
    Map<String, Object> schema = shape.schema();
    if (!doc.isEmpty()) {
      schema.put("description", doc);
    }
    if (defaultValue != null) {
      schema.put("default", defaultValue);
    }
    return schema;
  }

  private static Object frozen(Object value) {
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(frozen(element)));
      return Collections.unmodifiableList(copy);
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put(key, frozen(element)));
      return Collections.unmodifiableMap(copy);
    }
    return value;
  }
}
