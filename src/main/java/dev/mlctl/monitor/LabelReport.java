package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the labels told.
 *
 * @param counts how labels and predictions met
 * @param metrics of the labelled predictions, by name; empty when no prediction has a label
 * @param sampled how many of them the metrics are of, when they are too many to keep all; else 0
 * @param runs oldest first
 * @param slices column by column, the largest first
 * @param classes of a classifier, in the order of its confusion matrix
 * @param confusion counts {@code [actual][predicted]}; not to be changed
 * @param calibration of a classifier whose probabilities were written
 */
public record LabelReport(
    LabelCounts counts,
    Map<String, Estimate> metrics,
    long sampled,
    List<RunPerformance> runs,
    List<SlicePerformance> slices,
    List<String> classes,
    long[][] confusion,
    Optional<LabelledCalibration> calibration) {
  /** Copies. */
  public LabelReport {
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(calibration, "calibration");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    runs = List.copyOf(runs);
    slices = List.copyOf(slices);
    classes = List.copyOf(classes);
  }

  /**
   * Measures everything.
   *
   * @param runs that were joined, oldest first
   */
  static LabelReport of(
      MonitorSpec spec, Bundle bundle, LabelJoin.Joined joined, List<RunRecord> runs) {
    Answers answers = joined.answers();
    boolean none = answers.size() == 0;
    return new LabelReport(
        joined.counts(),
        none ? Map.of() : Performance.estimates(answers),
        answers.isSample() ? answers.size() : 0,
        LabelGroups.runs(spec, joined, runs),
        LabelGroups.slices(spec, bundle, joined),
        answers.signature().classes(),
        answers.confusion(),
        none || !answers.withProbabilities()
            ? Optional.empty()
            : Optional.of(LabelledCalibration.of(answers)));
  }

  /** The share of the predictions of all runs that have a label yet. */
  public double coverage() {
    long predictions = runs.stream().mapToLong(RunPerformance::predictions).sum();
    return predictions == 0 ? 0 : (double) counts.joined() / predictions;
  }

  /** As JSON; what is not a finite number is left out. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(counts.toMap());
    map.put("metrics", metricsMap(metrics));
    map.put("coverage", coverage());
    if (sampled > 0) {
      map.put("sampled", sampled);
    }
    map.put("runs", runs.stream().map(RunPerformance::toMap).toList());
    map.put("slices", slices.stream().map(SlicePerformance::toMap).toList());
    if (!classes.isEmpty()) {
      map.put("confusion", confusionMap());
    }
    calibration.ifPresent(found -> map.put("calibration", found.toMap()));
    return map;
  }

  private Map<String, Object> confusionMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("classes", classes);
    map.put(
        "counts",
        IntStream.range(0, confusion.length)
            .mapToObj(k -> LongStream.of(confusion[k]).boxed().toList())
            .toList());
    return map;
  }

  static Map<String, Object> metricsMap(Map<String, Estimate> metrics) {
    Map<String, Object> byName = new LinkedHashMap<>();
    metrics.forEach(
        (name, estimate) -> {
          if (Double.isFinite(estimate.value()) && Double.isFinite(estimate.error())) {
            byName.put(name, estimateMap(estimate));
          }
        });
    return byName;
  }

  private static Map<String, Object> estimateMap(Estimate estimate) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("value", estimate.value());
    map.put("low", estimate.low());
    map.put("high", estimate.high());
    return map;
  }
}
