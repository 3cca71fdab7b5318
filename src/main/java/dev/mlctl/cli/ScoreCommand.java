package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Reference;
import dev.mlctl.score.DeadLetter;
import dev.mlctl.score.DryRunReport;
import dev.mlctl.score.Execution;
import dev.mlctl.score.OutputColumns;
import dev.mlctl.score.RowFormat;
import dev.mlctl.score.Runner;
import dev.mlctl.score.ScoreSink;
import dev.mlctl.score.ScoreSpec;
import dev.mlctl.score.ScoreSummary;
import dev.mlctl.score.Submission;
import dev.mlctl.score.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl score}. */
@Command(
    name = "score",
    customSynopsis = {
      "mlctl score CONFIG [OPTIONS] [-- BEAM_OPTIONS]",
      "       mlctl score --model=REF [--input=FILE] [--output=FILE] [OPTIONS]"
    },
    description = {
      "Scores rows with a model, through Apache Beam.",
      "",
      "From a score.yaml, or for the simple case from --model and files. Columns are matched by "
          + "name. The output is published whole or not at all; rows that cannot be scored go to "
          + "the dead letter with file, line and reason, and are counted."
    })
final class ScoreCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(
      arity = "0..*",
      paramLabel = "CONFIG",
      description = "The score.yaml; after \"--\", options of Beam and its runner.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "REF",
      description =
          "bikes@prod, bikes@prod#7 or a bundle file; instead of CONFIG, or of its model.")
  private String model;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "A file or a glob; - is stdin (default); may be repeated.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write; - is stdout (default).")
  private String output;

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description =
          "csv, json (one object a line), parquet, avro; by the file's name if not given.")
  private String inputFormat;

  @Option(
      names = "--output-format",
      paramLabel = "FORMAT",
      description = "csv, json, parquet, avro; by the file's name, or as the input, if not given.")
  private String outputFormat;

  @Option(
      names = "--passthrough",
      paramLabel = "COLUMN",
      split = ",",
      description = "The input columns to pass on; all (default) or none.")
  private List<String> passthrough;

  @Option(names = "--probabilities", description = "Add a column of each class's probability.")
  private boolean probabilities;

  @Option(names = "--release-column", description = "Add the model's release to every row.")
  private boolean release;

  @Option(
      names = "--dead-letter",
      paramLabel = "FILE",
      description = "Where rows go that cannot be scored; without it, one such row fails the run.")
  private String deadLetter;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description = "What runs it: direct (this process, default), flink, spark or dataflow.")
  private String runner;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description = "The Flink cluster to use; without it, flink is one inside this process.")
  private String flinkMaster;

  @Option(
      names = "--spark-master",
      paramLabel = "URL",
      description = "The Spark cluster, as spark://HOST:PORT; without it, one inside this process.")
  private String sparkMaster;

  @Option(
      names = "--no-wait",
      negatable = true,
      description = "Come back once the cluster has taken the job; --wait is the default.")
  private boolean leave;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Stop a run that takes longer, such as 90s, 30m or 1h30m.")
  private Duration timeout;

  @Option(
      names = "--on-interrupt",
      paramLabel = "WHAT",
      defaultValue = "cancel",
      description = "What Ctrl-C does with a cluster's job: ${COMPLETION-CANDIDATES}.")
  private OnInterrupt onInterrupt;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of CONFIG, such as source.config.path=a.csv; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--overwrite", description = "Replace output that is there already.")
  private boolean overwrite;

  @Option(
      names = "--dry-run",
      description = "Check everything, score the first rows into memory, and start nothing.")
  private boolean dryRun;

  /** What becomes of a job that goes on without us. */
  enum OnInterrupt {
    cancel,
    detach
  }

  @Override
  public Integer call() {
    mlctl.startLog();
    ScoreSpec spec = spec();
    RunnerProcess process = new RunnerProcess(mlctl, spec.execution());
    if (!process.isHere()) {
      return process.run(spec);
    }
    if (spec.execution().runner() != Runner.DIRECT) {
      mlctl.startRunLog();
    }
    Waiting waiting =
        new Waiting(!leave, Optional.ofNullable(timeout), onInterrupt == OnInterrupt.cancel);
    Reference reference = Reference.parse(spec.model());
    if (dryRun) {
      DryRunReport report = new ScoreRun(mlctl).check(spec, reference, waiting);
      mlctl.console().result(report.toMap(), () -> ScoreView.text(report));
      return ExitCode.OK;
    }
    ScoreRun.Outcome outcome = new ScoreRun(mlctl).run(spec, reference, waiting);
    if (outcome.summary().isPresent()) {
      print(spec, outcome.summary().get());
    } else {
      Submission submission = outcome.submission();
      mlctl.console().result(submission.toMap(), () -> ScoreView.text(submission));
    }
    return ExitCode.OK;
  }

  private void print(ScoreSpec spec, ScoreSummary summary) {
    Console console = mlctl.console();
    ScoreView view = new ScoreView(summary);
    if (spec.sink().isStdout()) {
      console.resultBeside(summary.toMap(), () -> view.text(console.errStyle()));
    } else {
      console.result(summary.toMap(), () -> view.text(console.style()));
    }
  }

  private ScoreSpec spec() {
    boolean configured = !arguments.isEmpty() && !arguments.get(0).startsWith("--");
    List<String> beam = configured ? arguments.subList(1, arguments.size()) : arguments;
    for (String argument : beam) {
      if (!argument.startsWith("--")) {
        throw Failure.of(FailureKind.USAGE, "unexpected argument \"%s\"", argument)
            .hint("quote a glob: --input 'in/*.csv'");
      }
    }
    ScoreSpec spec = configured ? fromFile(Path.of(arguments.get(0))) : fromFlags();
    Execution execution = spec.execution().with(beam).with(masters());
    execution = runner == null ? execution : execution.on(Runner.named(runner));
    return spec.withExecution(execution).withOverwrite(overwrite);
  }

  private List<String> masters() {
    List<String> options = new ArrayList<>();
    if (flinkMaster != null) {
      options.add("--flinkMaster=" + flinkMaster);
    }
    if (sparkMaster != null) {
      options.add("--sparkMaster=" + sparkMaster);
    }
    return options;
  }

  private ScoreSpec fromFile(Path config) {
    boolean said = !inputs.isEmpty() || output != null || deadLetter != null;
    boolean formed = passthrough != null || probabilities || release;
    if (said || formed || inputFormat != null || outputFormat != null) {
      throw Failure.of(FailureKind.USAGE, "CONFIG already says what to read and write")
          .hint("override it: --set source.config.path=FILE --set sink.config.path=FILE");
    }
    List<String> all = new ArrayList<>(overrides);
    if (model != null) {
      all.add("model=\"" + model + "\"");
    }
    return ScoreSpec.from(
        ConfigFile.read(config, ScoreSpec.SHAPE, all, mlctl.terminal().environment()::get),
        Folder.of(config));
  }

  private ScoreSpec fromFlags() {
    Mlctl.requireConfig(overrides);
    if (model == null) {
      throw Failure.of(FailureKind.USAGE, "score needs either CONFIG or --model")
          .hint("mlctl score score.yaml, or mlctl score --model bikes@prod < in.csv > out.csv");
    }
    ScoreSpec spec =
        ScoreSpec.simple(
            model,
            inputs.isEmpty() ? List.of("-") : inputs,
            output == null ? "-" : output,
            Optional.ofNullable(inputFormat).map(RowFormat::named),
            Optional.ofNullable(outputFormat).map(RowFormat::named));
    spec =
        spec.withOutput(
            new OutputColumns(
                passedOn(), OutputColumns.DEFAULT.prediction(), probabilities, release));
    return deadLetter == null
        ? spec
        : spec.withDeadLetter(
            new DeadLetter(new ScoreSink(RowFormat.JSON, deadLetter, CsvOptions.DEFAULT), 1));
  }

  /** The columns to pass on: empty for all, as when nothing is said. */
  private Optional<List<String>> passedOn() {
    if (passthrough == null || passthrough.equals(List.of("all"))) {
      return Optional.empty();
    }
    return Optional.of(passthrough.equals(List.of("none")) ? List.of() : passthrough);
  }
}
