package dev.mlctl.score;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one part came to. It travels through the pipeline as the JSON text that also lies beside the
 * part.
 *
 * @param part the part's number
 */
record PartResult(int part, Tally tally) {
  String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("part", part);
    map.put("tally", tally.toMap());
    return Json.write(map);
  }

  static PartResult fromJson(String json) {
    Map<String, Object> map =
        Json.readObject("the result of a part", json.getBytes(StandardCharsets.UTF_8));
    return new PartResult(
        (int) Tally.whole(map, "part"), Tally.fromMap((Map<?, ?>) map.get("tally")));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, toJson());
  }
}
