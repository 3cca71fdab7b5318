package dev.mlctl.model;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small bundles made by hand, for tests. */
public final class Bundles {
  private Bundles() {}

  /**
   * {@code prediction = 0.5 + 1 x0 + 2 x1 + …} over {@code features} numbers named x0, x1, …; a
   * missing value counts as 0.
   */
  public static Bundle linear(int features) {
    List<String> names = IntStream.range(0, features).mapToObj(i -> "x" + i).toList();
    double[] weights = IntStream.rangeClosed(1, features).asDoubleStream().toArray();
    Signature signature =
        new Signature(
            Task.REGRESSION, "y", names.stream().map(Feature::number).toList(), List.of());
    Model model =
        new Model(
            signature,
            new Preprocessor(names.stream().map(n -> (Step) Scaling.none(0)).toList()),
            new Linear(new double[][] {weights}, new double[] {0.5}, Link.IDENTITY));
    String golden =
        String.join(",", names) + "\n" + String.join(",", names.stream().map(n -> "1").toList());
    return bundle("line", model, golden + "\n");
  }

  /**
   * Two classes from a number {@code size} and a category {@code colour} (red, green, blue; others
   * go to no level): small is {@code "s"}, large ones are {@code "l,x"} unless red.
   */
  public static Bundle tree() {
    return tree(Feature.category("colour", List.of("red", "green", "blue")));
  }

  /** The same with a feature of the caller's in the place of {@code colour}. */
  public static Bundle tree(Feature colour) {
    Signature signature =
        new Signature(
            Task.CLASSIFICATION,
            "kind",
            List.of(Feature.number("size"), colour),
            List.of("s", "l,x"));
    TreeEnsembleBuilder trees = new TreeEnsembleBuilder();
    trees.tree(-1);
    int bySize = trees.split(0, 10);
    trees.leaf(0.9, 0.1);
    trees.otherwise(bySize);
    int byColour = trees.split(1, 0.5);
    trees.leaf(0.2, 0.8);
    trees.otherwise(byColour);
    trees.leaf(0.6, 0.4);
    Model model =
        new Model(
            signature,
            new Preprocessor(
                List.of(Scaling.none(5), new Levels(true, 3, new int[] {0, 1, 2}, -1, -1))),
            trees.build(4, new double[2], 1, Link.IDENTITY));
    return bundle("kinds", model, "size,colour\n3,red\n30,red\n30,blue\n");
  }

  /** A bundle of a model, whose baseline is its golden rows repeated with a spread. */
  public static Bundle bundle(String name, Model model, String goldenCsv) {
    byte[] csv = goldenCsv.getBytes(StandardCharsets.UTF_8);
    Provenance provenance =
        new Provenance(
            "0.1.0",
            "by_hand",
            "model: " + name + "\n",
            "none.csv",
            "0".repeat(64),
            3,
            3,
            1,
            "",
            List.of());
    return new Bundle(
        name,
        model,
        Golden.record(model, csv),
        baseline(model.signature()),
        Map.of("rmse", 1.0),
        provenance,
        "",
        "");
  }

  /** Bins at −10, −9, … 10 for every number, nothing counted. */
  public static Profile baseline(Signature signature) {
    List<ColumnProfile> features = new ArrayList<>();
    for (Feature feature : signature.features()) {
      features.add(
          feature.type() == FeatureType.CATEGORY
              ? CategoryProfile.of(feature.name(), feature.categories())
              : bins(feature.name(), -10, 1));
    }
    List<ColumnProfile> outputs = new ArrayList<>();
    if (signature.task() == Task.REGRESSION) {
      outputs.add(bins(Profile.PREDICTION, -10, 1));
    } else {
      outputs.add(CategoryProfile.of(Profile.PREDICTION, signature.classes()));
      signature.classes().forEach(c -> outputs.add(bins("probability(" + c + ")", 0, 0.05)));
    }
    return new Profile(features, outputs);
  }

  private static NumberProfile bins(String name, double from, double step) {
    double[] values = IntStream.rangeClosed(0, 20).mapToDouble(i -> from + i * step).toArray();
    return NumberProfile.binsFor(name, Arrays.copyOf(values, 21), 21);
  }
}
