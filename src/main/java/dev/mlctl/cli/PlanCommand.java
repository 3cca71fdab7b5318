package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Reference;
import dev.mlctl.score.Forecast;
import dev.mlctl.score.PriceTable;
import dev.mlctl.score.ScoreSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code mlctl plan}. */
@Command(
    name = "plan",
    customSynopsis = "mlctl plan CONFIG [OPTIONS]",
    description = {
      "Tells what a score.yaml would take on each runner: time, memory and cost.",
      "",
      "Measures the input, scores a sample of it here (a few seconds; nothing is written), and "
          + "advises a runner. Where each figure comes from is shown: measured here, from the table "
          + "of prices, or assumed."
    })
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private Mlctl mlctl;

  @Parameters(paramLabel = "CONFIG", description = "The score.yaml.")
  private Path config;

  @Option(
      names = "--model",
      paramLabel = "REF",
      description = "bikes@prod, bikes@prod#7 or a bundle file, instead of CONFIG's model.")
  private String model;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of CONFIG, such as source.config.path=a.csv; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many workers an engine has; the table of prices says it if not given.")
  private Integer workers;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Advise the cheapest runner that takes no longer, such as 90s, 30m or 2h.")
  private Duration within;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "A prices.yaml in the place of the one that is part of mlctl.")
  private Path prices;

  @Override
  public Integer call() {
    PlanRun run = new PlanRun(mlctl);
    mlctl.startLog();
    OptionalInt count = workers();
    PriceTable table = table();
    ScoreSpec spec = spec();
    Forecast forecast =
        run.planning(spec, Reference.parse(spec.model()), table)
            .forecast(count, Optional.ofNullable(within));
    Console console = mlctl.console();
    console.result(forecast.toMap(), () -> new PlanView(forecast).text(console.style()));
    return ExitCode.OK;
  }

  private OptionalInt workers() {
    if (workers == null) {
      return OptionalInt.empty();
    }
    if (workers < 1 || workers > PriceTable.MOST_WORKERS) {
      throw Failure.of(
          FailureKind.USAGE,
          "--workers %d is not a number from 1 to %d",
          workers,
          PriceTable.MOST_WORKERS);
    }
    return OptionalInt.of(workers);
  }

  private PriceTable table() {
    return prices == null
        ? PriceTable.standard()
        : PriceTable.from(
            ConfigFile.read(
                prices, PriceTable.SHAPE, List.of(), mlctl.terminal().environment()::get));
  }

  private ScoreSpec spec() {
    List<String> all = new ArrayList<>(overrides);
    if (model != null) {
      all.add("model=\"" + model + "\"");
    }
    return ScoreSpec.from(
        ConfigFile.read(config, ScoreSpec.SHAPE, all, mlctl.terminal().environment()::get),
        Folder.of(config));
  }
}
