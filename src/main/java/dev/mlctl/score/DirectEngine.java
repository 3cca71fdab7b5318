package dev.mlctl.score;

import java.util.List;
import org.apache.beam.sdk.Pipeline;

/**
 * Beam's direct runner, in this process.
 *
 * @param parallelism how many parts are scored at once unless the user says otherwise
 * @param enforce whether the runner checks that steps leave their elements alone: of use in tests,
 *     and several times slower
 */
record DirectEngine(int parallelism, boolean enforce) implements Engine {
  @Override
  public void check() {}

  @Override
  public List<String> defaults() {
    return List.of(
        "--targetParallelism=" + parallelism,
        "--enforceImmutability=" + enforce,
        "--enforceEncodability=" + enforce);
  }

  /** A run in the background would outlive the command that must tell how it ended. */
  @Override
  public List<String> fixed() {
    return List.of("--blockOnRun=true");
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public boolean workersElsewhere() {
    return false;
  }

  @Override
  public boolean outlivesUs() {
    return false;
  }

  @Override
  public EngineJob submit(Pipeline pipeline) {
    return LocalJob.start(pipeline);
  }
}
