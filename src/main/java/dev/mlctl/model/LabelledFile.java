package dev.mlctl.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of rows with labels that models were judged on.
 *
 * @param name of the file, without its folders
 * @param digest of its bytes, {@code sha256:} and 64 hex digits
 * @param rows how many rows were judged
 * @param unlabelled how many were left out because they have no label
 * @param unfit how many were left out because they cannot be read, do not fit a model's signature
 *     or have a label that is no number, or no class of the model
 */
public record LabelledFile(String name, String digest, long rows, long unlabelled, long unfit) {
  /** As JSON has it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", name);
    map.put("digest", digest);
    map.put("rows", rows);
    map.put("unlabelled", unlabelled);
    map.put("unfit", unfit);
    return map;
  }
}
