package dev.mlctl.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@code type}, and beside it the keys that this type wants. */
final class TypedShape extends Shape {
  private static final String TYPE = "type";

  /** The object of each type: its type, and its own keys. */
  private final Map<String, ObjectShape> wholeByType = new LinkedHashMap<>();

  /** Used when the type is missing or unknown: the other keys are then passed over. */
  private final ObjectShape typeOnly;

  TypedShape(Map<String, List<Key>> keysByType) {
    Shape types = ScalarShape.typeOf(List.copyOf(keysByType.keySet()));
    typeOnly = new ObjectShape(List.of(Key.required(TYPE, types, "Which kind.")));
    keysByType.forEach(
        (name, own) -> {
          List<Key> keys = new ArrayList<>();
          keys.add(Key.required(TYPE, oneOf(name), "Which kind."));
          keys.addAll(own);
          wholeByType.put(name, new ObjectShape(keys));
        });
  }

  @Override
  Object check(Node node, Checker checker) {
    if (!(node instanceof Node.Fields fields)) {
      checker.mismatch(expected(), node);
      return null;
    }
    int index = fields.indexOf(TYPE);
    List<Node.Field> type = index < 0 ? List.of() : List.of(fields.fields().get(index));
    if (index >= 0
        && type.get(0).value() instanceof Node.Scalar scalar
        && wholeByType.containsKey(scalar.text())) {
      return wholeByType.get(scalar.text()).check(node, checker);
    }
    typeOnly.check(new Node.Fields(fields.at(), type), checker);
    return null;
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
    Map<String, Object> schema = typeOnly.schema();
    schema.remove("additionalProperties"); // each type says which there are
    List<Object> cases = new ArrayList<>();
    wholeByType.forEach((name, whole) -> cases.add(caseOf(name, whole)));
    schema.put("allOf", cases);
    return schema;
  }

  private static Map<String, Object> caseOf(String name, ObjectShape whole) {
    Map<String, Object> when = new LinkedHashMap<>();
    when.put("properties", Map.of(TYPE, Map.of("const", name)));
    when.put("required", List.of(TYPE));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("if", when);
    schema.put("then", whole.schema());
    return schema;
  }
}
