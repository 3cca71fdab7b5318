package dev.mlctl.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of an algorithm, checked and with defaults. Immutable. */
record Params(Map<String, Object> values) {
  Params {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  int integer(String name) {
    return ((Number) values.get(name)).intValue();
  }

  /** A whole number that means something else when it is not given. */
  int integer(String name, int otherwise) {
    return values.containsKey(name) ? integer(name) : otherwise;
  }

  double number(String name) {
    return ((Number) values.get(name)).doubleValue();
  }

  String text(String name) {
    return (String) values.get(name);
  }

  int[] integers(String name) {
    return ((List<?>) values.get(name)).stream().mapToInt(v -> ((Number) v).intValue()).toArray();
  }
}
