package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.sdk.Pipeline;

/**
 * Google Cloud Dataflow, by Runner v2: its workers have Beam's harness, and get everything else
 * from the job. (The older kind of worker wants Dataflow's own runner from the job, 160 jars more.)
 */
final class DataflowEngine implements Engine {
  private static final String EXPERIMENTS = "experiments";
  private static final String RUNNER_V2 = "use_runner_v2";
  private static final String NO_RUNNER_V2 = "disable_runner_v2";
  private static final String NOT_CREATED = "Failed to create a workflow job: ";

  /** Where Beam puts what the job needs; the first that is given counts for the ones after it. */
  private static final List<String> TEMPORARY = List.of("gcpTempLocation", "tempLocation");

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
    checkTemporary(problems);
    if (experiments().stream().anyMatch(experiment -> experiment.startsWith(NO_RUNNER_V2))) {
      problems.add(
          Problem.of("mlctl runs on Dataflow by Runner v2 only")
              .hint("leave out the experiment " + NO_RUNNER_V2));
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
  }

  private void require(String option, String what, List<Problem> problems) {
    if (execution.option(option).filter(value -> !value.isEmpty()).isEmpty()) {
      problems.add(
          Problem.of("Dataflow needs the option " + option)
              .hint("%s: -- --%s=… or under options:".formatted(what, option)));
    }
  }

  /** Beam would make a bucket of its own where none is named. */
  private void checkTemporary(List<Problem> problems) {
    if (TEMPORARY.stream().allMatch(option -> execution.option(option).isEmpty())) {
      require(TEMPORARY.get(0), "a gs:// folder for jars and temporary files", problems);
    }
    List<String> locations = new ArrayList<>(TEMPORARY);
    locations.add("stagingLocation");
    for (String option : locations) {
      execution
          .option(option)
          .filter(place -> RemoteScheme.of(place).filter(RemoteScheme.GS::equals).isEmpty())
          .ifPresent(
              place ->
                  problems.add(
                      Problem.of("Dataflow wants a folder on gs:// as " + option).at(place)));
    }
  }

  private List<String> experiments() {
    return execution.option(EXPERIMENTS).stream()
        .flatMap(given -> Stream.of(given.split(",", -1)))
        .filter(experiment -> !experiment.isEmpty())
        .toList();
  }

  @Override
  public List<String> defaults() {
    return List.of(
        "--jobName=mlctl-" + run.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
        "--filesToStage=" + String.join(",", RunnerJars.shipped(Runner.DATAFLOW)));
  }

  @Override
  public List<String> fixed() {
    List<String> all = new ArrayList<>(experiments());
    if (!all.contains(RUNNER_V2)) {
      all.add(RUNNER_V2);
    }
    return List.of("--" + EXPERIMENTS + "=" + String.join(",", all));
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

  /** A request to take it is sent again when its answer is lost, and makes no second job. */
  @Override
  public EngineJob submit(Pipeline pipeline) {
    try {
      return new DataflowJob((DataflowPipelineJob) pipeline.run());
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  /** Beam's message has Dataflow's own words; its cause the whole reply. */
  private static Failure refused(RuntimeException thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.startsWith(NOT_CREATED)
        ? Failure.of(
                FailureKind.PIPELINE,
                "Dataflow does not take the job: %s",
                PipelineFailure.cut(message.substring(NOT_CREATED.length())))
            .hint("nothing was scored")
            .causedBy(thrown)
        : PipelineFailure.of(thrown);
  }
}
