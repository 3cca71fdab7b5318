package dev.mlctl.page;

import java.util.ArrayList;
import java.util.List;

/** What happened, in order, down the page. Not thread-safe. */
public final class Timeline {
  private final String name;
  private final List<Element> events = new ArrayList<>();

  /** Nothing yet. */
  public Timeline(String name) {
    this.name = name;
  }

  /**
   * Adds an event.
   *
   * @param style {@code ok}, {@code warning}, {@code critical} or {@code none}
   * @param when as it is to be read, such as {@code 2012-03-01 06:00}
   * @param what in a few words
   * @param why the reason, or empty
   */
  public Timeline event(String style, String when, String what, String why) {
    Element event =
        Element.of("li")
            .styled(style)
            .add(Element.of("time", when))
            .text(" ")
            .add(Element.of("strong").name(what));
    if (!why.isEmpty()) {
      event.add(Element.of("br")).add(Element.of("span").name(why));
    }
    events.add(event);
    return this;
  }

  /** The list. */
  public Element element() {
    return Element.of("ol").styled("timeline").with("aria-label", name).add(events);
  }
}
