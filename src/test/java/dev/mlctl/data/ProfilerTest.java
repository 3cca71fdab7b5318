package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilerTest {
  private static final List<Feature> FEATURES =
      List.of(Feature.number("x"), Feature.category("c", List.of("a", "b")));
  private static final Profile SHAPE =
      new Profile(
          List.of(
              NumberProfile.binsFor("x", new double[] {1, 2, 3, Double.NaN}, 4),
              CategoryProfile.of("c", List.of("a", "b"))),
          List.of(
              CategoryProfile.of(Profile.PREDICTION, List.of("no", "yes")),
              NumberProfile.binsFor("probability(yes)", new double[] {0, 0.5, 1}, 3)));

  @Test
  void counts_each_value_in_its_bin_and_leaves_rejected_rows_out() throws IOException {
    RowBatch rows =
        CsvReader.file(
                Streams.of("x,c\n1,a\n2,b\n2.5,zz\n,\n9,a\n-1,b\noops,new\n3,a,extra\n2.51,zz\n"),
                CsvOptions.DEFAULT,
                "f.csv",
                null)
            .next();
    FeatureBatch batch = new FeatureBatch(FEATURES, rows.capacity());
    new FeatureDecoder(FEATURES, new int[] {0, 1}, Set.of()).decode(rows, batch);
    Profiler profiler = new Profiler(SHAPE);
    profiler.addFeatures(batch, rows);

    NumberProfile x = (NumberProfile) profiler.profile().features().get(0);
    assertArrayEquals(new double[] {1.5, 2.5}, x.edges());
    assertArrayEquals(new long[] {2, 2, 2}, x.counts());
    assertEquals(1, x.missing());
    assertEquals(7, x.count());
    assertEquals(2, x.outOfRange());
    assertEquals(-1, x.min());
    assertEquals(9, x.max());
    CategoryProfile c = (CategoryProfile) profiler.profile().features().get(1);
    assertArrayEquals(new long[] {2, 2}, c.counts());
    assertEquals(1, c.missing());
    assertEquals(2, c.unknown());
    assertEquals(Map.of("zz", 2L), c.newest());
  }

  @Test
  void counts_outputs() {
    Profiler profiler = new Profiler(SHAPE);
    profiler.addClasses(0, new int[] {1, 0, 1, 1}, 3, null);
    profiler.addOutput(1, new double[] {0.2, Double.NaN, Double.POSITIVE_INFINITY, 7}, 3, null);
    CategoryProfile classes = (CategoryProfile) profiler.profile().outputs().get(0);
    assertArrayEquals(new long[] {1, 2}, classes.counts());
    assertEquals(3, profiler.profile().rows());
    NumberProfile probability = (NumberProfile) profiler.profile().outputs().get(1);
    assertEquals(2, probability.missing(), "neither NaN nor infinity can be binned");
    assertEquals(0.2, probability.mean());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1e9, 1", "-1e12, 3", "1e-9, 1e-12"})
  void moments_equal_those_of_two_passes_wherever_the_values_lie(double centre, double spread) {
    Random random = new Random(1);
    double[] values = random.doubles(10_000, -1, 1).map(d -> centre + spread * d).toArray();
    double offset = Arrays.stream(values).map(v -> v - centre).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> v - centre - offset).map(d -> d * d).sum();
    double mean = centre + offset;

    Profiler profiler = new Profiler(numbersOnly());
    for (int from = 0; from < values.length; from += 700) {
      int to = Math.min(values.length, from + 700);
      profiler.addOutput(0, Arrays.copyOfRange(values, from, to), to - from, null);
    }
    NumberProfile p = (NumberProfile) profiler.profile().outputs().get(0);
    assertEquals(mean, p.mean(), Math.abs(mean) * 1e-12);
    assertEquals(squares, p.squares(), squares * 1e-6);
    double deviation = Math.sqrt(squares / (values.length - 1));
    assertEquals(deviation, p.deviation(), deviation * 1e-6);
  }

  private static Profile numbersOnly() {
    return new Profile(
        List.of(), List.of(NumberProfile.binsFor(Profile.PREDICTION, new double[] {0}, 1)));
  }

  @Test
  void merges_in_any_order_and_grouping() {
    Random random = new Random(2);
    List<Profile> parts = new ArrayList<>();
    Profiler whole = new Profiler(SHAPE);
    for (int part = 0; part < 9; part++) {
      Profiler profiler = new Profiler(SHAPE);
      int rows = part == 4 ? 0 : 1 + random.nextInt(50);
      int[] classes = random.ints(rows, 0, 2).toArray();
      double[] values = random.doubles(rows).map(v -> v < 0.1 ? Double.NaN : v * 3 - 1).toArray();
      for (Profiler p : List.of(profiler, whole)) {
        p.addClasses(0, classes, rows, null);
        p.addOutput(1, values, rows, null);
      }
      parts.add(profiler.profile());
    }
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(parts, random);
      Profile left = parts.subList(0, i % 8 + 1).stream().reduce(Profile::merge).orElseThrow();
      Profile right = parts.subList(i % 8 + 1, 9).stream().reduce(Profile::merge).orElseThrow();
      assertSame(whole.profile(), left.merge(right));
    }
    assertEquals(whole.profile(), whole.profile().emptied().merge(whole.profile()));
  }

  private static void assertSame(Profile expected, Profile merged) {
    assertEquals(expected.outputs().get(0), merged.outputs().get(0));
    NumberProfile e = (NumberProfile) expected.outputs().get(1);
    NumberProfile m = (NumberProfile) merged.outputs().get(1);
    assertArrayEquals(e.counts(), m.counts());
    assertEquals(e.missing(), m.missing());
    assertEquals(e.outOfRange(), m.outOfRange());
    assertEquals(e.min(), m.min());
    assertEquals(e.max(), m.max());
    assertEquals(e.mean(), m.mean(), 1e-12);
    assertEquals(e.squares(), m.squares(), 1e-9);
  }

  @Test
  void merged_category_profiles_add_up_and_name_the_most_frequent_new_texts() {
    CategoryProfile shape = CategoryProfile.of("c", List.of("a"));
    CategoryProfile merged = shape;
    for (int i = 0; i < 30; i++) {
      merged =
          merged.merge(
              new CategoryProfile(
                  "c", List.of("a"), new long[] {2}, 1, 3, Map.of("new" + i, 2L, "always", 1L)));
    }
    assertArrayEquals(new long[] {60}, merged.counts());
    assertEquals(30, merged.missing());
    assertEquals(90, merged.unknown());
    assertTrue(merged.newest().size() <= 20);
    long always = merged.newest().get("always");
    assertTrue(always <= 30 && always >= 30 - 90 / 20, "always: " + always);
  }

  @Test
  void refuses_to_merge_what_does_not_belong_together() {
    NumberProfile two = NumberProfile.binsFor("x", new double[] {1, 2}, 2);
    NumberProfile three = NumberProfile.binsFor("x", new double[] {1, 2, 3}, 3);
    CategoryProfile ab = CategoryProfile.of("x", List.of("a", "b"));
    CategoryProfile ba = CategoryProfile.of("x", List.of("b", "a"));
    assertThrows(IllegalArgumentException.class, () -> two.merge(three));
    assertThrows(IllegalArgumentException.class, () -> two.merge(ab));
    assertThrows(IllegalArgumentException.class, () -> ab.merge(two));
    assertThrows(IllegalArgumentException.class, () -> ab.merge(ba));
    Profile one = new Profile(List.of(two), List.of());
    Profile none = new Profile(List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> one.merge(none));
  }
}
