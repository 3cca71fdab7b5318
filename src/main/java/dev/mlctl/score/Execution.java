package dev.mlctl.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What runs a pipeline, and how. Immutable.
 *
 * @param options Beam options as command-line arguments, {@code --name=value}; of those with one
 *     name the last counts
 * @param secrets the names of those whose values came from the environment or a file
 * @param shared directories of this machine that every worker has under the same path
 */
public record Execution(
    Runner runner, List<String> options, Set<String> secrets, List<String> shared) {
  /** In this process, with nothing said. */
  public static final Execution DIRECT =
      new Execution(Runner.DIRECT, List.of(), Set.of(), List.of());

  /** Copies. */
  public Execution {
    Objects.requireNonNull(runner, "runner");
    options = List.copyOf(options);
    secrets = Set.copyOf(secrets);
    shared = List.copyOf(shared);
  }

  /** The same with another runner. */
  public Execution on(Runner other) {
    return new Execution(other, options, secrets, shared);
  }

  /** The same with more options; they win. */
  public Execution with(List<String> more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return new Execution(runner, all, secrets, shared);
  }

  /** Whether this process only hands the pipeline over, to a service or a standing cluster. */
  public boolean isHandedOver() {
    return switch (runner) {
      case DIRECT, SPARK -> false;
      case FLINK -> option("flinkMaster").filter(FlinkEngine::isCluster).isPresent();
      case DATAFLOW -> true;
    };
  }

  /** The value of an option, by Beam's name. */
  Optional<String> option(String name) {
    return options.stream()
        .filter(argument -> BeamArguments.name(argument).equals(name))
        .reduce((first, last) -> last)
        .map(argument -> argument.substring(argument.indexOf('=') + 1));
  }
}
