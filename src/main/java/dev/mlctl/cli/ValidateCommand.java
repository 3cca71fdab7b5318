package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Json;
import dev.mlctl.config.JsonSchema;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.score.PriceTable;
import dev.mlctl.score.ScoreSpec;
import dev.mlctl.train.TrainSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl validate}. */
@Command(
    name = "validate",
    customSynopsis = "mlctl validate FILE...|--schema=KIND [OPTIONS]",
    description = {
      "Checks configuration files and prints every fault with line and column.",
      "",
      "What a file is for (train, score, monitor, prices or mlctl.yaml) is told by its keys. With --schema, "
          + "prints the JSON Schema of a kind of file, for editors."
    })
final class ValidateCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "The files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--schema",
      paramLabel = "KIND",
      description = "Print the schema of ${COMPLETION-CANDIDATES}.")
  private Kind schema;

  /** The kinds of file. */
  enum Kind {
    train,
    score,
    monitor,
    prices,
    mlctl;

    private Shape shape() {
      return switch (this) {
        case train -> TrainSpec.SHAPE;
        case score -> ScoreSpec.SHAPE;
        case monitor -> MonitorSpec.SHAPE;
        case prices -> PriceTable.SHAPE;
        case mlctl -> Defaults.SHAPE;
      };
    }
  }

  private record Checked(Path file, Kind kind, List<Problem> problems) {}

  @Override
  public Integer call() {
    if (schema != null) {
      mlctl.console().data(Json.pretty(JsonSchema.of(schema + ".yaml of mlctl", schema.shape())));
      return ExitCode.OK;
    }
    if (files.isEmpty()) {
      throw Failure.of(FailureKind.USAGE, "validate needs at least one FILE, or --schema");
    }
    List<Checked> all = files.stream().map(this::check).toList();
    List<Problem> problems = all.stream().flatMap(c -> c.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    Map<String, Object> kinds = new LinkedHashMap<>();
    all.forEach(c -> kinds.put(c.file().toString(), c.kind().name()));
    map.put("files", kinds);
    mlctl.console().result(map, () -> text(all));
    return ExitCode.OK;
  }

  /** The kind with the fewest faults is what the file was meant to be. */
  private Checked check(Path file) {
    List<Checked> tried = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      tried.add(
          new Checked(
              file,
              kind,
              ConfigFile.check(file, kind.shape(), mlctl.terminal().environment()::get)));
    }
    Checked nearest =
        tried.stream().min(Comparator.comparingInt(c -> c.problems().size())).orElseThrow();
    return nearest.kind() == Kind.monitor && nearest.problems().isEmpty()
        ? new Checked(file, Kind.monitor, beyondShape(file))
        : nearest;
  }

  /** What the shape of a monitor.yaml cannot see, such as a webhook that is no https. */
  private List<Problem> beyondShape(Path file) {
    try {
      MonitorSpec.from(
          ConfigFile.read(file, MonitorSpec.SHAPE, List.of(), mlctl.terminal().environment()::get),
          Folder.of(file));
      return List.of();
    } catch (Failure e) {
      return e.problems();
    }
  }

  private static String text(List<Checked> all) {
    StringBuilder text = new StringBuilder();
    all.forEach(c -> text.append(c.file() + ": a valid " + c.kind() + ".yaml\n"));
    return text.toString();
  }
}
