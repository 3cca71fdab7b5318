package dev.mlctl.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlctl.data.Progress;
import dev.mlctl.monitor.MonitorPage;
import dev.mlctl.monitor.MonitorPages;
import dev.mlctl.train.Algorithm;
import dev.mlctl.train.RunDirectory;
import dev.mlctl.train.TrainSpec;
import dev.mlctl.train.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a real browser, on a phone and on a desk: nothing is fetched, blocked or cut off. */
class PagesIT {
  /** Elements wider than what they are in, unless that scrolls; the page itself included. */
  private static final String OVERFLOWING =
      """
      Array.from(document.querySelectorAll('body, body *'))
          .filter(e => !e.closest('.wide') && !e.closest('svg') && !e.closest('pre'))
          .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
          .map(e => e.tagName + '.' + e.className)
      """;

  /** Texts of drawings that reach beyond their drawing. */
  private static final String CUT =
      """
      Array.from(document.querySelectorAll('svg text'))
          .filter(t => t.getClientRects().length > 0)
          .filter(t => {
            const text = t.getBoundingClientRect();
            const drawing = t.ownerSVGElement.getBoundingClientRect();
            return text.left < drawing.left - 1 || text.right > drawing.right + 1
                || text.top < drawing.top - 1 || text.bottom > drawing.bottom + 1;
          })
          .map(t => t.textContent)
      """;

  private static final String SMALLEST_LETTERS =
      """
      Math.min(...Array.from(document.querySelectorAll('svg.plot:not(.spark)'))
          .filter(s => s.getBoundingClientRect().width > 0)
          .map(s => 12 * s.getBoundingClientRect().width / s.viewBox.baseVal.width))
      """;

  @TempDir static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Chromium.isHere(), "chromium is not on this machine: no page was looked at");
    browser = Chromium.in(folder.resolve("profile"));
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everything_a_page_can_hold_fits() throws IOException {
    Path file = Files.writeString(folder.resolve("samples.html"), Samples.page().html());
    check(file);
  }

  @Test
  void the_report_of_a_training_fits() throws IOException {
    Path penguins = Path.of("examples/penguins/data/penguins.csv");
    TrainSpec spec = TrainSpec.simple(penguins, "species", null, Algorithm.DECISION_TREE, null);
    Training.Environment environment = new Training.Environment("1", "", null, () -> 0);
    Training.run(spec, folder.resolve("run"), environment, Progress.NONE);
    Path report = folder.resolve("run").resolve(RunDirectory.REPORT);
    Xhtml.parse(Files.readString(report));
    check(report);
  }

  @Test
  void a_judgement_fits() throws IOException {
    String html = MonitorPage.html(MonitorPages.hostile());
    check(Files.writeString(folder.resolve("monitor.html"), html));
  }

  @Test
  void it_sees_what_is_wrong() throws IOException {
    String bad =
        "<meta name='viewport' content='width=device-width'/><p style='width:800px'>wide</p><svg width='20' height='20'><text x='5'>cut off"
            + "</text></svg><img src='missing.png'/>";
    browser.open(Files.writeString(folder.resolve("bad.html"), bad), 390, false);
    assertEquals(List.of("P."), browser.evaluate(OVERFLOWING));
    assertEquals(List.of("cut off"), browser.evaluate(CUT));
    assertEquals(2, browser.requests().size());
    assertNotEquals(List.of(), browser.console());
  }

  private static void check(Path file) {
    for (int width : new int[] {390, 1280}) {
      boolean dark = width == 390;
      browser.open(file, width, dark);
      browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      String where = file.getFileName() + " at " + width;
      assertEquals(List.of(), browser.console(), where);
      assertEquals(List.of(file.toUri().toString()), browser.requests(), where);
      long across = (Long) browser.evaluate("document.documentElement.scrollWidth");
      assertTrue(across <= width, where + " is " + across + " wide");
      assertEquals(List.of(), browser.evaluate(OVERFLOWING), where);
      assertEquals(List.of(), browser.evaluate(CUT), where);
      double letters = ((Number) browser.evaluate(SMALLEST_LETTERS)).doubleValue();
      assertTrue(letters >= 10, where + ": letters of " + letters + " pixels");
      Object paper = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      assertEquals(dark ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)", paper, where);
    }
    String pdf = new String(browser.print(), StandardCharsets.ISO_8859_1);
    assertTrue(pdf.startsWith("%PDF-"), file.toString());
  }
}
