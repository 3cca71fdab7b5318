package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.data.ColumnType.Unit;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Avro's types and ours; see "Logical Types" of the Avro specification. Logical types are read as
 * properties, since those of later versions are properties to this one.
 */
final class AvroTypes {
  private static final String SCHEME = "avro:";
  private static final String LOGICAL = "logicalType";

  private AvroTypes() {}

  /** A field of the record that a row is, as a column. */
  static FileColumn column(Schema.Field field) {
    Schema value = value(field.schema());
    if (value == null) {
      return unreadable(field, "it is a union of several types");
    }
    return switch (value.getType()) {
      case ARRAY -> unreadable(field, "it is a list");
      case MAP -> unreadable(field, "it is a map");
      case RECORD -> unreadable(field, "it is a record of several fields");
      case UNION -> unreadable(field, "it is a union of several types");
      default ->
          new FileColumn(
              field.name(),
              type(value),
              nullBranch(field.schema()) >= 0 || value.getType() == Schema.Type.NULL,
              SCHEME + field.schema(),
              "");
    };
  }

  private static FileColumn unreadable(Schema.Field field, String fault) {
    return new FileColumn(field.name(), null, true, "", fault);
  }

  /** What a field holds when it is not null; null when that is not one type. */
  static Schema value(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> branches = schema.getTypes();
    if (branches.size() == 1) {
      return branches.get(0);
    }
    int nullBranch = nullBranch(schema);
    return branches.size() == 2 && nullBranch >= 0 ? branches.get(1 - nullBranch) : null;
  }

  /** Which branch of a union is null; −1 for none, or when it is no union. */
  static int nullBranch(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      List<Schema> branches = schema.getTypes();
      for (int b = 0; b < branches.size(); b++) {
        if (branches.get(b).getType() == Schema.Type.NULL) {
          return b;
        }
      }
    }
    return -1;
  }

  private static ColumnType type(Schema schema) {
    String logical = String.valueOf(schema.getProp(LOGICAL));
    return switch (schema.getType()) {
      case BOOLEAN -> ColumnType.BOOLEAN;
      case INT -> whole(logical, 32);
      case LONG -> whole(logical, 64);
      case FLOAT -> ColumnType.floating(32);
      case DOUBLE -> ColumnType.DOUBLE;
      case BYTES -> bytes(schema, logical, 0);
      case FIXED -> bytes(schema, logical, schema.getFixedSize());
      default -> ColumnType.STRING; // texts, enums, and what is always null
    };
  }

  private static ColumnType whole(String logical, int bits) {
    return switch (logical) {
      case "date" -> ColumnType.DATE;
      case "time-millis" -> ColumnType.time(Unit.MILLIS, false);
      case "time-micros" -> ColumnType.time(Unit.MICROS, false);
      case "timestamp-millis" -> ColumnType.timestamp(Unit.MILLIS, true);
      case "timestamp-micros" -> ColumnType.timestamp(Unit.MICROS, true);
      case "timestamp-nanos" -> ColumnType.timestamp(Unit.NANOS, true);
      case "local-timestamp-millis" -> ColumnType.timestamp(Unit.MILLIS, false);
      case "local-timestamp-micros" -> ColumnType.timestamp(Unit.MICROS, false);
      case "local-timestamp-nanos" -> ColumnType.timestamp(Unit.NANOS, false);
      default -> ColumnType.integer(bits);
    };
  }

  private static ColumnType bytes(Schema schema, String logical, int length) {
    if (logical.equals("uuid") && length == 16) {
      return ColumnType.UUID;
    }
    if (logical.equals("decimal") && schema.getObjectProp("precision") instanceof Number digits) {
      int scale = schema.getObjectProp("scale") instanceof Number given ? given.intValue() : 0;
      if (scale >= 0 && scale <= digits.intValue()) {
        return ColumnType.bigDecimal(digits.intValue(), scale);
      }
    }
    return ColumnType.bytes(length);
  }

  /** A column as the type of a field: as it was declared, if that was in Avro. */
  static Schema schema(FileColumn column) {
    boolean declared = column.declaration().startsWith(SCHEME);
    Schema schema =
        declared
            ? AvroHeader.parser().parse(column.declaration().substring(SCHEME.length()))
            : schema(column.type());
    if (schema.getType() == Schema.Type.UNION && schema.getTypes().size() == 1) {
      schema = value(schema);
    }
    boolean holdsNull = nullBranch(schema) >= 0 || schema.getType() == Schema.Type.NULL;
    return column.nullable() && !holdsNull
        ? Schema.createUnion(Schema.create(Schema.Type.NULL), value(schema))
        : schema;
  }

  private static Schema schema(ColumnType type) {
    return switch (type.meaning()) {
      case FIELD, STRING -> Schema.create(Schema.Type.STRING);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case INTEGER -> Schema.create(type.size() <= 32 ? Schema.Type.INT : Schema.Type.LONG);
      case UNSIGNED -> unsigned(type.size());
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case DECIMAL, BIG_DECIMAL -> decimal(type.size(), type.scale());
      case DATE -> logical(Schema.Type.INT, "date");
      case TIME -> time(type.unit());
      case TIMESTAMP -> timestamp(type.unit(), type.utc());
      case JULIAN_TIMESTAMP -> timestamp(Unit.MICROS, false);
      case UUID -> logical(Schema.Type.STRING, "uuid");
      case BYTES -> Schema.create(Schema.Type.BYTES);
    };
  }

  /** Avro has signed numbers only: those of 64 bits need a decimal. */
  private static Schema unsigned(int bits) {
    if (bits == 64) {
      return decimal(20, 0);
    }
    return Schema.create(bits < 32 ? Schema.Type.INT : Schema.Type.LONG);
  }

  private static Schema decimal(int precision, int scale) {
    return LogicalTypes.decimal(precision, scale).addToSchema(Schema.create(Schema.Type.BYTES));
  }

  private static Schema time(Unit unit) {
    return switch (unit) {
      case MILLIS -> logical(Schema.Type.INT, "time-millis");
      case MICROS -> logical(Schema.Type.LONG, "time-micros");
      case NANOS -> Schema.create(Schema.Type.LONG); // Avro has no name for it
    };
  }

  private static Schema timestamp(Unit unit, boolean utc) {
    String name =
        switch (unit) {
          case MILLIS -> "timestamp-millis";
          case MICROS -> "timestamp-micros";
          case NANOS -> "timestamp-nanos";
        };
    return logical(Schema.Type.LONG, utc ? name : "local-" + name);
  }

  private static Schema logical(Schema.Type type, String name) {
    Schema schema = Schema.create(type);
    schema.addProp(LOGICAL, name);
    return schema;
  }

  /** Whether a decimal, rather than plain bytes, stands in the bytes of a schema. */
  static boolean isDecimal(Schema schema) {
    return type(schema).meaning() == Meaning.BIG_DECIMAL;
  }
}
