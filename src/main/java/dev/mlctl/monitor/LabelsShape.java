package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What monitor.yaml may say of labels. */
final class LabelsShape {
  private LabelsShape() {}

  static Shape shape() {
    return Shape.object(
        Key.required(
            "path",
            Shape.textOrList(),
            "CSV, JSON-lines, Parquet or Avro files; names may hold * and ?."),
        Key.required("key", Shape.text(), "The column that names a row, here and in the output."),
        Key.optional("target", Shape.text(), "The column of the truth; the model's target if not."),
        Key.optional(
            "slices",
            Shape.textOrList(),
            "Columns of the output or the labels by whose values metrics are given apart."),
        Key.optional(
            "min_coverage",
            Shape.number(0, 1),
            LabelSource.MIN_COVERAGE,
            "The share of a run's rows with a label below which its metrics are marked."));
  }

  /** Promotes the section; empty when it is not there or has faults, which are added. */
  static Optional<LabelSource> read(Settings settings, Path directory, List<Problem> faults) {
    if (!settings.has("labels")) {
      return Optional.empty();
    }
    Settings labels = settings.section("labels");
    List<String> paths = labels.texts("path");
    List<String> slices = labels.has("slices") ? labels.texts("slices") : List.of();
    if (paths.isEmpty()) {
      faults.add(labels.problem("path", "no file is named"));
    }
    if (new HashSet<>(slices).size() < slices.size()) {
      faults.add(labels.problem("slices", "a column is named twice"));
    }
    try {
      return Optional.of(
          new LabelSource(
              paths.stream().map(directory::resolve).toList(),
              labels.text("key"),
              labels.has("target") ? Optional.of(labels.text("target")) : Optional.empty(),
              slices,
              labels.number("min_coverage")));
    } catch (InvalidPathException e) {
      faults.add(labels.problem("path", "not a path: " + e.getReason()));
      return Optional.empty();
    }
  }
}
