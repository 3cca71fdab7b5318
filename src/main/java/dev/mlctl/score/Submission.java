package dev.mlctl.score;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run that was handed to another system and left to it.
 *
 * @param id of the run
 * @param model the reference that is scored with, pinned
 * @param runner mlctl's name of the system
 * @param job the system's own id of it
 * @param url where the system shows it, or empty
 * @param output where the rows will be
 */
public record Submission(
    String id, String model, String runner, String job, String url, String output) {
  /** The submission as it is printed in JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("id", id);
    map.put("model", model);
    map.put("status", "submitted");
    map.put("runner", runner);
    map.put("job", job);
    if (!url.isEmpty()) {
      map.put("url", url);
    }
    map.put("output", output);
    return map;
  }
}
