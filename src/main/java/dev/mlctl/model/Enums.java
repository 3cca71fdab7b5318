package dev.mlctl.model;

/** Enum constants on the wire: their ordinal plus one, 0 being "not set". */
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
