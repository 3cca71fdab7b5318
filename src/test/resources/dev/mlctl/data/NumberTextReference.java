import java.util.Random;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * Prints doubles that are hard to print, one a line: their bits in hexadecimal and the text
 * Double.toString of Java 19 or later gives them. number-text.csv was made with Temurin 25:
 *
 * <pre>java NumberTextReference.java > number-text.csv</pre>
 */
public final class NumberTextReference {
  private static final TreeSet<Double> CASES = new TreeSet<>();

  public static void main(String[] arguments) {
    if (Runtime.version().feature() < 19) {
      throw new IllegalStateException("needs Java 19: before, the text was not always the shortest");
    }
    Random random = new Random(19);
    around(Double.MIN_VALUE, 40);
    around(Double.MIN_NORMAL, 5);
    around(Double.MAX_VALUE, 5);
    around(1L << 53, 20);
    for (double border : new double[] {1e-3, 1e7, 1, 2e-3, 1e23, 2e23, 9e15, 1e17}) {
      around(border, 3);
    }
    for (int n = -1074; n <= 1023; n++) {
      around(Math.scalb(1.0, n), n % 8 == 0 ? 1 : 0);
    }
    for (int n = -323; n <= 308; n++) {
      around(Double.parseDouble("1e" + n), 1);
    }
    for (int i = 0; i < 1000; i++) {
      add(Double.longBitsToDouble(random.nextLong()));
      add(Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(52))));
      long digits = (long) Math.pow(10, random.nextDouble() * 17);
      add(Double.parseDouble(digits + "e" + (random.nextInt(20) - 19)));
      add(random.nextInt(1_000_000) * (random.nextBoolean() ? 1 : -1));
    }
    DoubleStream.of(0.0, -0.0, Double.NaN, 1 / 0.0, -1 / 0.0).forEach(NumberTextReference::add);
    CASES.forEach(d -> System.out.printf("%016x,%s%n", Double.doubleToLongBits(d), d));
  }

  /** Adds a double and so many of its neighbours on either side. */
  private static void around(double centre, int neighbours) {
    double below = centre;
    double above = centre;
    add(centre);
    for (int i = 0; i < neighbours; i++) {
      below = Math.nextDown(below);
      above = Math.nextUp(above);
      add(below);
      add(above);
    }
  }

  private static void add(double value) {
    CASES.add(value);
  }
}
