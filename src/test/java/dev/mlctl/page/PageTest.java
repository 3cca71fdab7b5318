package dev.mlctl.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PageTest {
  private final String html = Samples.page().html();
  private final Document page = Xhtml.parse(html);

  @Test
  void says_what_it_was_told_letter_by_letter() {
    NodeList headings = page.getElementsByTagName("h3");
    assertEquals("<script>alert(1)</script>", headings.item(0).getTextContent());
    assertEquals("a \"class\" of 'quotes' & ampersands", headings.item(1).getTextContent());
    assertEquals("درجة الحرارة", headings.item(3).getTextContent());
    assertEquals("\uFFFDgnp.exe", headings.item(4).getTextContent());
    assertEquals("🚲🌧️ 雨の日", headings.item(5).getTextContent());
    assertEquals("nul \uFFFD escape \uFFFD half \uFFFD", headings.item(6).getTextContent());
  }

  @Test
  void runs_and_fetches_nothing() {
    Set<String> elements = new TreeSet<>();
    for (org.w3c.dom.Element element : Xhtml.elements(page)) {
      elements.add(element.getTagName());
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        var attribute = element.getAttributes().item(i);
        String name = attribute.getNodeName();
        assertFalse(name.startsWith("on") || name.equals("style") || name.equals("src"), name);
        assertTrue(!name.equals("href") || attribute.getNodeValue().startsWith("#"));
      }
    }
    elements.retainAll(Set.of("script", "img", "link", "iframe", "object", "form", "use", "image"));
    assertEquals(Set.of(), elements);
    String style = page.getElementsByTagName("style").item(0).getTextContent();
    assertFalse(style.contains("url(") || style.contains("@import"));
  }

  @Test
  void its_policy_allows_its_own_style_sheet_alone() throws Exception {
    String style = page.getElementsByTagName("style").item(0).getTextContent();
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    String source = "style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    org.w3c.dom.Element policy = (org.w3c.dom.Element) page.getElementsByTagName("meta").item(1);
    assertEquals("Content-Security-Policy", policy.getAttribute("http-equiv"));
    assertTrue(policy.getAttribute("content").startsWith("default-src 'none'; " + source + ";"));
  }

  @Test
  void can_be_read_aloud() {
    List<Integer> levels = new ArrayList<>();
    for (org.w3c.dom.Element element : Xhtml.elements(page)) {
      String name = element.getTagName();
      if (name.matches("h[1-6]")) {
        int level = name.charAt(1) - '0';
        assertTrue(level <= (levels.isEmpty() ? 1 : levels.get(levels.size() - 1) + 1));
        levels.add(level);
      } else if (name.equals("th")) {
        assertTrue(Set.of("col", "row", "colgroup").contains(element.getAttribute("scope")));
      } else if (name.equals("svg")) {
        assertEquals("img", element.getAttribute("role"));
        assertFalse(element.getAttribute("aria-label").isBlank());
      } else if (name.equals("table")) {
        assertEquals(1, element.getElementsByTagName("caption").getLength());
      }
    }
    assertEquals(1, levels.stream().filter(level -> level == 1).count());
  }

  @Test
  void every_class_and_every_link_leads_somewhere() {
    String style = page.getElementsByTagName("style").item(0).getTextContent();
    Set<String> ids = new TreeSet<>();
    Set<String> links = new TreeSet<>();
    for (org.w3c.dom.Element element : Xhtml.elements(page)) {
      for (String name : element.getAttribute("class").split(" ", -1)) {
        String selector = Pattern.quote("." + name) + "\\b";
        boolean plain = Set.of("", "rules", "legend", "value", "none").contains(name);
        assertTrue(plain || Pattern.compile(selector).matcher(style).find(), name);
      }
      if (element.hasAttribute("id")) {
        assertTrue(
            ids.add("#" + element.getAttribute("id")), "twice: " + element.getAttribute("id"));
      }
      if (element.hasAttribute("href")) {
        links.add(element.getAttribute("href"));
      }
    }
    assertEquals(ids, links);
  }

  @Test
  void the_same_page_has_the_same_bytes() {
    assertEquals(html, Samples.page().html());
  }

  @Test
  void only_its_own_plain_text_goes_unescaped() {
    Element style = Element.of("style");
    assertThrows(IllegalArgumentException.class, () -> style.verbatim("</style>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | 0",
        "-0.04 | −0.0400 | 0",
        "-12.25 | −12.250 | -12.3",
        "0.3 | 0.3000 | 0.3",
        "9.99996 | 10.0000 | 10",
        "999.999 | 1000.00 | 1000",
        "9999 | 9999 | 9999",
        "-12345 | −12,345 | -12345",
        "1234567.25 | 1,234,567.3 | 1234567.3",
        "NaN | – | 0",
        "0.00001234 | 1.23e−05 | 0",
        "3e12 | 3.00e+12 | 3000000000000"
      })
  void numbers_are_written_alike_everywhere(double value, String number, String coordinate) {
    assertEquals(number, Shown.number(value));
    assertEquals(coordinate, Shown.coordinate(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0 %",
        "0.0004|< 0.1 %",
        "0.25|25 %",
        "0.1234|12.3 %",
        "0.9996|100 %",
        "12.345|1235 %"
      })
  void shares_are_per_cent(double share, String shown) {
    assertEquals(shown, Shown.share(share));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.1|0.1",
        "100|100",
        "12.25|12.25",
        "1e-9|1.00e−09",
        "1234.5|1234.5",
        "0.30004|0.3"
      })
  void running_text_has_no_zeros_at_the_end(double value, String shown) {
    assertEquals(shown, Shown.brief(value));
  }
}
