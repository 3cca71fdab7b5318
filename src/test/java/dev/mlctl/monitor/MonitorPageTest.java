package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.page.Samples;
import dev.mlctl.page.Xhtml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class MonitorPageTest {
  @Test
  void what_is_to_be_done_comes_first() {
    MonitorReport report = MonitorPages.town(new double[] {0, 0, 0, 0, 0, 0.5, 2});
    Document page = Xhtml.parse(MonitorPage.html(report));
    assertEquals("■ town@prod#7: critical", texts(page, "h1").get(0));
    assertEquals(
        List.of(
            "Verdict",
            "What to do next",
            "Alerts",
            "Releases",
            "Drift over time",
            "Runs over time",
            "Columns then and now",
            "All findings"),
        texts(page, "h2"));
    assertTrue(texts(page, "li").contains(report.nextSteps().get(0)));
    assertTrue(texts(page, "h3").contains("temp"));
    List<Element> heat = styled(page, "td", "critical");
    assertTrue(
        heat.stream()
            .anyMatch(cell -> cell.getAttribute("title").startsWith("temp, 07-31 11:00: ")),
        "the newest window");
  }

  @Test
  void windows_of_other_releases_are_told_apart() {
    Document page = Xhtml.parse(MonitorPage.html(MonitorPages.town(new double[6])));
    List<Element> releases = styled(page, "th", "group");
    assertEquals(List.of("#6", "#7"), releases.stream().map(Element::getTextContent).toList());
    assertEquals("4", releases.get(0).getAttribute("colspan"));
    assertFalse(releases.get(0).getAttribute("class").contains("main"));
    assertTrue(releases.get(1).getAttribute("class").contains("main begins"));
  }

  @Test
  void what_there_is_nothing_of_is_left_out() {
    Document page = Xhtml.parse(MonitorPage.html(MonitorPages.town(new double[0])));
    assertEquals("? town@prod#7: not enough data", texts(page, "h1").get(0));
    assertEquals(
        List.of("Verdict", "What to do next", "Releases", "All findings"), texts(page, "h2"));
    assertEquals(List.of(), texts(page, "figure"));
    Document one = Xhtml.parse(MonitorPage.html(MonitorPages.town(new double[1])));
    assertEquals(
        List.of("Verdict", "What to do next", "Releases", "Columns then and now", "All findings"),
        texts(one, "h2"));
  }

  @Test
  void no_text_becomes_markup() {
    String html = MonitorPage.html(MonitorPages.hostile());
    Document page = Xhtml.parse(html);
    Set<String> elements = new TreeSet<>();
    Xhtml.elements(page).forEach(element -> elements.add(element.getTagName()));
    assertFalse(elements.contains("script"));
    assertFalse(html.contains("\u202E"));
    String name = Samples.NAMES.get(0);
    for (String where : List.of("h3", "li", "th", "text")) {
      assertTrue(texts(page, where).stream().anyMatch(text -> text.contains(name)), where);
    }
    assertTrue(texts(page, "text").stream().anyMatch(text -> text.startsWith("new: ")));
    assertEquals(
        List.of("Metrics over time", "Metrics as estimated without labels"),
        texts(page, "h2").subList(5, 7));
    assertTrue(
        texts(page, "h2").containsAll(List.of("Performance by labels", "Predictions and truth")));
    assertTrue(texts(page, "p").contains("The first 60 of 70 slices."));
  }

  @Test
  void there_are_limits_and_they_are_told() {
    MonitorReport report = MonitorPages.wide(60, 40);
    String html = MonitorPage.html(report);
    assertEquals(html, MonitorPage.html(report));
    Document page = Xhtml.parse(html);
    Element heat = styled(page, "table", "heat").get(0);
    Element body = (Element) heat.getElementsByTagName("tbody").item(0);
    assertEquals(41, body.getElementsByTagName("tr").getLength());
    assertEquals(41 * 36, body.getElementsByTagName("td").getLength());
    long events =
        styled(page, "ol", "timeline").stream()
            .mapToInt(list -> list.getElementsByTagName("li").getLength())
            .sum();
    assertEquals(30, events);
    String told = String.join("\n", texts(page, "p"));
    assertTrue(told.contains("The worst 40 of 61 columns. The newest 36 of "), told);
    assertTrue(told.contains("The worst 8 of 61 columns."), told);
  }

  private static List<String> texts(Document page, String tag) {
    List<String> texts = new ArrayList<>();
    for (Element element : Xhtml.elements(page)) {
      if (element.getTagName().equals(tag)) {
        texts.add(element.getTextContent());
      }
    }
    return texts;
  }

  private static List<Element> styled(Document page, String tag, String style) {
    return Xhtml.elements(page).stream()
        .filter(element -> element.getTagName().equals(tag))
        .filter(e -> List.of(e.getAttribute("class").split(" ", -1)).contains(style))
        .toList();
  }
}
