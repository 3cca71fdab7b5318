package dev.mlctl.train;

import dev.mlctl.model.GateResult;
import dev.mlctl.page.DataTable;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The part of a report that says how good the model is, and whether its gates hold. */
final class MetricsSection {
  private final TrainResult result;

  MetricsSection(TrainResult result) {
    this.result = result;
  }

  Element cards() {
    Element cards = Element.of("dl").styled("cards");
    result
        .bundle()
        .metrics()
        .forEach(
            (name, value) ->
                cards.add(
                    Element.of("div")
                        .add(Element.of("dt", name))
                        .add(
                            Element.of("dd", Shown.number(value))
                                .add(Element.of("small", "by " + result.judgedBy())))));
    return cards;
  }

  Element tables() {
    return Page.row(metrics(), gates());
  }

  private Element metrics() {
    List<String> heading = new ArrayList<>(List.of("metric"));
    if (!result.test().isEmpty()) {
      heading.add(">test");
    }
    heading.add(">train");
    if (!result.folds().isEmpty()) {
      heading.addAll(List.of(">mean of folds", ">deviation", ">lowest", ">highest"));
    }
    DataTable table = new DataTable("Metrics by rows", heading.toArray(new String[0]));
    result.train().forEach((name, value) -> table.row(metric(name, value).toArray(new String[0])));
    return table.element();
  }

  private List<String> metric(String name, double train) {
    List<String> row = new ArrayList<>(List.of(name));
    if (!result.test().isEmpty()) {
      row.add(Shown.number(result.test().getOrDefault(name, Double.NaN)));
    }
    row.add(Shown.number(train));
    TrainResult.FoldMetric fold = result.folds().get(name);
    if (fold != null) {
      DoubleStream.of(fold.mean(), fold.deviation(), lowest(fold), highest(fold))
          .mapToObj(Shown::number)
          .forEach(row::add);
    } else if (!result.folds().isEmpty()) {
      row.addAll(List.of("–", "–", "–", "–"));
    }
    return row;
  }

  private static double lowest(TrainResult.FoldMetric fold) {
    return fold.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN);
  }

  private static double highest(TrainResult.FoldMetric fold) {
    return fold.values().stream().mapToDouble(v -> v).max().orElse(Double.NaN);
  }

  private Element gates() {
    if (result.gates().isEmpty()) {
      return Element.of("p", "No gates were set.");
    }
    DataTable table = new DataTable("Gates", "gate", "outcome", ">is", ">against");
    for (GateResult gate : result.gates()) {
      String level =
          switch (gate.outcome()) {
            case PASSED -> "ok";
            case FAILED -> "critical";
            case SKIPPED -> "unknown";
          };
      table.row(
          Element.of("code", gate.text()),
          Element.of("span", TrainSpec.lower(gate.outcome())).styled("tag " + level),
          Element.of("span", Shown.number(gate.left())),
          Element.of("span", Shown.number(gate.right())));
    }
    return table.element();
  }
}
