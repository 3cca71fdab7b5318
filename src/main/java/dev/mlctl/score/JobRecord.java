package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * The record of a run that its own last step writes, since the command that submitted it may be
 * gone by then.
 *
 * @param head what is known of it beforehand, as JSON
 * @param path where it belongs in the registry; empty for a bundle file's run, which has none
 */
record JobRecord(String head, String path) implements Serializable {
  /** The record of a run that is about to start. */
  static JobRecord of(ScoreSpec spec, ScoredModel model, String id, Instant started) {
    return new JobRecord(
        Json.write(new ScoreRecord(spec, model).head(id, started)),
        model
            .home()
            .map(home -> Storage.of(home.runs()).resolve(home.runs(), id + ".json"))
            .map(path -> Storage.of(path).absolute(path))
            .orElse(""));
  }

  /**
   * Writes the record, and says so in the work directory. A repeated try replaces what it wrote.
   *
   * @param failure what publishing failed with, or null
   */
  void write(WorkDirectory work, Failure failure) throws IOException {
    if (!path.isEmpty()) {
      Map<String, Object> map =
          Json.readObject("the run record", head.getBytes(StandardCharsets.UTF_8));
      Tally total = work.total();
      ScoreRecord.finish(map, Clock.systemUTC().instant(), failure, total);
      Storage storage = Storage.of(path);
      storage.makeDirectory(storage.parent(path));
      storage.put(path, Json.pretty(map).getBytes(StandardCharsets.UTF_8));
      storage.sync(path);
    }
    work.put(WorkDirectory.RECORDED, "");
  }
}
