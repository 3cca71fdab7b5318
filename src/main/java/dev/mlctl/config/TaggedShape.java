package dev.mlctl.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code type}, and the {@code config} that this type wants. */
final class TaggedShape extends Shape {
  private static final String TYPE = "type";
  private static final String CONFIG = "config";

  private final Map<String, Shape> configByType;

  /** The object of each type: type, config, and the further keys. */
  private final Map<String, ObjectShape> wholeByType = new LinkedHashMap<>();

  /** Used when the type is missing or unknown: the config is then passed over. */
  private final ObjectShape withoutConfig;

  TaggedShape(Map<String, Shape> configByType, List<Key> more) {
    this.configByType = configByType;
    Shape types = ScalarShape.typeOf(List.copyOf(configByType.keySet()));
    Key type = Key.required(TYPE, types, "Which kind.");
    Shape anything = new MapShape(AnyShape.INSTANCE);
    withoutConfig =
        objectOf(type, Key.optional(CONFIG, anything, "The settings of this type."), more);
    configByType.forEach(
        (name, shape) -> {
          if (!(shape instanceof ObjectShape config)) {
            throw new IllegalArgumentException("the config of " + name + " must be an object");
          }
          String doc = "The settings of " + name + ".";
          Key key =
              config.requiredKeys().isEmpty()
                  ? Key.optional(CONFIG, config, Map.of(), doc)
                  : Key.required(CONFIG, config, doc);
          wholeByType.put(name, objectOf(Key.required(TYPE, oneOf(name), ""), key, more));
        });
  }

  private static ObjectShape objectOf(Key type, Key config, List<Key> more) {
    List<Key> keys = new ArrayList<>(List.of(type, config));
    keys.addAll(more);
    return new ObjectShape(keys);
  }

  @Override
  Object check(Node node, Checker checker) {
    if (node instanceof Node.Fields fields) {
      int index = fields.indexOf(TYPE);
      Node type = index < 0 ? null : fields.fields().get(index).value();
      if (type instanceof Node.Scalar scalar && wholeByType.containsKey(scalar.text())) {
        return wholeByType.get(scalar.text()).check(node, checker);
      }
    }
    return withoutConfig.check(node, checker);
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
    Map<String, Object> schema = withoutConfig.schema();
    List<Object> cases = new ArrayList<>();
    configByType.forEach((name, shape) -> cases.add(caseOf(name, (ObjectShape) shape)));
    schema.put("allOf", cases);
    return schema;
  }

  private static Map<String, Object> caseOf(String name, ObjectShape config) {
    Map<String, Object> when = new LinkedHashMap<>();
    when.put("properties", Map.of(TYPE, Map.of("const", name)));
    when.put("required", List.of(TYPE));
    Map<String, Object> then = new LinkedHashMap<>();
    then.put("properties", Map.of(CONFIG, config.schema()));
    if (!config.requiredKeys().isEmpty()) {
      then.put("required", List.of(CONFIG));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("if", when);
    schema.put("then", then);
    return schema;
  }
}
