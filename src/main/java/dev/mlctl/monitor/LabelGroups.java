package dev.mlctl.monitor;

import dev.mlctl.model.Bundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The labelled predictions run by run and slice by slice. */
final class LabelGroups {
  private LabelGroups() {}

  static List<RunPerformance> runs(
      MonitorSpec spec, LabelJoin.Joined joined, List<RunRecord> runs) {
    int[][] rows = joined.answers().groups(0, runs.size());
    double least = spec.labels().map(LabelSource::minCoverage).orElse(0.0);
    List<RunPerformance> found = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      long predictions = joined.predictions()[i];
      long labelled = joined.labelled()[i];
      found.add(
          new RunPerformance(
              runs.get(i).id(),
              runs.get(i).started(),
              predictions,
              labelled,
              labelled < least * predictions,
              metrics(joined.answers(), rows[i])));
    }
    return found;
  }

  static List<SlicePerformance> slices(MonitorSpec spec, Bundle bundle, LabelJoin.Joined joined) {
    List<SlicePerformance> found = new ArrayList<>();
    List<String> columns = joined.slices().names();
    for (int c = 0; c < columns.size(); c++) {
      List<String> values = joined.slices().values(columns.get(c));
      int[][] rows = joined.answers().groups(1 + c, values.size());
      List<SlicePerformance> ofColumn = new ArrayList<>();
      for (int v = 0; v < rows.length; v++) {
        if (rows[v].length > 0) {
          ofColumn.add(slice(spec, bundle, joined, columns.get(c), values.get(v), rows[v]));
        }
      }
      ofColumn.sort(
          Comparator.comparingLong(SlicePerformance::rows)
              .reversed()
              .thenComparing(SlicePerformance::value));
      found.addAll(ofColumn);
    }
    return found;
  }

  private static SlicePerformance slice(
      MonitorSpec spec,
      Bundle bundle,
      LabelJoin.Joined joined,
      String column,
      String value,
      int[] rows) {
    Answers answers = joined.answers();
    boolean enough = rows.length >= spec.minRows();
    boolean estimable = enough && answers.withProbabilities() && Cbpe.missing(bundle).isEmpty();
    return new SlicePerformance(
        column,
        value,
        rows.length,
        enough ? metrics(answers, rows) : Map.of(),
        estimable
            ? Cbpe.of(bundle).estimates(BinCounts.of(bundle.baseline(), answers, rows))
            : Map.of());
  }

  /**
   * The metrics of the labelled predictions of some runs together, such as those of a window; empty
   * when there are none.
   *
   * @param ofRun whether the run of an index is one of them
   */
  static Map<String, Estimate> window(LabelJoin.Joined joined, IntPredicate ofRun) {
    int[] rows =
        IntStream.range(0, joined.answers().size())
            .filter(r -> ofRun.test(joined.answers().code(0, r)))
            .toArray();
    return metrics(joined.answers(), rows);
  }

  private static Map<String, Estimate> metrics(Answers answers, int[] rows) {
    return rows.length == 0 ? Map.of() : StandardErrors.of(answers, rows);
  }
}
