package dev.mlctl.config;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked object of a configuration file. Getters never fail on a value's type, since the {@link
 * Shape} was checked. Asking for a key that the shape does not have, or as another type than the
 * shape says, is a programming error: {@link IllegalArgumentException}. A getter of one value asked
 * for a key that is neither given nor has a default throws {@link IllegalStateException}; ask
 * {@link #has} first. Lists and maps that are not given are empty. Immutable and thread-safe.
 */
public final class Settings {
  private final Place place;
  private final List<String> known;
  private final Map<String, Object> values;
  private final Map<String, Place> places;

  Settings(Place place, Set<String> known, Map<String, Object> values, Map<String, Place> places) {
    this.place = place;
    this.known = List.copyOf(known);
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.places = Map.copyOf(places);
  }

  /** Whether a key is given or has a default. */
  public boolean has(String key) {
    return optional(key) != null;
  }

  /** Whether a key's value is an object; for keys of {@link Shape#either}. */
  public boolean isSection(String key) {
    return optional(key) instanceof Settings;
  }

  /** Whether a key's value is a list; for keys of {@link Shape#either}. */
  public boolean isList(String key) {
    return optional(key) instanceof List;
  }

  /** A text, with {@code ${env:NAME}} and {@code ${file:PATH}} filled in: it may be a secret. */
  public String text(String key) {
    return cast(key, Text.class, required(key)).value();
  }

  /** A number; finite. */
  public double number(String key) {
    return cast(key, Number.class, required(key)).doubleValue();
  }

  /** A whole number; one outside the range of int is a USAGE failure at the key's place. */
  public int integer(String key) {
    long value = longInteger(key);
    if (value != (int) value) {
      Problem problem = problem(key, "the whole number " + value + " is too large for " + key);
      throw new Failure(FailureKind.USAGE, List.of(problem), null);
    }
    return (int) value;
  }

  /** A whole number. */
  public long longInteger(String key) {
    return cast(key, Long.class, required(key));
  }

  /** A boolean. */
  public boolean bool(String key) {
    return cast(key, Boolean.class, required(key));
  }

  /** A String (which may be a secret), Long, Double or Boolean. */
  public Object scalar(String key) {
    return plain(required(key), false);
  }

  /** A list of texts; empty when not given. */
  public List<String> texts(String key) {
    return list(key).stream().map(element -> cast(key, Text.class, element).value()).toList();
  }

  /** A list of numbers; empty when not given. */
  public List<Double> numbers(String key) {
    return list(key).stream()
        .map(element -> cast(key, Number.class, element).doubleValue())
        .toList();
  }

  /** A list of objects; empty when not given. */
  public List<Settings> sections(String key) {
    return list(key).stream().map(element -> cast(key, Settings.class, element)).toList();
  }

  /** An object. */
  public Settings section(String key) {
    return cast(key, Settings.class, required(key));
  }

  /**
   * The entries of a map in the order given: String, Long, Double or Boolean, and lists and maps of
   * these where the shape allows them. Empty when not given; unmodifiable.
   */
  public Map<String, Object> scalars(String key) {
    Map<String, Object> scalars = new LinkedHashMap<>();
    map(key).forEach((name, value) -> scalars.put((String) name, plain(value, false)));
    return Collections.unmodifiableMap(scalars);
  }

  /** The objects of a map in the order given; empty when not given; unmodifiable. */
  public Map<String, Settings> sectionMap(String key) {
    Map<String, Settings> sections = new LinkedHashMap<>();
    map(key)
        .forEach((name, value) -> sections.put((String) name, cast(key, Settings.class, value)));
    return Collections.unmodifiableMap(sections);
  }

  /** The keys that are given or have a default, in the shape's order. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** The type of a tagged or typed object. */
  public String type() {
    return text("type");
  }

  /** The config of a tagged object; one with defaults only when it was left out. */
  public Settings config() {
    return section("config");
  }

  /** Where this object starts: {@code file:line:column}, or {@code --set KEY=VALUE}. */
  public String at() {
    return place.toString();
  }

  /** Where a key stands; where this object starts when the key is not given. */
  public String at(String key) {
    optional(key);
    return places.getOrDefault(key, place).toString();
  }

  /** A fault at a key's place, for what a shape cannot check. */
  public Problem problem(String key, String message) {
    return Problem.of(message).at(at(key));
  }

  /**
   * Everything, with defaults, in the shape's order and free to change. Secrets are still written
   * {@code ${env:NAME}}: this is what may be stored and shown.
   */
  public Map<String, Object> toMap() {
    return plainMap(true);
  }

  /** Shows what {@link #toMap} holds, so that no secret can slip into a message. */
  @Override
  public String toString() {
    return toMap().toString();
  }

  private Object optional(String key) {
    if (!known.contains(key)) {
      throw new IllegalArgumentException("the shape has no key " + key);
    }
    return values.get(key);
  }

  private Object required(String key) {
    Object value = optional(key);
    if (value == null) {
      throw new IllegalStateException("the key " + key + " is not given");
    }
    return value;
  }

  private List<?> list(String key) {
    Object value = optional(key);
    return value == null ? List.of() : cast(key, List.class, value);
  }

  private Map<?, ?> map(String key) {
    Object value = optional(key);
    return value == null ? Map.of() : cast(key, Map.class, value);
  }

  private static <T> T cast(String key, Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("the key " + key + " does not hold that type");
    }
    return type.cast(value);
  }

  private static Object plain(Object value, boolean asGiven) {
    if (value instanceof Text text) {
      return asGiven ? text.given() : text.value();
    } else if (value instanceof Settings settings) {
      return settings.plainMap(asGiven);
    } else if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(plain(element, asGiven)));
      return copy;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, element) -> copy.put((String) key, plain(element, asGiven)));
      return copy;
    }
    return value;
  }

  private Map<String, Object> plainMap(boolean asGiven) {
    Map<String, Object> map = new LinkedHashMap<>();
    values.forEach((key, value) -> map.put(key, plain(value, asGiven)));
    return map;
  }
}
