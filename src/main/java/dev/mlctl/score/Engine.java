package dev.mlctl.score;

import java.util.List;
import org.apache.beam.sdk.Pipeline;

/** A runner as mlctl uses it: its defaults, and how it takes a pipeline. */
interface Engine {
  /** The engine that a run asks for. */
  static Engine of(Execution execution, ScoreHost host, String id, boolean enforce) {
    return switch (execution.runner()) {
      case DIRECT -> new DirectEngine(host.parallelism(), enforce);
      case FLINK -> FlinkEngine.of(execution, host, id);
      case SPARK -> new SparkEngine(execution, host.parallelism());
      case DATAFLOW -> new DataflowEngine(execution, id);
    };
  }

  /**
   * Checks what can be checked before anything is submitted.
   *
   * @throws dev.mlctl.error.Failure of kind USAGE when an option is missing, PIPELINE when the
   *     cluster does not answer
   */
  void check();

  /** Arguments that the user's own take the place of. */
  List<String> defaults();

  /** Arguments that take the place of the user's own. */
  List<String> fixed();

  /** Whether the workers may be on other machines, which do not see the files of this one. */
  boolean isRemote();

  /** Whether the workers are in other processes, on this machine or others. */
  boolean workersElsewhere();

  /** Whether a job goes on when this process ends. */
  boolean outlivesUs();

  /**
   * Starts a pipeline.
   *
   * @throws dev.mlctl.error.Failure of kind PIPELINE when it is not taken
   */
  EngineJob submit(Pipeline pipeline);
}
