package dev.mlctl.config;

import dev.mlctl.config.Node.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns YAML text into a tree of {@link Node}s. Faults of YAML's larger vocabulary (tags, anchors,
 * duplicate keys, …) are gathered; a syntax error or a broken limit ends the reading at once.
 */
final class YamlReader {
  static final int MAX_DEPTH = 50;
  private static final int MAX_NODES = 100_000;
  private static final String NOT_VALID = "not valid YAML: ";
  private static final String AMBIGUOUS = " without quotes means different things to YAML readers";

  private final String source;
  private final boolean placed;
  private final Parser parser;
  private final Faults faults;
  private int nodes;
  private Place last;

  private YamlReader(String source, boolean placed, String yaml, Faults faults) {
    this.source = source;
    this.placed = placed;
    this.last = Place.whole(source);
    this.faults = faults;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // ConfigText has limited the size already
    this.parser = new ParserImpl(new StreamReader(yaml), options);
  }

  /** Reads a file's one document; an empty one is a failure. */
  static Node file(String source, String yaml, Faults faults) {
    return new YamlReader(source, true, yaml, faults).document();
  }

  /** Reads a quoted scalar or a flow value; every place in it is the source as a whole. */
  static Node flow(String source, String yaml, Faults faults) {
    return new YamlReader(source, false, yaml, faults).document();
  }

  private Node document() {
    try {
      parser.getEvent(); // start of stream
      if (parser.checkEvent(Event.ID.StreamEnd)) {
        throw empty(new Place(source, placed ? 1 : 0, 1));
      }
      DocumentStartEvent start = (DocumentStartEvent) parser.getEvent();
      boolean tagged = start.getTags() != null && !start.getTags().isEmpty();
      if (start.getVersion() != null || tagged) {
        faults.add(place(start), "YAML directives (%) are not supported");
      }
      Node root = node(0);
      parser.getEvent(); // end of document
      Event next = parser.getEvent();
      if (!next.is(Event.ID.StreamEnd)) {
        faults.add(place(next), "a second document starts here; a file holds one");
      } else if (root.isNothing()) {
        throw empty(root.at());
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw syntax(e);
    } catch (YAMLException | IllegalArgumentException e) {
      // SnakeYAML lets some bad escapes end in NumberFormatException, and then tells no place.
      throw Faults.alone(last, NOT_VALID + "a bad escape or a value out of range", "").causedBy(e);
    }
  }

  private Node node(int depth) {
    Event event = parser.getEvent();
    Place at = place(event);
    if (depth > MAX_DEPTH) {
      throw Faults.alone(at, "nested more than " + MAX_DEPTH + " deep", "");
    }
    if (++nodes > MAX_NODES) {
      throw Faults.alone(at, "more than " + MAX_NODES + " values in one file", "");
    }
    if (event instanceof AliasEvent alias) {
      faults.add(
          at,
          "aliases (*" + alias.getAnchor() + ") are not supported",
          "put a text that starts with * in quotes");
      return new Node.Broken(at);
    }
    if (((NodeEvent) event).getAnchor() != null) {
      faults.add(at, "anchors (&" + ((NodeEvent) event).getAnchor() + ") are not supported");
    }
    String tag;
    Node node;
    if (event instanceof ScalarEvent scalar) {
      tag = scalar.getTag();
      node = tag == null ? scalar(scalar, at) : new Node.Broken(at);
    } else if (event instanceof SequenceStartEvent list) {
      tag = list.getTag();
      node = items(at, depth);
    } else {
      tag = ((MappingStartEvent) event).getTag();
      node = fields(at, depth);
    }
    if (tag != null) {
      faults.add(at, "tags (" + tag.replace("tag:yaml.org,2002:", "!!") + ") are not supported");
      return new Node.Broken(at);
    }
    return node;
  }

  private Node scalar(ScalarEvent event, Place at) {
    String text = event.getValue();
    if (Texts.hasLoneSurrogate(text)) {
      faults.add(at, "a text holds half of a surrogate pair");
      return new Node.Broken(at);
    }
    if (event.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN) {
      return new Node.Scalar(at, ScalarKind.TEXT, text);
    }
    ScalarKind kind = ScalarKind.of(text);
    if (kind == ScalarKind.AMBIGUOUS) {
      return ambiguous(at, text, faults);
    }
    return new Node.Scalar(at, kind, text);
  }

  /** Reports a plain scalar that YAML readers disagree about. */
  static Node ambiguous(Place at, String text, Faults faults) {
    faults.add(at, Node.Scalar.quoted(text) + AMBIGUOUS, ScalarKind.advice(text));
    return new Node.Broken(at);
  }

  private Node items(Place at, int depth) {
    List<Node> elements = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      elements.add(node(depth + 1));
    }
    parser.getEvent();
    return new Node.Items(at, List.copyOf(elements));
  }

  private Node fields(Place at, int depth) {
    Map<String, Place> firsts = new HashMap<>();
    List<Field> fields = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Place keyAt = place(parser.peekEvent());
      String name = key(depth);
      Node value = node(depth + 1);
      if (name == null) {
        continue;
      }
      Place first = firsts.putIfAbsent(name, keyAt);
      if (first == null) {
        fields.add(new Field(keyAt, name, value));
      } else {
        String hint = first.hasLine() ? "it is first given in line " + first.line() : "";
        faults.add(keyAt, "duplicate key " + Node.Scalar.quoted(name), hint);
      }
    }
    parser.getEvent();
    return new Node.Fields(at, List.copyOf(fields));
  }

  /** The next key, or null when it is faulty and reported. */
  private String key(int depth) {
    if (parser.peekEvent() instanceof ScalarEvent event
        && event.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
        && event.getValue().equals("<<")) {
      faults.add(place(parser.getEvent()), "merge keys (<<) are not supported");
      return null;
    }
    if (isAmbiguousKey(parser.peekEvent())) {
      ScalarEvent event = (ScalarEvent) parser.getEvent();
      String quoted = Node.Scalar.quoted(event.getValue());
      faults.add(place(event), quoted + AMBIGUOUS, "write " + quoted + " in quotes");
      return null;
    }
    Node key = node(depth + 1);
    if (key instanceof Node.Scalar scalar) {
      if (scalar.kind() == ScalarKind.TEXT) {
        return scalar.text();
      }
      String hint = "write " + Node.Scalar.quoted(scalar.text()) + " in quotes";
      faults.add(key.at(), "expected a text as key, found " + key.described(), hint);
    } else if (!(key instanceof Node.Broken)) {
      faults.add(key.at(), "expected a text as key, found " + key.described());
    }
    return null;
  }

  private static boolean isAmbiguousKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.getTag() == null
        && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
        && ScalarKind.of(scalar.getValue()) == ScalarKind.AMBIGUOUS;
  }

  private Place place(Event event) {
    last = place(event.getStartMark());
    return last;
  }

  private Place place(Mark mark) {
    return placed && mark != null
        ? new Place(source, mark.getLine() + 1, mark.getColumn() + 1)
        : Place.whole(source);
  }

  private static RuntimeException empty(Place at) {
    return Faults.alone(at, "the file is empty", "");
  }

  private RuntimeException syntax(MarkedYAMLException e) {
    String hint = YamlSyntax.hint(e);
    Mark began = e.getContextMark();
    if (hint.isEmpty() && began != null && began.getLine() != e.getProblemMark().getLine()) {
      hint = placed ? "look at what starts in line " + (began.getLine() + 1) : "";
    }
    return Faults.alone(place(e.getProblemMark()), NOT_VALID + YamlSyntax.message(e), hint);
  }
}
