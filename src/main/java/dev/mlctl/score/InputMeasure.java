package dev.mlctl.score;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much there is to score.
 *
 * @param files how many
 * @param bytes of all of them, as stored
 * @param rows of all of them
 * @param counted whether the rows were counted; otherwise they are estimated from the sample
 * @param columns of the first file
 * @param rejected share of the rows of the sample that cannot be scored
 */
public record InputMeasure(
    int files, long bytes, long rows, boolean counted, int columns, double rejected) {
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("files", files);
    map.put("bytes", bytes);
    map.put("rows", rows);
    map.put("rows_counted", counted);
    map.put("columns", columns);
    map.put("rejected_ratio", rejected);
    return map;
  }
}
