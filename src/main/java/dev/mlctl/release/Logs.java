package dev.mlctl.release;

import java.util.ArrayList;
import java.util.List;

/**
 * Every release log of a registry, for those who look at all of them.
 *
 * @param logs by model and environment; some may hold no release yet
 * @param strangers names below {@code models} that cannot be a model's or an environment's
 */
record Logs(List<ReleaseLog> logs, List<String> strangers) {
  Logs {
    logs = List.copyOf(logs);
    strangers = List.copyOf(strangers);
  }

  static Logs of(ObjectStore store) {
    List<ReleaseLog> logs = new ArrayList<>();
    List<String> strangers = new ArrayList<>();
    for (String model : store.list("models")) {
      if (!Names.isName(model)) {
        strangers.add("models/" + model);
        continue;
      }
      for (String env : store.list("models/" + model)) {
        if (Names.isName(env)) {
          logs.add(new ReleaseLog(store, model, env));
        } else {
          strangers.add("models/" + model + "/" + env);
        }
      }
    }
    return new Logs(logs, strangers);
  }
}
