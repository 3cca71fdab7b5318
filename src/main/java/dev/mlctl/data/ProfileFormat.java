package dev.mlctl.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The form that profiles have in run records, as plain maps for JSON: how many rows, the counts and
 * the sketches of all columns as bytes in Base64, the same for each window and slice. Bins and
 * categories are not in it, since they are those of the bundle's baseline; a digest of them is, so
 * that counts are never read into the bins of another model.
 *
 * <p>Records of before, whose columns are maps themselves (see {@link ProfileJson}), are read, too.
 * Immutable and thread-safe; made once for a model, since the digest takes its time.
 */
public final class ProfileFormat {
  private static final int FORMAT = 2;
  private static final int DIGEST_BYTES = 8;
  private static final int MOST_GROUPS = 20_000;

  private final Profile shape;
  private final String bins;
  private final CountsCodec codec;

  /**
   * The form of a model's profiles.
   *
   * @param baseline whose bins and categories they have
   */
  public ProfileFormat(Profile baseline) {
    this.shape = baseline.counted().emptied();
    this.codec = new CountsCodec(shape);
    this.bins = digest(shape);
  }

  private static String digest(Profile shape) {
    ByteWriter out = new ByteWriter();
    out.whole(shape.features().size());
    for (int c = 0; c < shape.columns(); c++) {
      ColumnProfile column = shape.column(c);
      out.block(column.name().getBytes(StandardCharsets.UTF_8));
      if (column instanceof NumberProfile n) {
        out.octet(0);
        out.real(n.lowest());
        out.real(n.highest());
        out.whole(n.edges().length);
        for (double edge : n.edges()) {
          out.real(edge);
        }
      } else {
        List<String> categories = ((CategoryProfile) column).categories();
        out.octet(1);
        out.whole(categories.size());
        categories.forEach(text -> out.block(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(out.toArray());
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whose bins are used, with nothing counted. */
  public Profile shape() {
    return shape;
  }

  /**
   * A profile as maps, lists, texts and numbers.
   *
   * @throws IllegalArgumentException when its bins are others
   */
  public Map<String, Object> toMap(RunProfile profile) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("bins", bins);
    put(profile.whole(), map);
    if (!profile.window().isEmpty()) {
      map.put("window", profile.window());
      List<Object> windows = new ArrayList<>();
      profile.windows().forEach((start, w) -> windows.add(group("start", start.toString(), w)));
      profile.beside().forEach((name, w) -> windows.add(group("start", name, w)));
      map.put("windows", windows);
    }
    if (!profile.slices().isEmpty()) {
      List<Object> slices = new ArrayList<>();
      profile
          .slices()
          .forEach(
              (slice, s) -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("column", slice.column());
                entry.put("value", slice.value());
                put(s, entry);
                slices.add(entry);
              });
      map.put("slices", slices);
    }
    return map;
  }

  private Map<String, Object> group(String key, String name, Profile profile) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, name);
    put(profile, map);
    return map;
  }

  private void put(Profile profile, Map<String, Object> map) {
    map.put("rows", profile.rows());
    map.put("counts", base64(codec.write(profile)));
    if (!profile.sketches().isEmpty()) {
      map.put("sketches", base64(profile.sketches().bytes()));
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The profile that {@link #toMap} made, or {@link ProfileJson#toMap} for a record of before.
   *
   * @throws IllegalArgumentException when the maps do not hold a profile with this model's bins
   */
  public RunProfile fromMap(Map<?, ?> map) {
    try {
      return map.containsKey("format") ? read(map) : readFirstFormat(map);
    } catch (ClassCastException | NullPointerException | DateTimeException e) {
      throw new IllegalArgumentException("not a profile", e);
    }
  }

  /** The first format has the bins in it. */
  private RunProfile readFirstFormat(Map<?, ?> map) {
    // Merging into the baseline's own bins proves that the counts belong to them.
    return RunProfile.of(shape.merge(ProfileJson.fromMap(map)));
  }

  private RunProfile read(Map<?, ?> map) {
    if (whole(map.get("format")) != FORMAT) {
      throw new IllegalArgumentException(
          "a profile of format " + map.get("format") + ", which this version does not know");
    } else if (!bins.equals(map.get("bins"))) {
      throw new IllegalArgumentException("a profile with the bins of another model");
    }
    SortedMap<Instant, Profile> windows = new TreeMap<>();
    SortedMap<String, Profile> beside = new TreeMap<>();
    for (Map<?, ?> entry : groups(map, "windows")) {
      String start = (String) entry.get("start");
      Profile before =
          start.equals(RunProfile.UNKNOWN) || start.equals(RunProfile.EARLIER)
              ? beside.put(start, profile(entry))
              : windows.put(Instant.parse(start), profile(entry));
      requireNone(before, start);
    }
    SortedMap<Slice, Profile> slices = new TreeMap<>();
    for (Map<?, ?> entry : groups(map, "slices")) {
      Slice slice = new Slice((String) entry.get("column"), (String) entry.get("value"));
      requireNone(slices.put(slice, profile(entry)), slice.toString());
    }
    String window = map.containsKey("window") ? (String) map.get("window") : "";
    return new RunProfile(profile(map), window, windows, beside, slices);
  }

  private static void requireNone(Profile before, String name) {
    if (before != null) {
      throw new IllegalArgumentException("a profile that has " + name + " twice");
    }
  }

  private static List<Map<?, ?>> groups(Map<?, ?> map, String key) {
    if (!map.containsKey(key)) {
      return List.of();
    }
    List<?> list = (List<?>) map.get(key);
    if (list.size() > MOST_GROUPS) {
      throw new IllegalArgumentException("a profile with " + list.size() + " " + key);
    }
    List<Map<?, ?>> groups = new ArrayList<>();
    list.forEach(entry -> groups.add((Map<?, ?>) entry));
    return groups;
  }

  private Profile profile(Map<?, ?> map) {
    Sketches sketches =
        map.containsKey("sketches")
            ? Sketches.stored(Base64.getDecoder().decode((String) map.get("sketches")))
            : Sketches.NONE;
    Profile read = codec.read(Base64.getDecoder().decode((String) map.get("counts")), sketches);
    if (read.rows() != whole(map.get("rows"))) {
      throw new IllegalArgumentException("a profile whose rows do not add up");
    }
    return read;
  }

  private static long whole(Object number) {
    return ((Number) number).longValue();
  }
}
