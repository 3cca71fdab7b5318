package dev.mlctl.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a YAML value must look like. The checks made while reading and the JSON Schema given to
 * editors come from this one description. Immutable and thread-safe.
 */
public abstract sealed class Shape
    permits ScalarShape,
        ListShape,
        MapShape,
        ObjectShape,
        TaggedShape,
        TypedShape,
        EitherShape,
        AnyShape {
  /** A text. {@code ${env:NAME}} and {@code ${file:PATH}} in it are filled in. */
  public static Shape text() {
    return ScalarShape.TEXT;
  }

  /** A finite number, whole or not; kept as double. */
  public static Shape number() {
    return number(-Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** A number between two bounds, both allowed. */
  public static Shape number(double least, double greatest) {
    return ScalarShape.numberBetween(least, greatest);
  }

  /** A whole number within the range of long. */
  public static Shape integer() {
    return integer(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A whole number between two bounds, both allowed. */
  public static Shape integer(long least, long greatest) {
    return ScalarShape.integerBetween(least, greatest);
  }

  /** {@code true} or {@code false}. */
  public static Shape bool() {
    return ScalarShape.BOOL;
  }

  /** A text, number, whole number or boolean, kept as it is. */
  public static Shape scalar() {
    return ScalarShape.ANY;
  }

  /** One of some names. Names are no secrets, so nothing is filled in. */
  public static Shape oneOf(String... names) {
    return ScalarShape.nameOf(List.of(names));
  }

  /** A list of values of one shape, possibly empty. */
  public static Shape listOf(Shape element) {
    return new ListShape(element, false);
  }

  /** A text, or a list of texts; read as a list in both cases. */
  public static Shape textOrList() {
    return new ListShape(text(), true);
  }

  /** A map with any keys and values of one shape. */
  public static Shape mapOf(Shape value) {
    return new MapShape(value);
  }

  /** A map with known keys only. */
  public static Shape object(Key... keys) {
    return new ObjectShape(List.of(keys));
  }

  /**
   * A {@code type} and the {@code config} that this type wants, as Beam YAML has it. The config may
   * be left out when the type requires no key.
   *
   * @param configByType the object shape of each type's config, in the order to show
   * @param more further keys beside {@code type} and {@code config}
   */
  public static Shape tagged(Map<String, Shape> configByType, Key... more) {
    return new TaggedShape(new LinkedHashMap<>(configByType), List.of(more));
  }

  /**
   * A {@code type} with the keys that this type wants beside it.
   *
   * @param keysByType each type's own keys, in the order to show
   */
  public static Shape typed(Map<String, List<Key>> keysByType) {
    return new TypedShape(new LinkedHashMap<>(keysByType));
  }

  /**
   * One of several shapes: the first that a value's YAML kind fits (a scalar's type counts, so a
   * number and a {@code oneOf} can stand side by side).
   */
  public static Shape either(Shape... shapes) {
    return new EitherShape(List.of(shapes));
  }

  /**
   * Checks a value, reporting every fault in it. Returns {@link Text}, Long, Double, Boolean, List,
   * Map or {@link Settings}; null when the value cannot be used.
   */
  abstract Object check(Node node, Checker checker);

  /** What is expected, as used after "expected": {@code a whole number}. */
  abstract String expected();

  /** Whether a value is of this shape's kind, whatever else may be wrong inside it. */
  abstract boolean fits(Node node);

  /** The draft-07 JSON Schema of this shape; a new map that the caller may add to. */
  abstract Map<String, Object> schema();
}
