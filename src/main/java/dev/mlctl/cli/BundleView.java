package dev.mlctl.cli;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.error.Failure;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Levels;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Step;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a bundle looks to a person and as JSON.
 *
 * @param digest {@code sha256:} and hexadecimal digits
 * @param size in bytes
 */
record BundleView(Bundle bundle, String digest, long size) {
  private static final int SHOWN_CATEGORIES = 6;

  /** Parses a bundle and, when it is damaged, says which one. */
  static Bundle parse(String place, byte[] bytes) {
    try {
      return Bundle.parse(bytes);
    } catch (Failure f) {
      throw f.at(place);
    }
  }

  Map<String, Object> toMap() {
    Signature signature = bundle.signature();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("name", bundle.name());
    map.put("digest", digest);
    map.put("size", size);
    map.put("format_version", Bundle.FORMAT_VERSION);
    map.put("task", lower(signature.task()));
    map.put("target", signature.target());
    map.put("features", signature.features().stream().map(BundleView::feature).toList());
    map.put("classes", signature.classes());
    map.put("model", bundle.model().predictor().kind());
    map.put("metrics", bundle.metrics());
    map.put("golden_rows", goldenRows());
    map.put("baseline_rows", bundle.baseline().rows());
    map.put("provenance", provenance(bundle.provenance()));
    map.put("licence", bundle.licence());
    map.put("description", bundle.description());
    return map;
  }

  private int goldenRows() {
    return bundle.golden().outputs().length / bundle.signature().outputs();
  }

  private static Map<String, Object> feature(Feature feature) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", feature.name());
    map.put("type", lower(feature.type()));
    if (feature.type() == FeatureType.CATEGORY) {
      map.put("categories", feature.categories());
      map.put("unknown", lower(feature.unknown()));
    }
    map.put("missing", lower(feature.missing()));
    return map;
  }

  private static Map<String, Object> provenance(Provenance p) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mlctl_version", p.mlctlVersion());
    map.put("algorithm", p.algorithm());
    map.put("data", p.dataName());
    map.put("data_digest", p.dataDigest());
    map.put("data_rows", p.dataRows());
    map.put("train_rows", p.trainRows());
    map.put("seed", p.seed());
    map.put("git_commit", p.gitCommit());
    map.put("libraries", p.libraries());
    map.put("config", p.config());
    return map;
  }

  String text(Style style) {
    Provenance from = bundle.provenance();
    StringBuilder text = new StringBuilder();
    line(text, "name", style.bold(bundle.name()));
    line(text, "digest", digest);
    line(text, "size", Numbers.bytes(size));
    String classes =
        bundle.signature().task() == Task.REGRESSION
            ? ""
            : " (" + String.join(", ", bundle.signature().classes()) + ")";
    line(
        text,
        "predicts",
        bundle.signature().target() + ", " + lower(bundle.signature().task()) + classes);
    line(text, "model", from.algorithm() + ": " + bundle.model().predictor().kind());
    List<String> metrics = new ArrayList<>();
    bundle.metrics().forEach((name, value) -> metrics.add(name + " " + Numbers.shown(value)));
    line(text, "metrics", String.join(", ", metrics));
    line(
        text,
        "trained on",
        "%s of %s rows of %s, seed %d"
            .formatted(
                Numbers.count(from.trainRows()),
                Numbers.count(from.dataRows()),
                from.dataName(),
                from.seed()));
    line(
        text,
        "with",
        "mlctl "
            + from.mlctlVersion()
            + ", "
            + String.join(", ", from.libraries())
            + (from.gitCommit().isEmpty() ? "" : ", commit " + from.gitCommit()));
    line(text, "golden rows", String.valueOf(goldenRows()));
    line(text, "licence", bundle.licence());
    line(text, "description", bundle.description());
    return text.append('\n').append(features(style)).toString();
  }

  private String features(Style style) {
    Table table = new Table("FEATURE", "TYPE", "MISSING", "PREPARED");
    List<Step> steps = bundle.model().preprocessor().steps();
    for (int f = 0; f < steps.size(); f++) {
      Feature feature = bundle.signature().features().get(f);
      table.row(
          feature.name(),
          lower(feature.type()),
          feature.missing() == MissingPolicy.REJECT
              ? "row rejected"
              : missing(steps.get(f), feature),
          prepared(steps.get(f), feature));
    }
    return table.render(style);
  }

  private static String missing(Step step, Feature feature) {
    if (step instanceof Scaling scaling) {
      return "becomes " + Numbers.shown(scaling.imputed());
    }
    Levels levels = (Levels) step;
    int[] ofCategory = levels.ofCategory();
    for (int code = 0; code < ofCategory.length; code++) {
      if (ofCategory[code] == levels.ofMissing()) {
        return "becomes " + feature.categories().get(code);
      }
    }
    return "a level of its own";
  }

  private static String prepared(Step step, Feature feature) {
    if (step instanceof Scaling scaling) {
      boolean plain = scaling.mean() == 0 && scaling.scale() == 1;
      return plain
          ? "as it is"
          : "(x - " + Numbers.shown(scaling.mean()) + ") / " + Numbers.shown(scaling.scale());
    }
    List<String> categories = feature.categories();
    String names =
        String.join(", ", categories.subList(0, Math.min(SHOWN_CATEGORIES, categories.size())));
    String more = categories.size() > SHOWN_CATEGORIES ? ", … (" + categories.size() + ")" : "";
    String unknown = feature.unknown() == UnknownPolicy.REJECT ? "; unknown rejected" : "";
    return (((Levels) step).oneHot() ? "one-hot " : "ordinal ") + names + more + unknown;
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("%-12s %s\n".formatted(name + ":", value));
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
