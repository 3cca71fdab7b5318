package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;

/** Google Cloud Dataflow. */
final class DataflowEngine implements Engine {
  private final Execution execution;
  private final String run;

  DataflowEngine(Execution execution, String run) {
    this.execution = execution;
    this.run = run;
  }

  @Override
  public void check() {
    List<Problem> problems = new ArrayList<>();
    require("project", "the project that pays", problems);
    require("region", "where it runs, such as europe-west1", problems);
    if (execution.option("stagingLocation").isEmpty()) {
      require("gcpTempLocation", "a gs:// folder for jars and temporary files", problems);
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
  }

  private void require(String option, String what, List<Problem> problems) {
    if (execution.option(option).isEmpty()) {
      problems.add(
          Problem.of("Dataflow needs the option " + option)
              .hint("%s: -- --%s=… or under options:".formatted(what, option)));
    }
  }

  @Override
  public List<String> defaults() {
    return List.of(
        "--jobName=mlctl-" + run.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
        "--filesToStage=" + String.join(",", RunnerJars.shipped(Runner.DATAFLOW)));
  }

  @Override
  public List<String> fixed() {
    return List.of();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public boolean workersElsewhere() {
    return true;
  }

  @Override
  public boolean outlivesUs() {
    return true;
  }

  @Override
  public EngineJob submit(Pipeline pipeline) {
    return LocalJob.start(pipeline);
  }
}
