package dev.mlctl.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TicksTest {
  @ParameterizedTest
  @CsvFileSource(resources = "ticks.csv", numLinesToSkip = 1)
  void are_round_and_labelled_alike(
      double low, double high, int most, String within, String around) {
    assertEquals(within, String.join(" ", Ticks.within(low, high, most).labels()));
    assertEquals(around, String.join(" ", Ticks.around(low, high, most).labels()));
  }

  @Test
  void hold_any_range_with_few_of_them() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      double low = random.nextGaussian() * Math.pow(10, random.nextInt(24) - 12);
      double high = low + Math.abs(low) * Math.pow(10, random.nextInt(10) - 5) + 1e-12;
      Ticks around = Ticks.around(low, high, 6);
      double slack = around.step() * 1e-6;
      assertTrue(around.low() <= low + slack && around.high() >= high - slack, low + " " + high);
      assertTrue(around.count() >= 2 && around.count() <= 9, low + " " + high + " " + around);
      Ticks within = Ticks.within(low, high, 6);
      assertTrue(within.count() <= 7, low + " " + high + " " + within);
      assertEquals(
          within.count(), (int) java.util.Arrays.stream(within.labels()).distinct().count());
    }
  }
}
