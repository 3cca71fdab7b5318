package dev.mlctl.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A page: a title, what it is about in a line, and sections. Not thread-safe. */
public final class Page {
  private static final String STYLE = style();

  private final String title;
  private final String subtitle;
  private final List<Element> sections = new ArrayList<>();
  private final Element contents = Element.of("ul");

  /** A page without sections. */
  public Page(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /**
   * Adds a section.
   *
   * @param id for links to it: letters and hyphens
   */
  public Page section(String id, String heading, Element... content) {
    sections.add(
        Element.of("section")
            .with("aria-labelledby", id)
            .add(Element.of("h2", heading).with("id", id))
            .add(content));
    contents.add(Element.of("li").add(Element.of("a", heading).with("href", "#" + id)));
    return this;
  }

  /** Drawings and tables side by side, as many as there is room for. */
  public static Element grid(List<Element> figures) {
    return Element.of("div").styled("grid").add(figures);
  }

  /** Tables side by side, each as wide as it is. */
  public static Element row(Element... tables) {
    return Element.of("div").styled("row").add(tables);
  }

  /**
   * A drawing or a table with its heading.
   *
   * @param note how to read it, or empty
   */
  public static Element figure(String heading, Element body, String note) {
    Element figure = Element.of("figure").add(Element.of("h3").name(heading)).add(body);
    return note.isEmpty() ? figure : figure.add(Element.of("figcaption", note));
  }

  /** What is shown when it is asked for, and when the page is printed. */
  public static Element folded(String summary, Element... body) {
    return Element.of("details").add(Element.of("summary", summary)).add(body);
  }

  /** The page as UTF-8 is to have it. */
  public String html() {
    Element head =
        Element.of("head")
            .add(Element.of("meta").with("charset", "utf-8"))
            .add(meta("http-equiv", "Content-Security-Policy", policy()))
            .add(meta("name", "viewport", "width=device-width, initial-scale=1"))
            .add(meta("name", "color-scheme", "light dark"))
            .add(meta("name", "referrer", "no-referrer"))
            .add(Element.of("title", title))
            .add(Element.of("style").verbatim(STYLE));
    Element header =
        Element.of("header")
            .add(Element.of("h1").name(title))
            .add(Element.of("p").name(subtitle))
            .add(Element.of("nav").with("aria-label", "contents").add(contents));
    Element html =
        Element.of("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("lang", "en")
            .add(head)
            .add(Element.of("body").add(header).add(Element.of("main").add(sections)));
    return "<!DOCTYPE html>\n" + html + "\n";
  }

  private static Element meta(String kind, String name, String content) {
    return Element.of("meta").with(kind, name).with("content", content);
  }

  /** Nothing may be fetched, run or sent; the one style sheet is known by its digest. */
  private static String policy() {
    return "default-src 'none'; style-src 'sha256-"
        + digest(STYLE)
        + "'; base-uri 'none'; form-action 'none'";
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own style sheet", e);
    }
  }
}
