package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our sketches beside those of Apache DataSketches, over the same columns. Ours are stored and read
 * before they are merged, as those of the parts of a run are.
 */
class SketchReferenceTest {
  private static final int MADE_UP = 100_000;

  /** Ours keep 17 significant bits of a value. */
  private static final double ROUNDING = 0x1p-17;

  private static final Map<String, double[]> COLUMNS = new LinkedHashMap<>();

  static {
    Random random = new Random(11);
    double[] rising = IntStream.range(0, MADE_UP).asDoubleStream().toArray();
    COLUMNS.put("temp", file("bikes/data/bike-sharing-hour.csv", "temp"));
    COLUMNS.put("count", file("bikes/data/bike-sharing-hour.csv", "count"));
    COLUMNS.put("fnlwgt", file("income/data/adult-train.csv", "fnlwgt"));
    COLUMNS.put("age", file("income/data/adult-train.csv", "age"));
    COLUMNS.put("heavy tails", made(() -> Math.tan(Math.PI * (random.nextDouble() - 0.5))));
    COLUMNS.put("rising", rising);
    COLUMNS.put("falling", Arrays.stream(rising).map(v -> MADE_UP - v).toArray());
    COLUMNS.put("constant", made(() -> 3.7));
    COLUMNS.put("all distinct", made(random::nextDouble));
    COLUMNS.put("few distinct", made(() -> Math.floor(7 * Math.pow(random.nextDouble(), 3))));
    COLUMNS.put("a sentinel", made(() -> random.nextInt(30) == 0 ? -999 : random.nextDouble()));
  }

  private static double[] made(Supplier<Double> value) {
    return DoubleStream.generate(value::get).limit(MADE_UP).toArray();
  }

  private static double[] file(String name, String column) {
    try {
      List<String> lines = Files.readAllLines(Path.of("examples", name));
      int index = List.of(lines.get(0).split(",", -1)).indexOf(column);
      return lines.stream()
          .skip(1)
          .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[index]))
          .toArray();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static List<double[]> parts(double[] values, int parts) {
    List<double[]> cut = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int from = values.length * p / parts;
      cut.add(Arrays.copyOfRange(values, from, values.length * (p + 1) / parts));
    }
    return cut;
  }

  /** A sketch of each part, all merged into the first. */
  private static <S> S merged(
      List<double[]> parts, Function<double[], S> sketch, BiConsumer<S, S> merge) {
    S sum = sketch.apply(parts.get(0));
    parts.subList(1, parts.size()).forEach(part -> merge.accept(sum, sketch.apply(part)));
    return sum;
  }

  private static ByteScan stored(Consumer<ByteWriter> sketch) {
    ByteWriter out = new ByteWriter();
    sketch.accept(out);
    return new ByteScan(out.toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void ranks_are_within_the_error_that_the_library_states_for_its_own(int parts) {
    double bound = KllDoublesSketch.newHeapInstance(RankSketch.K).getNormalizedRankError(false);
    assertEquals(bound, RankSketch.RANK_ERROR, 1e-4, "the same k has the same stated error");
    COLUMNS.forEach(
        (name, values) -> {
          List<double[]> cut = parts(values, parts);
          RankSketch ours = merged(cut, SketchReferenceTest::ranks, RankSketch::merge);
          KllDoublesSketch library = merged(cut, SketchReferenceTest::kll, KllDoublesSketch::merge);
          double[] sorted = Arrays.stream(values).sorted().toArray();
          double our = 0;
          double its = 0;
          for (int i = 1; i < 40; i++) {
            double rank = i / 40.0;
            our = Math.max(our, error(sorted, quantile(ours.sorted(), rank), rank));
            double quantile = library.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
            its = Math.max(its, error(sorted, quantile, rank));
          }
          assertTrue(our <= bound, name + ": " + our);
          assertTrue(our <= its + bound, name + ": " + our + ", the library's " + its);
        });
  }

  private static RankSketch ranks(double[] values) {
    RankSketch sketch = new RankSketch();
    Arrays.stream(values).forEach(v -> sketch.add(v, 0));
    return RankSketch.read(stored(sketch::write));
  }

  private static KllDoublesSketch kll(double[] values) {
    KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(RankSketch.K);
    Arrays.stream(values).forEach(sketch::update);
    return sketch;
  }

  private static double quantile(RankSketch.Weighted kept, double rank) {
    double left = rank * Arrays.stream(kept.weights()).sum();
    int i = 0;
    while (left > kept.weights()[i]) {
      left -= kept.weights()[i++];
    }
    return kept.values()[i];
  }

  /** How far a rank is from those that a value has among sorted ones. */
  private static double error(double[] sorted, double value, double rank) {
    double slack = Math.abs(value) * ROUNDING;
    double below = first(sorted, value - slack) / (double) sorted.length;
    double upTo = first(sorted, Math.nextUp(value + slack)) / (double) sorted.length;
    return Math.max(0, Math.max(below - rank, rank - upTo));
  }

  /** The first of sorted values that is no less than a bound. */
  private static int first(double[] sorted, double bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void different_values_are_counted_as_well_as_by_the_library(int parts) {
    COLUMNS.forEach(
        (name, values) -> {
          double different = Arrays.stream(values).distinct().count();
          HllSketch library =
              new HllSketch(Integer.numberOfTrailingZeros(DistinctSketch.REGISTERS));
          Arrays.stream(values).forEach(library::update);
          double ours =
              merged(parts(values, parts), SketchReferenceTest::distinct, DistinctSketch::merge)
                  .estimate();
          double error = 3 * DistinctSketch.RELATIVE_ERROR * different;
          assertAll(
              name,
              () -> assertEquals(different, ours, error),
              () -> assertEquals(library.getEstimate(), ours, Math.sqrt(2) * error),
              () -> assertEquals(distinct(values).estimate(), ours, 1e-3 * ours));
        });
  }

  private static DistinctSketch distinct(double[] values) {
    DistinctSketch sketch = new DistinctSketch();
    sketch.add(values, values.length);
    return DistinctSketch.read(stored(sketch::write));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void frequent_numbers_that_the_library_reports_are_found(int parts) {
    Map<String, Integer> found =
        Map.of("temp", 16, "age", 16, "constant", 1, "few distinct", 7, "a sentinel", 1);
    COLUMNS.forEach(
        (name, values) -> {
          Map<Double, Double> ours =
              merged(parts(values, parts), SketchReferenceTest::frequent, FrequentNumbers::merge)
                  .shares(values.length);
          ItemsSketch<Double> library = new ItemsSketch<>(1024);
          Arrays.stream(values).forEach(library::update);
          double rows = values.length;
          // What is stored of a part leaves out what is rarer than a share of it.
          double error = 1.0 / 64 + (parts > 1 ? FrequentNumbers.LEAST_SHARE : 0);
          long sure = (long) (rows * (FrequentNumbers.LEAST_SHARE + error));
          for (var row :
              library.getFrequentItems(
                  sure + library.getMaximumError(), ErrorType.NO_FALSE_NEGATIVES)) {
            double least = row.getLowerBound() / rows - error;
            double most = row.getUpperBound() / rows;
            // Only so many are named: then all of these must be as frequent.
            double share = ours.getOrDefault(row.getItem(), Math.min(most, least(ours)));
            assertTrue(share >= least && share <= most, name + " " + row + ": " + share);
          }
          assertEquals(found.getOrDefault(name, 0), ours.size(), name);
        });
  }

  private static double least(Map<Double, Double> shares) {
    return shares.size() < FrequentNumbers.KEPT
        ? 0
        : shares.values().stream().mapToDouble(s -> s).min().orElse(0);
  }

  private static FrequentNumbers frequent(double[] values) {
    FrequentNumbers sketch = new FrequentNumbers();
    Arrays.stream(values).forEach(v -> sketch.add(v, 1));
    return FrequentNumbers.read(stored(out -> sketch.write(out, values.length)));
  }
}
