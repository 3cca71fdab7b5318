package dev.mlctl.model;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model with all that is needed to trust it, as it travels in a {@code .mlb} file. Immutable.
 *
 * @param name the model's name
 * @param golden rows the model must answer as recorded
 * @param baseline the profile of the training part and of the predictions on it
 * @param metrics on data the model was not fitted on, by name, in a fixed order
 * @param licence of the model, or empty
 * @param description free text, or empty
 * @param calibration how the probabilities of a classifier came true on the rows that the
 *     baseline's outputs count; empty when none were held out from training
 */
public record Bundle(
    String name,
    Model model,
    Golden golden,
    Profile baseline,
    Map<String, Double> metrics,
    Provenance provenance,
    String licence,
    String description,
    Optional<Calibration> calibration) {
  /** The version of the file format this mlctl writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /** A larger file is refused before it is read. */
  public static final long MAX_BYTES = 1L << 30;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** Copies and checks the name. */
  public Bundle {
    Shapes.check(isName(name), "a model is named with a-z, 0-9, '.', '_' and '-', 63 at most");
    Objects.requireNonNull(calibration, "calibration");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** A bundle without a calibration. */
  public Bundle(
      String name,
      Model model,
      Golden golden,
      Profile baseline,
      Map<String, Double> metrics,
      Provenance provenance,
      String licence,
      String description) {
    this(
        name, model, golden, baseline, metrics, provenance, licence, description, Optional.empty());
  }

  /** Whether a text can name a model or an environment. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * Checks that rows of the model can be counted in the baseline, or that there is none. What comes
   * from a file must pass, for a profiler trusts the indices.
   */
  Bundle checkBaseline() {
    boolean none = baseline.features().isEmpty() && baseline.outputs().isEmpty();
    Shapes.check(none || fits(baseline, signature()), "the baseline is that of another model");
    calibration.ifPresent(curves -> curves.checkFits(signature(), baseline));
    return this;
  }

  /** Whether values of a signature can be counted in a profile's columns. */
  private static boolean fits(Profile profile, Signature signature) {
    List<ColumnProfile> features = profile.features();
    boolean fits = features.size() == signature.features().size();
    for (int f = 0; fits && f < features.size(); f++) {
      Feature feature = signature.features().get(f);
      boolean category = feature.type() == FeatureType.CATEGORY;
      fits = takes(features.get(f), category ? feature.categories() : null);
    }
    boolean classes = signature.task() == Task.CLASSIFICATION;
    List<ColumnProfile> outputs = profile.outputs();
    fits &= outputs.size() == (classes ? 1 + signature.outputs() : 1);
    for (int o = 0; fits && o < outputs.size(); o++) {
      fits = takes(outputs.get(o), classes && o == 0 ? signature.classes() : null);
    }
    return fits;
  }

  private static boolean takes(ColumnProfile column, List<String> categories) {
    return column instanceof CategoryProfile c
        ? categories != null && c.categories().size() == categories.size()
        : categories == null;
  }

  /**
   * Reads a bundle and checks every dimension and index in it.
   *
   * @throws Failure of kind INVALID when the bytes are no bundle, a damaged one, or one of a
   *     version this mlctl does not know
   */
  public static Bundle parse(byte[] bytes) {
    return BundleCodec.parse(bytes);
  }

  /** The bundle's bytes; equal bundles give equal bytes. */
  public byte[] toBytes() {
    return BundleCodec.write(this);
  }

  /** The inputs and outputs of the model. */
  public Signature signature() {
    return model.signature();
  }

  /**
   * Scores the golden rows again.
   *
   * @return the largest relative difference from what is recorded
   * @throws Failure of kind INVALID when it is above {@link Golden#TOLERANCE}
   */
  public double prove() {
    double difference = golden.largestDifference(model);
    if (!(difference <= Golden.TOLERANCE)) {
      throw Failure.of(
              FailureKind.INVALID,
              "%s does not answer its golden rows as recorded: the largest difference is %s",
              name,
              difference)
          .hint("the bundle is damaged, or this mlctl computes otherwise: train it again");
    }
    return difference;
  }

  /** SHA-256 of bytes, 64 lower-case hexadecimal digits. */
  public static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
