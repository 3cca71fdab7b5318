package dev.mlctl.score;

import dev.mlctl.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one part came to. It travels through the pipeline as the JSON text that also lies in the
 * work directory.
 *
 * @param unit the part
 * @param start where its first record starts; a guess that the part before confirms or not
 * @param end where the first record starts that is not its own
 * @param lines how many lines it spans
 * @param file the file of its rows in the work directory; empty when they are in the output itself
 * @param offset where in that file its rows start
 * @param bytes how many bytes its rows take, as stored
 * @param checksum CRC-32C of these bytes
 * @param rejects the file of its rejected rows in the work directory; empty when it has none
 * @param tally what its rows came to; null when it could not be read from this start
 */
record PartResult(
    WorkUnit unit,
    long start,
    long end,
    long lines,
    String file,
    long offset,
    long bytes,
    long checksum,
    String rejects,
    Tally tally) {
  /** A part that cannot be read if it starts here. */
  static PartResult unreadable(WorkUnit unit, long start) {
    return new PartResult(unit, start, -1, 0, "", 0, 0, 0, "", null);
  }

  int part() {
    return unit.part();
  }

  boolean isReadable() {
    return tally != null;
  }

  PartResult at(long newOffset) {
    return new PartResult(
        unit, start, end, lines, file, newOffset, bytes, checksum, rejects, tally);
  }

  PartResult inOutput() {
    return new PartResult(unit, start, end, lines, "", offset, bytes, checksum, rejects, tally);
  }

  String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("part", unit.part());
    map.put("input", unit.file());
    map.put("from", unit.start());
    map.put("to", unit.end());
    map.put("start", start);
    map.put("end", end);
    map.put("lines", lines);
    map.put("file", file);
    map.put("offset", offset);
    map.put("bytes", bytes);
    map.put("checksum", checksum);
    map.put("rejects", rejects);
    if (tally != null) {
      map.put("tally", tally.toMap());
    }
    return Json.write(map);
  }

  static PartResult fromJson(String json) {
    Map<String, Object> map =
        Json.readObject("the result of a part", json.getBytes(StandardCharsets.UTF_8));
    return new PartResult(
        new WorkUnit(
            (int) Tally.whole(map, "part"),
            (int) Tally.whole(map, "input"),
            Tally.whole(map, "from"),
            Tally.whole(map, "to")),
        Tally.whole(map, "start"),
        Tally.whole(map, "end"),
        Tally.whole(map, "lines"),
        (String) map.get("file"),
        Tally.whole(map, "offset"),
        Tally.whole(map, "bytes"),
        Tally.whole(map, "checksum"),
        (String) map.get("rejects"),
        map.containsKey("tally") ? Tally.fromMap((Map<?, ?>) map.get("tally")) : null);
  }
}
