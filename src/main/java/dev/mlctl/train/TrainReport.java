package dev.mlctl.train;

import dev.mlctl.model.Provenance;
import dev.mlctl.model.Task;
import dev.mlctl.page.Element;
import dev.mlctl.page.Page;
import dev.mlctl.page.Shown;
import java.util.List;

/** A training as a page: how good the model is, where it errs, what it uses, what it was given. */
final class TrainReport {
  private final TrainResult result;
  private final Diagnosis diagnosis;
  private final List<ColumnDetail> columns;

  private TrainReport(TrainResult result, Diagnosis diagnosis, List<ColumnDetail> columns) {
    this.result = result;
    this.diagnosis = diagnosis;
    this.columns = columns;
  }

  /**
   * The page. It holds no time and no path, so that the same training gives the same page.
   *
   * @param train the rows the model was fitted on
   */
  static String html(
      TrainSpec spec, TrainResult result, Diagnosis diagnosis, Judged judged, Examples train) {
    var signature = result.bundle().signature();
    List<ColumnDetail> columns = ColumnDetail.of(signature.target(), signature.classes(), train);
    TrainReport report = new TrainReport(result, diagnosis, columns);
    Page page = new Page("Training of " + result.bundle().name(), report.subtitle());
    page.section("look-at", "What to look at", report.remarks());
    MetricsSection metrics = new MetricsSection(result);
    page.section("metrics", "Metrics", metrics.cards(), metrics.tables());
    page.section("errors", "Where it errs", new ErrorSection(result, diagnosis, judged).content());
    ModelSection model = new ModelSection(result, diagnosis.learning());
    if (!model.isEmpty()) {
      page.section("model", "What it uses and how it grew", model.content());
    }
    page.section("data", "The data", new DataSection(result, columns).content());
    page.section("settings", "Settings", SettingsTable.of(spec));
    page.section("origin", "Where it comes from", report.origin());
    return page.html();
  }

  private String subtitle() {
    var signature = result.bundle().signature();
    String held =
        result.testRows() == 0 ? "" : ", judged on " + Shown.count(result.testRows(), "other row");
    return "%s of %s by %s (%s) from %d features; fitted on %s%s."
        .formatted(
            signature.task() == Task.REGRESSION ? "Regression" : "Classification",
            signature.target(),
            result.bundle().provenance().algorithm(),
            result.bundle().model().predictor().kind(),
            signature.features().size(),
            Shown.count(result.trainRows(), "row"),
            held);
  }

  private Element remarks() {
    Element list = Element.of("ul").styled("findings");
    List<Remark> remarks = Remarks.of(result, diagnosis, columns);
    for (Remark remark : remarks) {
      list.add(finding(remark.level(), remark.word(), remark.text()));
    }
    return remarks.isEmpty() ? list.add(finding("ok", "ok", "Nothing stands out.")) : list;
  }

  private static Element finding(String level, String word, String text) {
    return Element.of("li")
        .add(Element.of("span", word).styled("tag " + level))
        .add(Element.of("span").name(text));
  }

  private Element origin() {
    Provenance origin = result.bundle().provenance();
    Element facts = Element.of("dl").styled("facts");
    fact(facts, "data", origin.dataName() + ", " + Shown.count(origin.dataRows(), "row"));
    fact(facts, "SHA-256 of the data", origin.dataDigest());
    fact(facts, "seed", Long.toString(origin.seed()));
    fact(facts, "mlctl", origin.mlctlVersion());
    fact(facts, "fitted by", String.join(", ", origin.libraries()));
    fact(facts, "commit", origin.gitCommit());
    fact(facts, "licence", result.bundle().licence());
    fact(facts, "description", result.bundle().description());
    fact(
        facts,
        "largest difference",
        Shown.number(result.difference()) + " between this model and the library's own answers");
    Element config = Element.of("pre").add(Element.of("code", origin.config()));
    return Element.of("div").add(facts).add(Page.folded("Configuration as resolved", config));
  }

  private static void fact(Element facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.add(Element.of("dt", name)).add(Element.of("dd").name(text));
    }
  }
}
