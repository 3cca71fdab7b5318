package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the workers of an engine can get at all that a run names. */
record Reach(ScoreSpec spec, ScoredModel model, Engine engine, Waiting waiting) {
  /** In the values of options that hold credentials, such as Beam's awsCredentialsProvider. */
  private static final Pattern SECRET =
      Pattern.compile("secret_?access_?key|password|private_?key", Pattern.CASE_INSENSITIVE);

  /**
   * Checks everything, before anything is submitted.
   *
   * @throws Failure of kind USAGE naming every file, registry and option that is out of reach
   */
  void check() {
    List<Problem> problems = new ArrayList<>();
    if (!waiting.untilEnd()) {
      checkLeaving(problems);
    }
    if (engine.isRemote()) {
      checkPlaces(problems);
    }
    if (engine.workersElsewhere()) {
      checkSecrets(problems);
    }
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
  }

  private void checkLeaving(List<Problem> problems) {
    if (!engine.outlivesUs()) {
      problems.add(
          Problem.of("--no-wait cannot be: this run ends with the command that drives it")
              .hint("only dataflow and flink with a flinkMaster go on by themselves"));
    } else if (spec.source().isStdin() || spec.sink().isStdout()) {
      problems.add(
          Problem.of("--no-wait cannot be: standard input and output end with the command")
              .hint("read from files and write to files"));
    }
  }

  private void checkPlaces(List<Problem> problems) {
    Set<String> places = new LinkedHashSet<>(spec.paths());
    places.addAll(model.places());
    if (spec.source().isStdin() || spec.sink().isStdout()) {
      problems.add(
          Problem.of("the workers of this run cannot see this command's standard streams")
              .hint("read from files and write to files they can see"));
    }
    for (String place : places) {
      if (RemoteScheme.schemeOf(place).isEmpty() && !isShared(place)) {
        problems.add(
            Problem.of("the workers of this run cannot see this machine's files")
                .at(place)
                .hint(
                    "put it on gs://, s3:// or hdfs://, or name the directory under shared: if every"
                        + " worker has it under the same path"));
      }
    }
  }

  private boolean isShared(String place) {
    Path path = Path.of(place).toAbsolutePath().normalize();
    return spec.execution().shared().stream()
        .anyMatch(directory -> path.startsWith(Path.of(directory).toAbsolutePath().normalize()));
  }

  private void checkSecrets(List<Problem> problems) {
    Set<String> names = new LinkedHashSet<>(spec.execution().secrets());
    spec.execution().options().stream()
        .filter(argument -> SECRET.matcher(argument).find())
        .map(BeamArguments::name)
        .forEach(names::add);
    for (String name : names) {
      problems.add(
          Problem.of("the option " + name + " would put a secret into the job graph")
              .hint("give the workers credentials of their own, in their environment"));
    }
  }
}
