package dev.mlctl.cli;

import dev.mlctl.train.ColumnSummary;
import dev.mlctl.train.RunDirectory;
import dev.mlctl.train.TrainResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a training looks to a person. */
record TrainView(TrainResult result) {
  private static final int SHOWN_COLUMNS = 60;
  private static final int SHOWN_CLASSES = 12;

  String text(Style style) {
    StringBuilder text = new StringBuilder();
    text.append(columns(style)).append('\n');
    String rows = Numbers.count(result.trainRows()) + " rows to train on";
    String test =
        result.testRows() == 0 ? "" : ", " + Numbers.count(result.testRows()) + " held out";
    text.append(rows).append(test).append('\n');
    result.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    text.append('\n').append(metrics(style));
    if (result.confusion().length > 0 && result.confusion().length <= SHOWN_CLASSES) {
      text.append('\n').append(confusion(style));
    }
    text.append('\n').append("prepared and fitted with:\n").append(settings());
    if (!result.gates().isEmpty()) {
      text.append('\n');
    }
    result.gates().forEach(gate -> text.append(ReleaseView.gate(gate, style)));
    text.append(
        "\n%s: %s, %s, in %.1f s: %s\n"
            .formatted(
                style.bold(result.bundle().name()),
                result.bundle().provenance().algorithm(),
                result.bundle().model().predictor().kind(),
                result.seconds(),
                result.runDirectory()));
    text.append("report: ").append(result.runDirectory().resolve(RunDirectory.REPORT)).append('\n');
    return text.toString();
  }

  private String columns(Style style) {
    Table table = new Table("COLUMN", "TYPE", "ROLE", ">MISSING", "NOTE");
    List<ColumnSummary> columns = result.columns();
    for (ColumnSummary column : columns.subList(0, Math.min(SHOWN_COLUMNS, columns.size()))) {
      String categories = column.categories() > 0 ? column.categories() + " different" : "";
      table.row(
          column.name(),
          column.type() == null ? "empty" : column.type().name().toLowerCase(Locale.ROOT),
          column.role(),
          column.missing() == 0 ? "-" : Numbers.count(column.missing()),
          column.why().isEmpty() ? categories : column.why());
    }
    String more = columns.size() > SHOWN_COLUMNS ? "… " + columns.size() + " columns in all\n" : "";
    return table.render(style) + more;
  }

  private String metrics(Style style) {
    List<String> heading = new ArrayList<>(List.of("METRIC"));
    if (!result.test().isEmpty()) {
      heading.add(">TEST");
    }
    heading.add(">TRAIN");
    if (!result.folds().isEmpty()) {
      heading.add(">FOLDS");
    }
    Table table = new Table(heading.toArray(new String[0]));
    result.train().forEach((name, value) -> table.row(metric(name, value).toArray()));
    return table.render(style);
  }

  private List<String> metric(String name, double train) {
    List<String> row = new ArrayList<>(List.of(name));
    if (!result.test().isEmpty()) {
      row.add(Numbers.shown(result.test().get(name)));
    }
    row.add(Numbers.shown(train));
    if (!result.folds().isEmpty()) {
      TrainResult.FoldMetric fold = result.folds().get(name);
      row.add(
          fold == null
              ? "-"
              : Numbers.shown(fold.mean()) + " ± " + Numbers.shown(fold.deviation()));
    }
    return row;
  }

  private String confusion(Style style) {
    List<String> classes = result.bundle().signature().classes();
    String[] heading = new String[classes.size() + 1];
    heading[0] = "ACTUAL";
    for (int k = 0; k < classes.size(); k++) {
      heading[k + 1] = ">" + classes.get(k);
    }
    Table table = new Table(heading);
    long[][] counts = result.confusion();
    for (int a = 0; a < counts.length; a++) {
      Object[] row = new Object[heading.length];
      row[0] = classes.get(a);
      for (int k = 0; k < counts[a].length; k++) {
        row[k + 1] = Numbers.count(counts[a][k]);
      }
      table.row(row);
    }
    return table.render(style);
  }

  /** The part of the resolved configuration that says how the model came to be. */
  private String settings() {
    StringBuilder text = new StringBuilder();
    boolean shown = false;
    for (String line : result.config().lines().toList()) {
      if (!line.startsWith(" ") && !line.startsWith("-")) {
        shown =
            List.of("split:", "params:", "preprocessing:", "seed:").stream()
                .anyMatch(line::startsWith);
      }
      text.append(shown ? "  " + line + "\n" : "");
    }
    return text.toString();
  }
}
