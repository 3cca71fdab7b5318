package dev.mlctl.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in bytes, least significant first, as both formats write them. */
final class LittleEndian {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  static float getFloat(byte[] bytes, int at) {
    return Float.intBitsToFloat(getInt(bytes, at));
  }

  static double getDouble(byte[] bytes, int at) {
    return Double.longBitsToDouble(getLong(bytes, at));
  }

  /** A number of 16 bits, as IEEE 754 defines them. */
  static float getHalf(byte[] bytes, int at) {
    int bits = (bytes[at] & 0xFF) | bytes[at + 1] << 8;
    int exponent = bits >>> 10 & 31;
    int fraction = bits & 1023;
    float size;
    if (exponent == 31) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = fraction * 0x1p-24f;
    } else {
      size = (1024 + fraction) * Math.scalb(1f, exponent - 25);
    }
    return bits < 0 ? -size : size;
  }

  /** The number of 16 bits nearest to one, ties to even. */
  static int half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float size = Math.abs(value);
    if (Float.isNaN(value)) {
      return sign | 0x7E00;
    } else if (size >= 65520) {
      return sign | 0x7C00;
    } else if (size < 0x1p-14f) {
      return sign | (int) Math.rint(size * 0x1p24);
    }
    int exponent = Math.getExponent(size);
    int fraction = (int) Math.rint(Math.scalb((double) size, 10 - exponent)); // 1024 to 2048
    return sign | (((exponent + 14) << 10) + fraction);
  }
}
