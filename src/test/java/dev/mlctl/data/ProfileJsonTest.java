package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileJsonTest {
  private static Profile profile() {
    NumberProfile x =
        new NumberProfile(
            "x", new double[] {0.1, 1e300}, new long[] {1, 2, 3}, 4, -1, 1, 5, -2, 2, 0.3, 7e-9);
    NumberProfile empty = NumberProfile.binsFor("nothing \"seen\"", new double[] {1, 2}, 2);
    CategoryProfile c =
        new CategoryProfile("c", List.of("a", "é"), new long[] {1, 9}, 2, 3, Map.of("new", 3L));
    return new Profile(List.of(x, empty, c), List.of(x));
  }

  @Test
  void comes_back_from_maps_and_from_json() {
    assertEquals(profile(), ProfileJson.fromMap(ProfileJson.toMap(profile())));
    String json = Json.write(ProfileJson.toMap(profile()));
    Map<String, Object> read = Json.readObject("p", json.getBytes(StandardCharsets.UTF_8));
    assertEquals(profile(), ProfileJson.fromMap(read));
    assertEquals(json, Json.write(ProfileJson.toMap(ProfileJson.fromMap(read))));
  }

  @Test
  void tells_how_many_rows() {
    assertEquals(10L, ProfileJson.toMap(profile()).get("rows"));
  }

  @Test
  void refuses_what_is_no_profile() {
    Map<String, Object> good = ProfileJson.toMap(profile());
    for (Object wrong : List.of("text", 1, Map.of(), List.of(1), List.of(Map.of()))) {
      assertRefused(with(good, "features", wrong));
    }
    assertRefused(Map.of());
    Map<?, ?> column = (Map<?, ?>) ((List<?>) good.get("features")).get(0);
    for (Object key : column.keySet()) {
      if (!List.of("min", "max").contains(key)) {
        Map<Object, Object> without = new LinkedHashMap<>(column);
        without.remove(key);
        assertRefused(with(good, "features", List.of(without)));
      }
      assertRefused(with(good, "features", List.of(with(column, key, Map.of()))));
    }
    assertRefused(with(good, "features", List.of(with(column, "counts", List.of(1)))));
    assertRefused(with(good, "features", List.of(with(column, "edges", List.of(2, 1)))));
    assertRefused(with(good, "features", List.of(with(column, "type", "colour"))));
  }

  private static Map<Object, Object> with(Map<?, ?> map, Object key, Object value) {
    Map<Object, Object> changed = new LinkedHashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static void assertRefused(Map<?, ?> map) {
    assertThrows(IllegalArgumentException.class, () -> ProfileJson.fromMap(map), map::toString);
  }
}
