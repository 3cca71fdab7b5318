package dev.mlctl.model;

import java.util.List;

/**
 * Where a model comes from. Holds nothing that differs between two trainings with the same inputs:
 * no time, no host, no path.
 *
 * @param mlctlVersion the version that trained it
 * @param algorithm such as {@code gradient_boosting}
 * @param config the training configuration as resolved, YAML
 * @param dataName the training file's name without folders
 * @param dataDigest SHA-256 of the training data, hexadecimal
 * @param dataRows rows in the data
 * @param trainRows rows the model was fitted on
 * @param seed the random seed
 * @param gitCommit the commit of the working directory, or empty
 * @param libraries what fitted it, such as {@code smile 2.6.0}
 */
public record Provenance(
    String mlctlVersion,
    String algorithm,
    String config,
    String dataName,
    String dataDigest,
    long dataRows,
    long trainRows,
    long seed,
    String gitCommit,
    List<String> libraries) {
  /** Copies. */
  public Provenance {
    libraries = List.copyOf(libraries);
  }
}
