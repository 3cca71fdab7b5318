package dev.mlctl.format;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.ColumnType.Holding;
import dev.mlctl.data.ColumnType.Meaning;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.ValueText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Writes the values of one column in Avro's binary encoding, row by row. Not thread-safe. */
abstract class AvroEncoder {
  /** Appends the value of a row. */
  abstract void put(WrittenRows rows, int row, GrowingBytes out);

  static AvroEncoder of(OutputColumn column, Schema schema) {
    if (column instanceof OutputColumn.Numbers numbers) {
      return numbers(numbers.output(), AvroTypes.nullBranch(schema));
    } else if (column instanceof OutputColumn.Codes codes) {
      return codes(codes.texts(), codes.output(), AvroTypes.nullBranch(schema));
    } else if (column instanceof OutputColumn.Constant constant) {
      return constant(constant.text());
    }
    OutputColumn.Passed passed = (OutputColumn.Passed) column;
    Schema value = AvroTypes.value(schema);
    Source source = new Source(passed.from(), value, passed.column().type());
    return new Nullable(source, AvroTypes.nullBranch(schema));
  }

  private static AvroEncoder numbers(int output, int nullBranch) {
    return new AvroEncoder() {
      @Override
      void put(WrittenRows rows, int row, GrowingBytes out) {
        double value = rows.numbers(output)[row];
        if (putBranch(nullBranch, Double.isNaN(value), out)) {
          out.putLittleEndian(Double.doubleToRawLongBits(value), 8);
        }
      }
    };
  }

  /** Says, where there is a choice, whether a value follows or null; returns whether one does. */
  private static boolean putBranch(int nullBranch, boolean isNull, GrowingBytes out) {
    if (nullBranch >= 0) {
      out.put((isNull ? nullBranch : 1 - nullBranch) << 1);
    }
    return nullBranch < 0 || !isNull;
  }

  private static AvroEncoder codes(List<String> texts, int output, int nullBranch) {
    GrowingBytes[] encoded = texts.stream().map(AvroEncoder::encoded).toArray(GrowingBytes[]::new);
    return new AvroEncoder() {
      @Override
      void put(WrittenRows rows, int row, GrowingBytes out) {
        int code = rows.codes(output)[row];
        if (putBranch(nullBranch, code < 0, out)) {
          out.put(encoded[code].array(), 0, encoded[code].size());
        }
      }
    };
  }

  private static AvroEncoder constant(String text) {
    GrowingBytes encoded = encoded(text);
    return new AvroEncoder() {
      @Override
      void put(WrittenRows rows, int row, GrowingBytes out) {
        out.put(encoded.array(), 0, encoded.size());
      }
    };
  }

  private static GrowingBytes encoded(String text) {
    GrowingBytes bytes = new GrowingBytes();
    bytes.putText(text);
    return bytes;
  }

  /** A column that is passed on, in a union with null where the schema has one. */
  private static final class Nullable extends AvroEncoder {
    private final Source source;
    private final int nullBranch;

    /** The branches of the union, 0 and 1, in the one byte that each takes. */
    private final int nullByte;

    private final int valueByte;

    Nullable(Source source, int nullBranch) {
      this.source = source;
      this.nullBranch = nullBranch;
      this.nullByte = nullBranch << 1;
      this.valueByte = (1 - nullBranch) << 1;
    }

    @Override
    void put(WrittenRows rows, int row, GrowingBytes out) {
      boolean isNull = source.isNull(rows.batch(), row);
      if (nullBranch >= 0) {
        out.put(isNull ? nullByte : valueByte);
      } else if (isNull && !source.isAlwaysNull()) {
        throw new IllegalStateException("a null in column " + source.from);
      }
      if (!isNull) {
        source.put(rows.batch(), row, out);
      }
    }
  }

  /** The values of a column of the input, in whatever form a batch holds them. */
  private static final class Source {
    private final int from;
    private final Schema.Type target;
    private final ColumnType type;
    private final boolean decimal;
    private final Map<String, Integer> symbols = new HashMap<>();

    Source(int from, Schema value, ColumnType type) {
      this.from = from;
      this.target = value.getType();
      this.type = type;
      this.decimal = target == Schema.Type.BYTES && AvroTypes.isDecimal(value);
      if (target == Schema.Type.ENUM) {
        value.getEnumSymbols().forEach(name -> symbols.put(name, symbols.size()));
      }
    }

    boolean isAlwaysNull() {
      return target == Schema.Type.NULL;
    }

    boolean isNull(RowBatch batch, int row) {
      if (batch.nulls(from) != null) {
        return batch.nulls(from)[row];
      }
      return target == Schema.Type.DOUBLE
          ? Double.isNaN(WordValues.number(batch, from, row))
          : batch.starts(from)[row] == batch.ends(from)[row];
    }

    void put(RowBatch batch, int row, GrowingBytes out) {
      switch (batch.type(from).holding()) {
        case LONGS -> putLong(batch.longs(from)[row], out);
        case DOUBLES -> putDouble(batch.doubles(from)[row], out);
        case RAW -> putField(batch, row, out);
        case UTF8, BYTES ->
            putSlice(batch.bytes(from), batch.starts(from)[row], batch.ends(from)[row], out);
      }
    }

    private void putLong(long value, GrowingBytes out) {
      switch (target) {
        case BOOLEAN -> out.put((int) value);
        case BYTES -> {
          boolean unsigned = type.meaning() == Meaning.UNSIGNED && value < 0;
          BigInteger digits = BigInteger.valueOf(value);
          byte[] bytes =
              (unsigned ? digits.add(BigInteger.ONE.shiftLeft(64)) : digits).toByteArray();
          putBytes(bytes, 0, bytes.length, out);
        }
        default -> out.putSigned(value);
      }
    }

    private void putDouble(double value, GrowingBytes out) {
      if (target == Schema.Type.FLOAT) {
        out.putLittleEndian(Float.floatToRawIntBits((float) value), 4);
      } else {
        out.putLittleEndian(Double.doubleToRawLongBits(value), 8);
      }
    }

    private void putField(RowBatch batch, int row, GrowingBytes out) {
      if (target == Schema.Type.DOUBLE) {
        putDouble(WordValues.number(batch, from, row), out);
        return;
      }
      int start = batch.starts(from)[row];
      if (batch.bytes()[start] == '"') {
        out.putText(batch.text(from, row));
      } else {
        putBytes(batch.bytes(), start, batch.ends(from)[row], out);
      }
    }

    private void putSlice(byte[] bytes, int start, int end, GrowingBytes out) {
      switch (target) {
        case FIXED -> out.put(bytes, start, end - start);
        case ENUM -> {
          String symbol = new String(bytes, start, end - start, StandardCharsets.UTF_8);
          out.putSigned(symbols.get(symbol));
        }
        case LONG -> out.putSigned(julianMicros(bytes, start));
        case STRING -> {
          if (type.holding() == Holding.UTF8) {
            putBytes(bytes, start, end, out);
          } else {
            out.putText(ValueText.of(type, bytes, start, end - start));
          }
        }
        default -> {
          if (decimal && start == end) {
            putBytes(new byte[1], 0, 1, out); // no bytes at all are no number in Avro
          } else {
            putBytes(bytes, start, end, out);
          }
        }
      }
    }

    private static void putBytes(byte[] bytes, int start, int end, GrowingBytes out) {
      out.putSigned((long) end - start);
      out.put(bytes, start, end - start);
    }

    /** The microsecond of a timestamp in 12 bytes. */
    private static long julianMicros(byte[] bytes, int start) {
      long day = LittleEndian.getInt(bytes, start + 8) - 2_440_588L;
      return day * 86_400_000_000L + Math.floorDiv(LittleEndian.getLong(bytes, start), 1000L);
    }
  }
}
