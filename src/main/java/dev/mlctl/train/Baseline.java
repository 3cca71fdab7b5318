package dev.mlctl.train;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import dev.mlctl.data.Profiler;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The baseline profile: features from the training rows; outputs from the predictions on the rows
 * held out, as those on training rows are surer than any that will be served, or on the training
 * rows when none are held out.
 */
final class Baseline {
  private Baseline() {}

  static Profile of(Signature signature, Examples train, Evaluation judged, int judgedRows) {
    List<ColumnProfile> features = new ArrayList<>();
    for (int f = 0; f < signature.features().size(); f++) {
      Feature feature = signature.features().get(f);
      features.add(
          feature.type() == FeatureType.CATEGORY
              ? CategoryProfile.of(feature.name(), feature.categories())
              : NumberProfile.binsFor(feature.name(), train.features().numbers(f), train.rows()));
    }
    Profiler profiler = new Profiler(new Profile(features, outputs(signature, judged, judgedRows)));
    profiler.addFeatures(train.features(), null);
    boolean classes = signature.task() == Task.CLASSIFICATION;
    if (classes) {
      profiler.addClasses(0, judged.classes(), judgedRows, null);
    }
    for (int k = 0; k < judged.outputs().length; k++) {
      profiler.addOutput(classes ? k + 1 : k, judged.outputs()[k], judgedRows, null);
    }
    return profiler.profile().counted();
  }

  private static List<ColumnProfile> outputs(Signature signature, Evaluation judged, int rows) {
    List<ColumnProfile> outputs = new ArrayList<>();
    if (signature.task() == Task.REGRESSION) {
      outputs.add(NumberProfile.binsFor(Profile.PREDICTION, judged.outputs()[0], rows));
      return outputs;
    }
    outputs.add(CategoryProfile.of(Profile.PREDICTION, signature.classes()));
    for (int k = 0; k < signature.classes().size(); k++) {
      String name = "probability(" + signature.classes().get(k) + ")";
      outputs.add(withHalf(NumberProfile.binsFor(name, judged.outputs()[k], rows)));
    }
    return outputs;
  }

  /**
   * The same bins with an edge at one half, beyond which a class is surely the predicted one:
   * performance without labels is estimated from what the bins tell apart. (On the adult data 20
   * bins are as good for that as 40, and better than 100, whose few rows each are learned by
   * heart.)
   */
  private static NumberProfile withHalf(NumberProfile bins) {
    double[] edges =
        DoubleStream.concat(DoubleStream.of(bins.edges()), DoubleStream.of(0.5))
            .sorted()
            .distinct()
            .toArray();
    return new NumberProfile(
            bins.name(),
            edges,
            new long[edges.length + 1],
            0,
            bins.lowest(),
            bins.highest(),
            0,
            0,
            0,
            0,
            0)
        .emptied();
  }
}
