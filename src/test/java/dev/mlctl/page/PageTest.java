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
}
