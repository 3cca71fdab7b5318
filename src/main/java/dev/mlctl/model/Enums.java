package dev.mlctl.model;

/**
 * Enum constants on the wire: their ordinal plus one, 0 being "not set". The constants stand in the
 * order of {@code bundle.proto}; a kept bundle of each format version fails its test if that
 * changes.
 */
@SuppressWarnings("EnumOrdinal")
final class Enums {
  private Enums() {}

  static <E extends Enum<E>> int write(E constant) {
    return constant.ordinal() + 1;
  }

  static <E extends Enum<E>> E read(E[] constants, int number, String what) {
    Shapes.check(number >= 1 && number <= constants.length, "unknown " + what + " " + number);
    return constants[number - 1];
  }
}
