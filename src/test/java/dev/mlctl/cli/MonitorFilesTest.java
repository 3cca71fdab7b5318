package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.page.Xhtml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The files for other programs, held against the formats' own rules. */
class MonitorFilesTest {
  /** ABNF of OpenMetrics 1.0: a sample without exemplar and timestamp. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\"\\\\n])*\",?)*)} "
              + "(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

  private static final Pattern HEAD = Pattern.compile("# (TYPE|UNIT|HELP) ([a-z_]+) (.+)");

  /** Jenkins' junit-10.xsd: each element's children and attributes, those required marked. */
  private static final Map<String, String> CHILDREN =
      Map.of(
          "testsuites", "testsuite",
          "testsuite", "testsuite properties testcase system-out system-err",
          "properties", "property",
          "property", "",
          "testcase", "skipped error failure system-out system-err",
          "failure", "",
          "skipped", "",
          "system-out", "");

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "testsuites", "name time tests failures errors",
          "testsuite", "name! tests! failures! errors! time skipped timestamp hostname id package",
          "properties", "",
          "property", "name! value!",
          "testcase", "name! time classname group",
          "failure", "type message",
          "skipped", "type message",
          "system-out", "");

  @TempDir static Path shared;
  private static DriftedToy toy;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    toy = DriftedToy.in(shared);
  }

  @Test
  void figures_are_open_metrics() throws IOException {
    Path file = folder.resolve("mlctl.prom");
    toy.run("monitor toy@prod --metrics-file " + file).exits(ExitCode.GATE);
    String text = Files.readString(file);
    assertTrue(text.endsWith("\n# EOF\n"), text);
    Set<String> families = new HashSet<>();
    Set<String> series = new HashSet<>();
    String family = "";
    for (String line : text.substring(0, text.length() - 6).lines().toList()) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        if (head.group(1).equals("TYPE")) {
          family = head.group(2);
          assertTrue(families.add(family), () -> "two families: " + line);
          assertTrue(List.of("gauge", "stateset").contains(head.group(3)), line);
        }
        assertEquals(family, head.group(2), "between the metrics of another");
        if (head.group(1).equals("UNIT")) {
          assertTrue(family.endsWith("_" + head.group(3)), line);
        }
        continue;
      }
      Matcher sample = SAMPLE.matcher(line);
      assertTrue(sample.matches(), line);
      assertEquals(family, sample.group(1), line);
      assertTrue(series.add(sample.group(1) + sample.group(2)), () -> "twice: " + line);
    }
    String release = "model=\"toy\",environment=\"prod\",release=\"1\"";
    List<String> lines = text.lines().toList();
    assertTrue(lines.contains("mlctl_release_rows{" + release + "} 240"), text);
    assertTrue(lines.contains("mlctl_release_runs{" + release + "} 1"), text);
    String state = "mlctl_release_severity{" + release + ",mlctl_release_severity=";
    assertTrue(lines.contains(state + "\"critical\"} 1"), text);
    assertTrue(lines.contains(state + "\"ok\"} 0"), text);
    String feature = ",about=\"feature\",column=\"si\\\"ze\\\\<&>\",slice=\"\",statistic=\"ks\"";
    assertTrue(lines.contains("mlctl_finding_severity{" + release + feature + "} 3"), text);
    assertTrue(
        lines.contains(
            "mlctl_finding_threshold{" + release + feature + ",severity=\"critical\"} 0.2"),
        text);
    assertEquals(1, folder.toFile().list().length, "something is left beside the file");
  }

  @Test
  void findings_are_test_cases_as_jenkins_reads_them() throws Exception {
    Element root = junit("critical", ExitCode.GATE);
    check(root);
    assertEquals("toy@prod#1", properties(root).get("reference"));
    int failures = 0;
    int tests = 0;
    for (Element suite : children(root, "testsuite")) {
      List<Element> cases = children(suite, "testcase");
      List<Element> failed = nested(cases, "failure");
      assertEquals(cases.size(), number(suite, "tests"));
      assertEquals(failed.size(), number(suite, "failures"));
      assertEquals(nested(cases, "skipped").size(), number(suite, "skipped"));
      assertEquals(
          cases.size(), cases.stream().map(c -> c.getAttribute("name")).distinct().count());
      failures += failed.size();
      tests += cases.size();
    }
    assertEquals(tests, number(root, "tests"));
    assertEquals(failures, number(root, "failures"));
    assertTrue(failures >= 2, "drift of the feature and of the prediction");
    Element ks =
        children(children(root, "testsuite").get(0), "testcase").stream()
            .filter(c -> c.getAttribute("name").equals("ks of " + DriftedToy.FEATURE))
            .findFirst()
            .orElseThrow();
    assertEquals("mlctl.toy.prod.feature", ks.getAttribute("classname"));
    String message = children(ks, "failure").get(0).getAttribute("message");
    assertTrue(message.matches("ks of .* is [0-9.]+, critical from 0\\.20*"), message);
  }

  @Test
  void nothing_is_a_failure_when_nothing_is_to_fail() throws Exception {
    assertEquals(0, number(junit("none", ExitCode.OK), "failures"));
  }

  @Test
  void what_was_found_is_a_page_for_people_whatever_the_exit_code() throws IOException {
    Path file = folder.resolve("report.html");
    toy.run("monitor toy@prod --dry-run --report " + file).exits(ExitCode.GATE);
    Document page = Xhtml.parse(Files.readString(file));
    String heading = page.getElementsByTagName("h1").item(0).getTextContent();
    assertEquals("■ toy@prod#1: critical", heading);
    toy.run("monitor toy@prod --fail-on none --report " + folder.resolve("nowhere/x")).exits(8);
  }

  @Test
  void a_file_that_cannot_be_written_hides_no_finding() {
    Path nowhere = folder.resolve("nowhere/x");
    DriftedToy.Result breached =
        toy.run("monitor toy@prod --junit " + nowhere).exits(ExitCode.GATE);
    assertEquals(
        "warning: cannot write " + nowhere + ": there is no such directory\n", breached.err());
    assertTrue(breached.out().startsWith("toy@prod#1: critical\n"), breached::out);
    toy.run("monitor toy@prod --fail-on none --metrics-file " + nowhere).exits(8);
  }

  private Element junit(String failOn, int exit) throws Exception {
    Path file = folder.resolve("monitor.xml");
    toy.run("monitor toy@prod --fail-on " + failOn + " --junit " + file).exits(exit);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Files.readString(file))))
        .getDocumentElement();
  }

  private static void check(Element element) {
    List<String> attributes = words(ATTRIBUTES.get(element.getTagName()));
    for (int a = 0; a < element.getAttributes().getLength(); a++) {
      String name = element.getAttributes().item(a).getNodeName();
      assertTrue(attributes.contains(name) || attributes.contains(name + "!"), name);
    }
    for (String attribute : attributes) {
      assertTrue(!attribute.endsWith("!") || element.hasAttribute(attribute.replace("!", "")));
    }
    if (element.hasAttribute("time")) {
      assertTrue(element.getAttribute("time").matches("[0-9]{0,3}(\\.[0-9]*)?"));
    }
    for (Element child : children(element, "")) {
      assertTrue(words(CHILDREN.get(element.getTagName())).contains(child.getTagName()));
      check(child);
    }
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private static Map<String, String> properties(Element root) {
    Map<String, String> properties = new java.util.HashMap<>();
    Element list = children(children(root, "testsuite").get(0), "properties").get(0);
    children(list, "property")
        .forEach(p -> properties.put(p.getAttribute("name"), p.getAttribute("value")));
    return properties;
  }

  private static List<Element> nested(List<Element> parents, String name) {
    return parents.stream().flatMap(parent -> children(parent, name).stream()).toList();
  }

  /** All of them when the name is empty. */
  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int n = 0; n < nodes.getLength(); n++) {
      Node node = nodes.item(n);
      if (node instanceof Element element
          && (name.isEmpty() || element.getTagName().equals(name))) {
        children.add(element);
      }
    }
    return children;
  }

  private static long number(Element element, String attribute) {
    return Long.parseLong(element.getAttribute(attribute));
  }
}
