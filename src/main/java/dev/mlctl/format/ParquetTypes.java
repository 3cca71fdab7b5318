package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.UUIDType;
import shaded.parquet.org.apache.thrift.TException;

/**
 * Parquet's types and ours. See LogicalTypes.md of apache/parquet-format; where a file has both,
 * the logical type counts and not the older converted one.
 */
final class ParquetTypes {
  private static final String SCHEME = "parquet:";
  private static final int MOST_INT32_DIGITS = 9;

  private ParquetTypes() {}

  /** A leaf at the top of the schema as a column. */
  static FileColumn column(SchemaElement leaf) {
    boolean nullable = leaf.getRepetition_type() != FieldRepetitionType.REQUIRED;
    if (leaf.getRepetition_type() == FieldRepetitionType.REPEATED) {
      return new FileColumn(leaf.getName(), null, true, "", "it holds many values a row");
    }
    ColumnType type = type(leaf);
    String fault = type == null ? "its type contradicts itself" : "";
    return new FileColumn(leaf.getName(), type, nullable, declaration(leaf), fault);
  }

  /** A group at the top of the schema as a column that cannot be read. */
  static FileColumn group(SchemaElement group) {
    String what = "it is a record of several fields";
    if (isMarked(group, LogicalType._Fields.LIST, ConvertedType.LIST)) {
      what = "it is a list";
    } else if (isMarked(group, LogicalType._Fields.MAP, ConvertedType.MAP)) {
      what = "it is a map";
    }
    return new FileColumn(group.getName(), null, true, "", what);
  }

  private static boolean isMarked(
      SchemaElement element, LogicalType._Fields logical, ConvertedType converted) {
    return logical(element) == null
        ? element.isSetConverted_type() && element.getConverted_type() == converted
        : logical(element) == logical;
  }

  /** The logical type; null when there is none, or one of a later version. */
  private static LogicalType._Fields logical(SchemaElement element) {
    return element.isSetLogicalType() ? element.getLogicalType().getSetField() : null;
  }

  /** What a leaf's values are; null when its annotation does not go with its physical type. */
  private static ColumnType type(SchemaElement leaf) {
    return switch (leaf.getType()) {
      case BOOLEAN -> ColumnType.BOOLEAN;
      case INT32, INT64 -> whole(leaf, leaf.getType() == Type.INT32 ? 32 : 64);
      case INT96 -> ColumnType.JULIAN_TIMESTAMP;
      case FLOAT -> ColumnType.floating(32);
      case DOUBLE -> ColumnType.DOUBLE;
      case BYTE_ARRAY -> bytes(leaf, 0);
      case FIXED_LEN_BYTE_ARRAY ->
          leaf.getType_length() > 0 ? bytes(leaf, leaf.getType_length()) : null;
    };
  }

  private static ColumnType whole(SchemaElement leaf, int bits) {
    if (logical(leaf) != null) {
      return whole(leaf.getLogicalType(), bits);
    }
    if (!leaf.isSetConverted_type()) {
      return ColumnType.integer(bits);
    }
    return switch (leaf.getConverted_type()) {
      case DATE -> ColumnType.DATE;
      case DECIMAL -> decimal(leaf.getPrecision(), leaf.getScale());
      case TIME_MILLIS -> ColumnType.time(Unit.MILLIS, true);
      case TIME_MICROS -> ColumnType.time(Unit.MICROS, true);
      case TIMESTAMP_MILLIS -> ColumnType.timestamp(Unit.MILLIS, true);
      case TIMESTAMP_MICROS -> ColumnType.timestamp(Unit.MICROS, true);
      case UINT_8 -> ColumnType.unsigned(8);
      case UINT_16 -> ColumnType.unsigned(16);
      case UINT_32 -> ColumnType.unsigned(32);
      case UINT_64 -> ColumnType.unsigned(64);
      case INT_8 -> ColumnType.integer(8);
      case INT_16 -> ColumnType.integer(16);
      default -> ColumnType.integer(bits);
    };
  }

  private static ColumnType whole(LogicalType logical, int bits) {
    return switch (logical.getSetField()) {
      case DATE -> ColumnType.DATE;
      case DECIMAL -> decimal(logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
      case TIME -> {
        Unit unit = unit(logical.getTIME().getUnit());
        boolean utc = logical.getTIME().isIsAdjustedToUTC();
        yield unit == null ? null : ColumnType.time(unit, utc);
      }
      case TIMESTAMP -> {
        Unit unit = unit(logical.getTIMESTAMP().getUnit());
        boolean utc = logical.getTIMESTAMP().isIsAdjustedToUTC();
        yield unit == null ? null : ColumnType.timestamp(unit, utc);
      }
      case INTEGER -> {
        int width = logical.getINTEGER().getBitWidth();
        yield logical.getINTEGER().isIsSigned()
            ? ColumnType.integer(width)
            : ColumnType.unsigned(width);
      }
      default -> ColumnType.integer(bits);
    };
  }

  private static ColumnType decimal(int precision, int scale) {
    return precision >= 1 && precision <= 18 && scale >= 0 && scale <= precision
        ? ColumnType.decimal(precision, scale)
        : null;
  }

  private static ColumnType bytes(SchemaElement leaf, int length) {
    if (isMarked(leaf, LogicalType._Fields.DECIMAL, ConvertedType.DECIMAL)) {
      DecimalType decimal = logical(leaf) == null ? null : leaf.getLogicalType().getDECIMAL();
      int precision = decimal == null ? leaf.getPrecision() : decimal.getPrecision();
      int scale = decimal == null ? leaf.getScale() : decimal.getScale();
      return scale >= 0 && scale <= precision ? ColumnType.bigDecimal(precision, scale) : null;
    }
    if (length == 0) {
      boolean isText =
          isMarked(leaf, LogicalType._Fields.STRING, ConvertedType.UTF8)
              || isMarked(leaf, LogicalType._Fields.ENUM, ConvertedType.ENUM)
              || isMarked(leaf, LogicalType._Fields.JSON, ConvertedType.JSON);
      return isText ? ColumnType.STRING : ColumnType.bytes(0);
    }
    if (logical(leaf) == LogicalType._Fields.UUID) {
      return length == 16 ? ColumnType.UUID : null;
    }
    if (logical(leaf) == LogicalType._Fields.FLOAT16) {
      return length == 2 ? ColumnType.floating(16) : null;
    }
    return ColumnType.bytes(length);
  }

  private static Unit unit(TimeUnit unit) {
    if (unit == null || unit.getSetField() == null) {
      return null;
    }
    return switch (unit.getSetField()) {
      case MILLIS -> Unit.MILLIS;
      case MICROS -> Unit.MICROS;
      case NANOS -> Unit.NANOS;
    };
  }

  /** The declaration; none for an annotation that this version of Parquet cannot write again. */
  private static String declaration(SchemaElement leaf) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      leaf.write(Thrift.writer(out));
    } catch (TException e) {
      return "";
    }
    return SCHEME + Base64.getEncoder().encodeToString(out.toByteArray());
  }

  /** A column as an element of a schema: as it was declared, if that was in Parquet. */
  static SchemaElement element(FileColumn column) {
    SchemaElement element =
        column.declaration().startsWith(SCHEME)
            ? declared(column.declaration())
            : element(column.type());
    return element
        .setName(column.name())
        .setRepetition_type(
            column.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
  }

  private static SchemaElement declared(String declaration) {
    byte[] bytes = Base64.getDecoder().decode(declaration.substring(SCHEME.length()));
    try {
      SchemaElement element = new SchemaElement();
      element.read(Thrift.reader(new ByteArrayInputStream(bytes), bytes.length));
      return element;
    } catch (TException e) {
      throw new IllegalArgumentException("not a declaration of Parquet", e);
    }
  }

  private static SchemaElement element(ColumnType type) {
    return switch (type.meaning()) {
      case FIELD, STRING ->
          of(Type.BYTE_ARRAY, LogicalType.STRING(new StringType()), ConvertedType.UTF8);
      case BOOLEAN -> new SchemaElement().setType(Type.BOOLEAN);
      case INTEGER, UNSIGNED -> integer(type);
      case FLOAT ->
          type.size() == 16
              ? fixed(2).setLogicalType(LogicalType.FLOAT16(new Float16Type()))
              : new SchemaElement().setType(Type.FLOAT);
      case DOUBLE -> new SchemaElement().setType(Type.DOUBLE);
      case DECIMAL -> decimal(type, type.size() <= MOST_INT32_DIGITS ? Type.INT32 : Type.INT64);
      case BIG_DECIMAL -> decimal(type, Type.BYTE_ARRAY);
      case DATE -> of(Type.INT32, LogicalType.DATE(new DateType()), ConvertedType.DATE);
      case TIME -> time(type);
      case TIMESTAMP -> timestamp(type);
      case JULIAN_TIMESTAMP -> new SchemaElement().setType(Type.INT96);
      case UUID -> fixed(16).setLogicalType(LogicalType.UUID(new UUIDType()));
      case BYTES ->
          type.size() > 0 ? fixed(type.size()) : new SchemaElement().setType(Type.BYTE_ARRAY);
    };
  }

  private static SchemaElement of(Type physical, LogicalType logical, ConvertedType converted) {
    return new SchemaElement()
        .setType(physical)
        .setLogicalType(logical)
        .setConverted_type(converted);
  }

  private static SchemaElement fixed(int length) {
    return new SchemaElement().setType(Type.FIXED_LEN_BYTE_ARRAY).setType_length(length);
  }

  private static SchemaElement integer(ColumnType type) {
    boolean signed = type.meaning() == ColumnType.Meaning.INTEGER;
    Type physical = type.size() <= 32 ? Type.INT32 : Type.INT64;
    if (signed && type.size() >= 32) {
      return new SchemaElement().setType(physical);
    }
    return of(
        physical,
        LogicalType.INTEGER(new IntType((byte) type.size(), signed)),
        ConvertedType.valueOf((signed ? "INT_" : "UINT_") + type.size()));
  }

  private static SchemaElement decimal(ColumnType type, Type physical) {
    return of(
            physical,
            LogicalType.DECIMAL(new DecimalType(type.scale(), type.size())),
            ConvertedType.DECIMAL)
        .setPrecision(type.size())
        .setScale(type.scale());
  }

  private static SchemaElement time(ColumnType type) {
    SchemaElement element =
        new SchemaElement()
            .setType(type.unit() == Unit.MILLIS ? Type.INT32 : Type.INT64)
            .setLogicalType(LogicalType.TIME(new TimeType(type.utc(), unit(type.unit()))));
    if (type.utc() && type.unit() != Unit.NANOS) {
      element.setConverted_type(ConvertedType.valueOf("TIME_" + type.unit()));
    }
    return element;
  }

  private static SchemaElement timestamp(ColumnType type) {
    SchemaElement element =
        new SchemaElement()
            .setType(Type.INT64)
            .setLogicalType(
                LogicalType.TIMESTAMP(new TimestampType(type.utc(), unit(type.unit()))));
    if (type.utc() && type.unit() != Unit.NANOS) {
      element.setConverted_type(ConvertedType.valueOf("TIMESTAMP_" + type.unit()));
    }
    return element;
  }

  private static TimeUnit unit(Unit unit) {
    return switch (unit) {
      case MILLIS -> TimeUnit.MILLIS(new MilliSeconds());
      case MICROS -> TimeUnit.MICROS(new MicroSeconds());
      case NANOS -> TimeUnit.NANOS(new NanoSeconds());
    };
  }
}
