package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Reference;
import dev.mlctl.score.DeadLetter;
import dev.mlctl.score.OutputColumns;
import dev.mlctl.score.RowFormat;
import dev.mlctl.score.ScoreSink;
import dev.mlctl.score.ScoreSpec;
import dev.mlctl.score.ScoreSummary;
import java.nio.file.Path;
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

  @Option(names = "--runner", paramLabel = "NAME", description = "What runs it: direct.")
  private String runner;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of CONFIG, such as source.config.path=a.csv; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--overwrite", description = "Replace output that is there already.")
  private boolean overwrite;

  @Override
  public Integer call() {
    mlctl.startLog();
    ScoreSpec spec = spec();
    Console console = mlctl.console();
    ScoreSummary summary = new ScoreRun(mlctl).run(spec, Reference.parse(spec.model()));
    ScoreView view = new ScoreView(summary);
    if (spec.sink().isStdout()) {
      console.resultBeside(summary.toMap(), () -> view.text(console.errStyle()));
    } else {
      console.result(summary.toMap(), () -> view.text(console.style()));
    }
    return ExitCode.OK;
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
    spec = runner == null ? spec : spec.withRunner(runner);
    return spec.withOptions(beam).withOverwrite(overwrite);
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
