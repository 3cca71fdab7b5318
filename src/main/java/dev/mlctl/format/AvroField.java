package dev.mlctl.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** How a field of the rows is read. Immutable. */
final class AvroField {
  /** What stands in the bytes. */
  enum Kind {
    NOTHING,
    BOOLEAN,
    WHOLE,
    FLOAT,
    DOUBLE,
    BYTES,
    FIXED,
    ENUM,
    SKIPPED
  }

  private final Schema schema;
  private final Kind kind;
  private final int column;
  private final int nullBranch;
  private final int branches;
  private final int size;
  private final byte[] symbols;
  private final int[] symbolEnds;

  /**
   * A field.
   *
   * @param column of the batch; −1 to pass it over
   */
  AvroField(Schema schema, int column) {
    Schema value = AvroTypes.value(schema);
    this.schema = schema;
    this.column = column;
    this.kind = column < 0 ? Kind.SKIPPED : kind(value);
    this.nullBranch = AvroTypes.nullBranch(schema);
    this.branches = schema.getType() == Schema.Type.UNION ? schema.getTypes().size() : 0;
    this.size = kind == Kind.FIXED ? value.getFixedSize() : 0;
    List<String> names = kind == Kind.ENUM ? value.getEnumSymbols() : List.of();
    GrowingBytes all = new GrowingBytes();
    this.symbolEnds = new int[names.size()];
    for (int s = 0; s < symbolEnds.length; s++) {
      byte[] utf8 = names.get(s).getBytes(StandardCharsets.UTF_8);
      all.put(utf8, 0, utf8.length);
      symbolEnds[s] = all.size();
    }
    this.symbols = all.toArray();
  }

  private static Kind kind(Schema value) {
    return switch (value.getType()) {
      case NULL -> Kind.NOTHING;
      case BOOLEAN -> Kind.BOOLEAN;
      case INT, LONG -> Kind.WHOLE;
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case BYTES, STRING -> Kind.BYTES;
      case FIXED -> Kind.FIXED;
      case ENUM -> Kind.ENUM;
      default -> throw new IllegalArgumentException("not a single value: " + value);
    };
  }

  Kind kind() {
    return kind;
  }

  int column() {
    return column;
  }

  /** The bytes of a fixed value. */
  int size() {
    return size;
  }

  /** The symbols of an enum, one after another. */
  byte[] symbols() {
    return symbols;
  }

  int symbolStart(int symbol) {
    return symbol == 0 ? 0 : symbolEnds[symbol - 1];
  }

  int symbolEnd(int symbol) {
    return symbolEnds[symbol];
  }

  /** Passes over the value. */
  void skip(AvroCursor from) {
    from.skip(schema);
  }

  /** Reads which branch of a union is there; returns whether that is null. */
  boolean readNull(AvroCursor from) {
    if (branches == 0) {
      return kind == Kind.NOTHING;
    }
    long branch = from.readLong();
    if (branch < 0 || branch >= branches) {
      throw new IllegalArgumentException("a union has no branch " + branch);
    }
    return branch == nullBranch;
  }
}
