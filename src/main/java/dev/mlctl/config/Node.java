package dev.mlctl.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A YAML value with its place, before any shape has looked at it. */
sealed interface Node {
  /** Where the value starts. */
  Place at();

  /** What a reader would call this value: {@code the number 5}, {@code a list}. */
  String described();

  /** A scalar; {@code text} is what stands in the file, without quotes. */
  record Scalar(Place at, ScalarKind kind, String text) implements Node {
    private static final int SHOWN = 40;

    @Override
    public String described() {
      return switch (kind) {
        case NOTHING -> "nothing";
        case BOOL -> text;
        case INTEGER, DECIMAL -> "the number " + shortened(text);
        case TEXT, AMBIGUOUS -> "the text " + quoted(text);
      };
    }

    static String quoted(String text) {
      return YamlWriter.quoted(shortened(text));
    }

    private static String shortened(String text) {
      if (text.codePointCount(0, text.length()) <= SHOWN) {
        return text;
      }
      return text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
  }

  /** A list. */
  record Items(Place at, List<Node> nodes) implements Node {
    @Override
    public String described() {
      return "a list";
    }
  }

  /** A map, in the order of the file; keys are distinct texts. */
  record Fields(Place at, List<Field> fields) implements Node {
    @Override
    public String described() {
      return "a map";
    }

    int indexOf(String name) {
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).name().equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  /** A value whose fault is already reported; shapes pass over it. */
  record Broken(Place at) implements Node {
    @Override
    public String described() {
      return "a faulty value";
    }
  }

  /** One key of a map and its value. */
  record Field(Place at, String name, Node value) {}

  /** Whether this is an empty or {@code null} scalar. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.kind() == ScalarKind.NOTHING;
  }

  /**
   * The node that stands for a Java value, as used for defaults.
   *
   * @throws IllegalArgumentException for anything but null, text, number, boolean, list and map
   */
  static Node of(Object value, Place at) {
    if (value == null) {
      return new Scalar(at, ScalarKind.NOTHING, "");
    } else if (value instanceof String text) {
      return new Scalar(at, ScalarKind.TEXT, text);
    } else if (value instanceof Boolean || value instanceof Number) {
      return new Scalar(at, ScalarKind.of(value.toString()), value.toString());
    } else if (value instanceof List<?> list) {
      return new Items(at, list.stream().map(element -> of(element, at)).toList());
    } else if (value instanceof Map<?, ?> map) {
      List<Field> fields = new ArrayList<>();
      map.forEach((key, field) -> fields.add(new Field(at, (String) key, of(field, at))));
      return new Fields(at, List.copyOf(fields));
    }
    throw new IllegalArgumentException("not a configuration value: " + value.getClass());
  }
}
