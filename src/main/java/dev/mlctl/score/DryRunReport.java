package dev.mlctl.score;

import dev.mlctl.error.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dry run has found, when nothing speaks against the run.
 *
 * @param model the reference that would be scored with, pinned
 * @param runner what would run it
 * @param inputs how many files would be read
 * @param bytes of them
 * @param parts into how many parts they would be cut
 * @param sampled rows at the beginning of the input that were scored
 * @param rejected how many of these cannot be scored
 * @param firstRejected the first of them with their places
 * @param output where the rows would go
 * @param jars how many jars the workers would be sent
 * @param jarBytes of these
 */
public record DryRunReport(
    String model,
    String runner,
    int inputs,
    long bytes,
    int parts,
    long sampled,
    long rejected,
    List<Problem> firstRejected,
    String output,
    int jars,
    long jarBytes) {
  /** Copies. */
  public DryRunReport {
    firstRejected = List.copyOf(firstRejected);
  }

  /** The report as it is printed in JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("dry_run", true);
    map.put("model", model);
    map.put("runner", runner);
    map.put("inputs", inputs);
    map.put("bytes", bytes);
    map.put("parts", parts);
    map.put("rows_sampled", sampled);
    map.put("rows_rejected", rejected);
    map.put("output", output);
    map.put("jars", jars);
    map.put("jar_bytes", jarBytes);
    return map;
  }
}
