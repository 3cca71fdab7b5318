package dev.mlctl.train;

import dev.mlctl.page.DataTable;
import dev.mlctl.page.Element;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** How the model came to be, with the values that are the defaults marked as such. */
final class SettingsTable {
  private SettingsTable() {}

  static Element of(TrainSpec spec) {
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<String, Object> defaults = new LinkedHashMap<>();
    settings.put("algorithm", spec.algorithm().key());
    spec.params().forEach((name, value) -> settings.put("params." + name, value));
    spec.algorithm().defaults().forEach((name, value) -> defaults.put("params." + name, value));
    Map<String, Object> all = spec.toMap(null);
    flatten("split", all.get("split"), settings);
    flatten("preprocessing", all.get("preprocessing"), settings);
    flatten("columns", all.get("columns"), settings);
    settings.put("seed", spec.seed());
    defaults.put("seed", TrainSpec.DEFAULT_SEED);
    DataTable table = new DataTable("Settings as resolved", "setting", "~value", "default");
    settings.forEach(
        (name, value) -> {
          boolean isDefault = Objects.equals(value, defaults.get(name));
          table.row(name, String.valueOf(value), isDefault ? "yes" : "");
        });
    return table.element();
  }

  private static void flatten(String name, Object value, Map<String, Object> into) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> flatten(name + "." + key, inner, into));
    } else if (value != null) {
      into.put(name, value);
    }
  }
}
