package dev.mlctl.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An element of HTML or SVG. What it is given is escaped when it is written. Not thread-safe. */
public final class Element {
  private static final Set<String> VOID = Set.of("meta", "br", "hr");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();

  /** Elements, and texts as they will be written. */
  private final List<Object> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  /**
   * An element without content.
   *
   * @param name one of ours, never a text from outside
   */
  public static Element of(String name) {
    return new Element(name);
  }

  /** An element that holds a text. */
  public static Element of(String name, String text) {
    return new Element(name).text(text);
  }

  /** Sets an attribute. */
  public Element with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** Sets an attribute to a coordinate, to a tenth. */
  Element at(String attribute, double value) {
    return with(attribute, Shown.coordinate(value));
  }

  /** Adds a class. */
  public Element styled(String name) {
    attributes.merge("class", name, (old, more) -> old + " " + more);
    return this;
  }

  /** Adds a text. */
  public Element text(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    escape(text, escaped);
    children.add(escaped.toString());
    return this;
  }

  /** Adds a text of the data, whatever direction it is written in. */
  public Element name(String text) {
    return add(of("bdi", text));
  }

  /** Adds elements. */
  public Element add(Element... elements) {
    children.addAll(List.of(elements));
    return this;
  }

  /** Adds elements. */
  public Element add(List<Element> elements) {
    children.addAll(elements);
    return this;
  }

  /** Adds what a pointer resting on the element shows. */
  Element hint(String text) {
    return add(of("title", text));
  }

  /** Adds a text of ours that is not to be escaped: it holds neither {@code <} nor {@code &}. */
  Element verbatim(String text) {
    if (text.indexOf('<') >= 0 || text.indexOf('&') >= 0) {
      throw new IllegalArgumentException("the text would have to be escaped");
    }
    children.add(text);
    return this;
  }

  /** Whether it has no content. */
  boolean isEmpty() {
    return children.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute).append("=\"");
          escape(value, out);
          out.append('"');
        });
    if (VOID.contains(name)) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object child : children) {
      if (child instanceof Element element) {
        element.write(out);
      } else {
        out.append(child);
      }
    }
    out.append("</").append(name).append('>');
  }

  /**
   * What XML cannot hold (its 1.0 edition, section 2.2) is replaced by U+FFFD, and so is what would
   * turn text around: {@code bdi} sees to the direction, and a name must not pass for another.
   */
  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXml(c) && !turnsAround(c) ? c : 0xFFFD);
              }
            });
  }

  private static boolean turnsAround(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isXml(int c) {
    boolean control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !surrogate && (c & 0xFFFE) != 0xFFFE;
  }
}
