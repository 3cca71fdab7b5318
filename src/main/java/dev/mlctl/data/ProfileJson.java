package dev.mlctl.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A profile as plain maps and lists, the form it has in JSON run records. */
public final class ProfileJson {
  private ProfileJson() {}

  /** The profile as maps, lists, texts and numbers; infinities are left out. */
  public static Map<String, Object> toMap(Profile profile) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", profile.rows());
    map.put("features", profile.features().stream().map(ProfileJson::column).toList());
    map.put("outputs", profile.outputs().stream().map(ProfileJson::column).toList());
    return map;
  }

  /**
   * The profile that {@link #toMap} wrote.
   *
   * @throws IllegalArgumentException when the maps do not hold a profile
   */
  public static Profile fromMap(Map<?, ?> map) {
    try {
      return new Profile(columns(map.get("features")), columns(map.get("outputs")));
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("not a profile", e);
    }
  }

  private static Map<String, Object> column(ColumnProfile column) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", column.name());
    if (column instanceof NumberProfile n) {
      map.put("type", "number");
      map.put("edges", boxed(n.edges()));
      map.put("counts", boxed(n.counts()));
      map.put("missing", n.missing());
      map.put("lowest", n.lowest());
      map.put("highest", n.highest());
      map.put("out_of_range", n.outOfRange());
      if (n.present() > 0) {
        map.put("min", n.min());
        map.put("max", n.max());
      }
      map.put("mean", n.mean());
      map.put("squares", n.squares());
    } else if (column instanceof CategoryProfile c) {
      map.put("type", "category");
      map.put("categories", c.categories());
      map.put("counts", boxed(c.counts()));
      map.put("missing", c.missing());
      map.put("unknown", c.unknown());
      map.put("newest", c.newest());
    }
    return map;
  }

  private static List<ColumnProfile> columns(Object list) {
    List<ColumnProfile> columns = new ArrayList<>();
    for (Object element : (List<?>) list) {
      columns.add(column((Map<?, ?>) element));
    }
    return columns;
  }

  private static ColumnProfile column(Map<?, ?> map) {
    String name = (String) map.get("name");
    long[] counts = ((List<?>) map.get("counts")).stream().mapToLong(ProfileJson::whole).toArray();
    if ("category".equals(map.get("type"))) {
      List<String> categories =
          ((List<?>) map.get("categories")).stream().map(String.class::cast).toList();
      Map<String, Long> newest = new LinkedHashMap<>();
      ((Map<?, ?>) map.get("newest")).forEach((k, v) -> newest.put((String) k, whole(v)));
      return new CategoryProfile(
          name, categories, counts, whole(map.get("missing")), whole(map.get("unknown")), newest);
    }
    if (!"number".equals(map.get("type"))) {
      throw new IllegalArgumentException("not a profile: column type " + map.get("type"));
    }
    double[] edges = ((List<?>) map.get("edges")).stream().mapToDouble(ProfileJson::real).toArray();
    return new NumberProfile(
        name,
        edges,
        counts,
        whole(map.get("missing")),
        real(map.get("lowest")),
        real(map.get("highest")),
        whole(map.get("out_of_range")),
        map.containsKey("min") ? real(map.get("min")) : Double.POSITIVE_INFINITY,
        map.containsKey("max") ? real(map.get("max")) : Double.NEGATIVE_INFINITY,
        real(map.get("mean")),
        real(map.get("squares")));
  }

  private static long whole(Object number) {
    long count = ((Number) number).longValue();
    if (count < 0 || count > ByteScan.MOST) {
      throw new IllegalArgumentException("not a profile: a count of " + number);
    }
    return count;
  }

  private static double real(Object number) {
    return ((Number) number).doubleValue();
  }

  private static List<Double> boxed(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double v : values) {
      list.add(v);
    }
    return list;
  }

  private static List<Long> boxed(long[] values) {
    List<Long> list = new ArrayList<>(values.length);
    for (long v : values) {
      list.add(v);
    }
    return list;
  }
}
