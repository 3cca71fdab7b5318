package dev.mlctl.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON Schema of a file kind, for completion and checks in editors. */
public final class JsonSchema {
  private JsonSchema() {}

  /**
   * A draft-07 schema with descriptions and defaults; unknown keys are refused. It does not know
   * substitutions, and is stricter than the parser in one point: an optional key without a value is
   * not accepted.
   *
   * @return ready for {@link Json#pretty}
   */
  public static Map<String, Object> of(String title, Shape shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", title);
    schema.putAll(shape.schema());
    return schema;
  }
}
