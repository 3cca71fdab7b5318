package dev.mlctl.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One scalar. */
final class ScalarShape extends Shape {
  private enum Type {
    TEXT("text", "string"),
    NUMBER("a number", "number"),
    INTEGER("a whole number", "integer"),
    BOOL("true or false", "boolean"),
    ANY("a text, a number, true or false", "string number boolean"),
    NAME("", "string"),
    TYPE("", "string");

    private final String expected;

    /** JSON Schema's name; several with spaces between. */
    private final String schemaType;

    Type(String expected, String schemaType) {
      this.expected = expected;
      this.schemaType = schemaType;
    }
  }

  static final ScalarShape TEXT = new ScalarShape(Type.TEXT, List.of(), null, null);
  static final ScalarShape BOOL = new ScalarShape(Type.BOOL, List.of(), null, null);
  static final ScalarShape ANY = new ScalarShape(Type.ANY, List.of(), null, null);

  private final Type type;
  private final List<String> names;
  private final Number least;
  private final Number greatest;

  private ScalarShape(Type type, List<String> names, Number least, Number greatest) {
    this.type = type;
    this.names = names;
    this.least = least;
    this.greatest = greatest;
  }

  /** Bounds that exclude nothing are dropped, so that neither messages nor schemas show them. */
  static ScalarShape numberBetween(double least, double greatest) {
    return new ScalarShape(
        Type.NUMBER,
        List.of(),
        least == -Double.MAX_VALUE ? null : (Double) least,
        greatest == Double.MAX_VALUE ? null : (Double) greatest);
  }

  static ScalarShape integerBetween(long least, long greatest) {
    return new ScalarShape(
        Type.INTEGER,
        List.of(),
        least == Long.MIN_VALUE ? null : (Long) least,
        greatest == Long.MAX_VALUE ? null : (Long) greatest);
  }

  static ScalarShape nameOf(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("oneOf needs a name");
    }
    return new ScalarShape(Type.NAME, names, null, null);
  }

  /** The type of a tagged object: as {@link #nameOf}, but an unknown one is called a type. */
  static ScalarShape typeOf(List<String> names) {
    return new ScalarShape(Type.TYPE, names, null, null);
  }

  @Override
  Object check(Node node, Checker checker) {
    if (!fits(node)) {
      mismatch(node, checker);
      return null;
    }
    Node.Scalar scalar = (Node.Scalar) node;
    return switch (type) {
      case TEXT -> checker.secrets().fill(scalar, checker.faults());
      case NAME, TYPE -> name(scalar, checker);
      case BOOL -> Boolean.valueOf(scalar.text());
      case NUMBER -> inBounds(scalar, decimal(scalar, checker), checker);
      case INTEGER -> inBounds(scalar, whole(scalar, checker), checker);
      case ANY -> any(scalar, checker);
    };
  }

  private void mismatch(Node node, Checker checker) {
    boolean wantsText = type == Type.TEXT || !names.isEmpty();
    if (wantsText && node instanceof Node.Scalar scalar && !scalar.isNothing()) {
      checker.fault(
          node.at(),
          "expected " + expected() + ", found " + node.described(),
          "write " + Node.Scalar.quoted(scalar.text()) + " in quotes");
    } else if (node instanceof Node.Scalar scalar && fits(unquoted(scalar))) {
      checker.fault(
          node.at(),
          "expected " + expected() + ", found " + node.described(),
          "leave out the quotes");
    } else {
      checker.mismatch(expected(), node);
    }
  }

  private static Node.Scalar unquoted(Node.Scalar scalar) {
    return new Node.Scalar(scalar.at(), ScalarKind.of(scalar.text()), scalar.text());
  }

  private Object name(Node.Scalar scalar, Checker checker) {
    if (names.contains(scalar.text())) {
      return new Text(scalar.text(), scalar.text());
    }
    if (type == Type.TYPE) {
      String message = "unknown type " + Node.Scalar.quoted(scalar.text());
      checker.fault(scalar.at(), message, Nearest.hint(scalar.text(), names, "types"));
      return null;
    }
    String hint =
        Nearest.name(scalar.text(), names).map(near -> "did you mean \"" + near + "\"?").orElse("");
    checker.fault(scalar.at(), "expected " + expected() + ", found " + scalar.described(), hint);
    return null;
  }

  private static Object any(Node.Scalar scalar, Checker checker) {
    return switch (scalar.kind()) {
      case BOOL -> Boolean.valueOf(scalar.text());
      case INTEGER -> whole(scalar, checker);
      case DECIMAL -> decimal(scalar, checker);
      default -> checker.secrets().fill(scalar, checker.faults());
    };
  }

  private static Long whole(Node.Scalar scalar, Checker checker) {
    try {
      return Long.valueOf(scalar.text());
    } catch (NumberFormatException e) {
      checker.fault(scalar.at(), scalar.described() + " is too large for a whole number", "");
      return null;
    }
  }

  private static Double decimal(Node.Scalar scalar, Checker checker) {
    double value = Double.parseDouble(scalar.text());
    if (Double.isInfinite(value)) {
      checker.fault(scalar.at(), scalar.described() + " is too large", "");
      return null;
    }
    return value;
  }

  private Object inBounds(Node.Scalar scalar, Number value, Checker checker) {
    if (value == null) {
      return null;
    }
    BigDecimal exact = new BigDecimal(value.toString());
    boolean low = least != null && exact.compareTo(new BigDecimal(least.toString())) < 0;
    boolean high = greatest != null && exact.compareTo(new BigDecimal(greatest.toString())) > 0;
    if (low || high) {
      checker.fault(scalar.at(), "expected " + expected() + ", found " + scalar.described(), "");
      return null;
    }
    return value;
  }

  @Override
  String expected() {
    if (type == Type.TYPE) {
      return "the name of a type";
    } else if (type == Type.NAME) {
      return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    } else if (least != null && greatest != null) {
      return type.expected + " from " + plain(least) + " to " + plain(greatest);
    } else if (least != null) {
      return type.expected + " of at least " + plain(least);
    } else if (greatest != null) {
      return type.expected + " of at most " + plain(greatest);
    }
    return type.expected;
  }

  /** A bound as a person writes it: 1, not 1.0. */
  private static String plain(Number bound) {
    return new BigDecimal(bound.toString()).stripTrailingZeros().toPlainString();
  }

  @Override
  boolean fits(Node node) {
    if (!(node instanceof Node.Scalar scalar)) {
      return false;
    }
    ScalarKind kind = scalar.kind();
    return switch (type) {
      case TEXT, NAME, TYPE -> kind == ScalarKind.TEXT;
      case BOOL -> kind == ScalarKind.BOOL;
      case NUMBER -> kind == ScalarKind.INTEGER || kind == ScalarKind.DECIMAL;
      case INTEGER -> kind == ScalarKind.INTEGER;
      case ANY -> kind != ScalarKind.NOTHING && kind != ScalarKind.AMBIGUOUS;
    };
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    List<String> types = List.of(type.schemaType.split(" ", -1));
    schema.put("type", types.size() == 1 ? types.get(0) : types);
    if (!names.isEmpty()) {
      schema.put("enum", names);
    }
    if (least != null) {
      schema.put("minimum", least);
    }
    if (greatest != null) {
      schema.put("maximum", greatest);
    }
    return schema;
  }
}
