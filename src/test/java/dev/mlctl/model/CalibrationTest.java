package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationTest {
  @Test
  void a_bundle_keeps_it() {
    Bundle bundle = calibrated();
    Bundle read = Bundle.parse(bundle.toBytes());
    assertEquals(bundle.calibration(), read.calibration());
    assertArrayEquals(bundle.toBytes(), read.toBytes());
  }

  /** The file was made once by {@link FixtureBundles}. */
  @Test
  void the_kept_bundle_that_has_one_is_read_for_ever() throws IOException {
    try (InputStream in = CalibrationTest.class.getResourceAsStream("v1/calibrated.mlb")) {
      assertNotNull(in);
      byte[] kept = in.readAllBytes();
      assertEquals(calibrated().calibration(), Bundle.parse(kept).calibration());
      assertArrayEquals(kept, Bundle.parse(kept).toBytes());
    }
  }

  static Stream<Calibration> misfits() {
    List<Calibration.Curve> sound = calibrated().calibration().orElseThrow().curves();
    int bins = sound.get(0).positives().length;
    Calibration.Curve more = curve(bins, 11);
    Calibration.Curve fewer = curve(bins, -1);
    return Stream.of(
        new Calibration(List.of()),
        new Calibration(List.of(sound.get(0))),
        new Calibration(List.of(sound.get(0), sound.get(1), sound.get(1))),
        new Calibration(List.of(sound.get(0), curve(bins + 1, 0))),
        new Calibration(List.of(sound.get(0), more)),
        new Calibration(List.of(fewer, sound.get(1))),
        new Calibration(
            List.of(sound.get(0), new Calibration.Curve(new long[bins], new double[bins], -1))));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void one_that_does_not_fit_the_baseline_is_refused(Calibration misfit) {
    byte[] bytes = with(calibrated(), misfit).toBytes();
    Failure failure = assertThrows(Failure.class, () -> Bundle.parse(bytes));
    assertEquals(FailureKind.INVALID, failure.kind());
  }

  @Test
  void means_are_numbers_and_as_many_as_the_counts() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Calibration.Curve(new long[1], new double[] {Double.NaN}, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Calibration.Curve(new long[2], new double[1], 0));
  }

  /** Ten rows of each class in one bin, of which seven and four came true. */
  static Bundle calibrated() {
    Bundle tree = Bundles.tree();
    Profiler profiler = new Profiler(tree.baseline());
    double[] probabilities = new double[10];
    Arrays.fill(probabilities, 0.33);
    profiler.addOutput(1, probabilities, 10, null);
    profiler.addOutput(2, probabilities, 10, null);
    Profile counted = profiler.profile();
    Bundle bundle =
        new Bundle(
            "calibrated",
            tree.model(),
            tree.golden(),
            counted,
            tree.metrics(),
            tree.provenance(),
            "",
            "");
    return with(bundle, new Calibration(List.of(curve(counted, 1, 7), curve(counted, 2, 4))));
  }

  private static Calibration.Curve curve(Profile counted, int output, long positives) {
    long[] counts = ((NumberProfile) counted.outputs().get(output)).counts();
    double[] means = Arrays.stream(counts).mapToDouble(n -> n == 0 ? 0 : 0.33).toArray();
    return new Calibration.Curve(
        Arrays.stream(counts).map(n -> n == 0 ? 0 : positives).toArray(), means, 2);
  }

  private static Calibration.Curve curve(int bins, long positives) {
    long[] all = new long[bins];
    Arrays.fill(all, positives);
    return new Calibration.Curve(all, new double[bins], 0);
  }

  private static Bundle with(Bundle bundle, Calibration calibration) {
    return new Bundle(
        bundle.name(),
        bundle.model(),
        bundle.golden(),
        bundle.baseline(),
        bundle.metrics(),
        bundle.provenance(),
        bundle.licence(),
        bundle.description(),
        Optional.of(calibration));
  }
}
