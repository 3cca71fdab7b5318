package dev.mlctl.model;

import com.google.protobuf.ByteString;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Between a bundle and its Protobuf message. The records' own checks guard what comes in. */
final class BundleCodec {
  private static final int TREES = dev.mlctl.model.proto.Bundle.TREE_ENSEMBLE_FIELD_NUMBER;

  private BundleCodec() {}

  static byte[] write(Bundle bundle) {
    var message = dev.mlctl.model.proto.Bundle.newBuilder();
    message.setFormatVersion(Bundle.FORMAT_VERSION).setName(bundle.name());
    message.setSignature(signature(bundle.signature()));
    message.setPreprocessing(preprocessing(bundle.model().preprocessor()));
    PredictorCodec.write(bundle.model().predictor(), message);
    var golden = dev.mlctl.model.proto.Golden.newBuilder();
    golden.setCsv(ByteString.copyFrom(bundle.golden().csv()));
    for (double output : bundle.golden().outputs()) {
      golden.addOutputs(output);
    }
    message.setGolden(golden).setBaseline(ProfileCodec.write(bundle.baseline()));
    bundle
        .metrics()
        .forEach(
            (name, value) ->
                message.addMetrics(
                    dev.mlctl.model.proto.Metric.newBuilder().setName(name).setValue(value)));
    message.setProvenance(provenance(bundle.provenance()));
    bundle.calibration().ifPresent(c -> message.setCalibration(CalibrationCodec.write(c)));
    return message
        .setLicence(bundle.licence())
        .setDescription(bundle.description())
        .build()
        .toByteArray();
  }

  static Bundle parse(byte[] bytes) {
    try {
      FieldLimit.check(bytes);
      var builder = dev.mlctl.model.proto.Bundle.newBuilder();
      WireSlice trees = WireSlice.of(bytes).split(Set.of(TREES), builder).get(TREES);
      var message = builder.build();
      if (message.getFormatVersion() != Bundle.FORMAT_VERSION) {
        throw unknownVersion(message.getFormatVersion());
      }
      Model model =
          new Model(
              signature(message.getSignature()),
              preprocessor(message.getPreprocessing()),
              PredictorCodec.read(message, trees));
      Map<String, Double> metrics = new LinkedHashMap<>();
      message.getMetricsList().forEach(m -> metrics.put(m.getName(), m.getValue()));
      Bundle bundle =
          new Bundle(
              message.getName(),
              model,
              golden(message.getGolden()),
              ProfileCodec.read(message.getBaseline()),
              metrics,
              provenance(message.getProvenance()),
              message.getLicence(),
              message.getDescription(),
              message.hasCalibration()
                  ? Optional.of(CalibrationCodec.read(message.getCalibration()))
                  : Optional.empty());
      return bundle.checkBaseline();
    } catch (IOException e) {
      throw Failure.of(
              FailureKind.INVALID, "not a bundle, or a damaged one: the bytes do not parse")
          .hint("a bundle is what mlctl serialize writes")
          .causedBy(e);
    } catch (IllegalArgumentException e) {
      throw Failure.of(FailureKind.INVALID, "the bundle is damaged: %s", e.getMessage())
          .causedBy(e);
    }
  }

  private static Failure unknownVersion(int version) {
    return version == 0
        ? Failure.of(FailureKind.INVALID, "not a bundle: it has no format version")
            .hint("a bundle is what mlctl serialize writes")
        : Failure.of(
                FailureKind.INVALID,
                "the bundle has format version %s, this mlctl knows %s",
                Integer.toUnsignedString(version),
                Bundle.FORMAT_VERSION)
            .hint("use a newer mlctl");
  }

  private static dev.mlctl.model.proto.Signature signature(Signature signature) {
    var message = dev.mlctl.model.proto.Signature.newBuilder();
    message.setTask(
        signature.task() == Task.REGRESSION
            ? dev.mlctl.model.proto.Task.TASK_REGRESSION
            : dev.mlctl.model.proto.Task.TASK_CLASSIFICATION);
    message.setTarget(signature.target()).addAllClasses(signature.classes());
    for (Feature feature : signature.features()) {
      message.addFeatures(
          dev.mlctl.model.proto.Feature.newBuilder()
              .setName(feature.name())
              .setTypeValue(Enums.write(feature.type()))
              .addAllCategories(feature.categories())
              .setRejectMissing(feature.missing() == MissingPolicy.REJECT)
              .setRejectUnknown(feature.unknown() == UnknownPolicy.REJECT));
    }
    return message.build();
  }

  private static Signature signature(dev.mlctl.model.proto.Signature message) {
    List<Feature> features = new ArrayList<>();
    for (var feature : message.getFeaturesList()) {
      features.add(
          new Feature(
              feature.getName(),
              Enums.read(FeatureType.values(), feature.getTypeValue(), "feature type"),
              feature.getCategoriesList(),
              feature.getRejectMissing() ? MissingPolicy.REJECT : MissingPolicy.IMPUTE,
              feature.getRejectUnknown() ? UnknownPolicy.REJECT : UnknownPolicy.OTHER));
    }
    Task task = Enums.read(Task.values(), message.getTaskValue(), "task");
    return new Signature(task, message.getTarget(), features, message.getClassesList());
  }

  private static dev.mlctl.model.proto.Preprocessing preprocessing(Preprocessor preprocessor) {
    var message = dev.mlctl.model.proto.Preprocessing.newBuilder();
    for (Step step : preprocessor.steps()) {
      var one = message.addStepsBuilder();
      if (step instanceof Scaling s) {
        one.getScalingBuilder().setImputed(s.imputed()).setMean(s.mean()).setScale(s.scale());
      } else if (step instanceof Levels l) {
        var levels = one.getLevelsBuilder().setOneHot(l.oneHot()).setCount(l.count());
        levels.setLevelOfMissing(l.ofMissing()).setLevelOfUnknown(l.ofUnknown());
        for (int level : l.ofCategory()) {
          levels.addLevelOfCategory(level);
        }
      }
    }
    return message.build();
  }

  private static Preprocessor preprocessor(dev.mlctl.model.proto.Preprocessing message) {
    List<Step> steps = new ArrayList<>();
    for (var step : message.getStepsList()) {
      switch (step.getKindCase()) {
        case SCALING -> {
          var s = step.getScaling();
          steps.add(new Scaling(s.getImputed(), s.getMean(), s.getScale()));
        }
        case LEVELS -> {
          var l = step.getLevels();
          int[] ofCategory = l.getLevelOfCategoryList().stream().mapToInt(i -> i).toArray();
          steps.add(
              new Levels(
                  l.getOneHot(),
                  l.getCount(),
                  ofCategory,
                  l.getLevelOfMissing(),
                  l.getLevelOfUnknown()));
        }
        default -> throw new IllegalArgumentException("unknown pre-processing step");
      }
    }
    return new Preprocessor(steps);
  }

  private static Golden golden(dev.mlctl.model.proto.Golden message) {
    return new Golden(
        message.getCsv().toByteArray(),
        message.getOutputsList().stream().mapToDouble(d -> d).toArray());
  }

  private static dev.mlctl.model.proto.Provenance provenance(Provenance p) {
    return dev.mlctl.model.proto.Provenance.newBuilder()
        .setMlctlVersion(p.mlctlVersion())
        .setAlgorithm(p.algorithm())
        .setConfig(p.config())
        .setDataName(p.dataName())
        .setDataDigest(p.dataDigest())
        .setDataRows(p.dataRows())
        .setTrainRows(p.trainRows())
        .setSeed(p.seed())
        .setGitCommit(p.gitCommit())
        .addAllLibraries(p.libraries())
        .build();
  }

  private static Provenance provenance(dev.mlctl.model.proto.Provenance p) {
    return new Provenance(
        p.getMlctlVersion(),
        p.getAlgorithm(),
        p.getConfig(),
        p.getDataName(),
        p.getDataDigest(),
        p.getDataRows(),
        p.getTrainRows(),
        p.getSeed(),
        p.getGitCommit(),
        p.getLibrariesList());
  }
}
