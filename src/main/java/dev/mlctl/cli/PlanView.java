package dev.mlctl.cli;

import dev.mlctl.score.Forecast;
import dev.mlctl.score.InputMeasure;
import dev.mlctl.score.RunnerForecast;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** How a plan looks to a person. */
record PlanView(Forecast forecast) {
  private static final int WIDTH = 80;
  private static final String MARGIN = " ".repeat(9);
  private static final double PERCENT = 100;

  String text(Style style) {
    StringBuilder text = new StringBuilder();
    text.append("model:   %s\n".formatted(forecast.model()));
    text.append("input:   %s\n".formatted(input(forecast.input())));
    text.append(
        "speed:   %s rows/s on %d thread%s of this machine\n\n"
            .formatted(
                Numbers.count(Math.round(forecast.sample().rowsPerSecond())),
                forecast.sample().threads(),
                forecast.sample().threads() == 1 ? "" : "s"));
    text.append(table().render(style)).append('\n');
    text.append(
        wrapped(
            "advice:  ",
            style.bold(forecast.advice().runner()) + ": " + forecast.advice().reason()));
    text.append("\nWhere the figures come from:\n");
    for (Map.Entry<String, String> source : forecast.sources().entrySet()) {
      text.append(wrapped("%-9s".formatted(source.getKey()), source.getValue()));
    }
    return text.toString();
  }

  private static String input(InputMeasure input) {
    String rejected =
        input.rejected() == 0
            ? ""
            : String.format(Locale.ROOT, ", %.2g %% rejected", PERCENT * input.rejected());
    return "%s%s, %d columns, %s in %s%s"
        .formatted(
            input.counted() ? "" : "about ",
            Numbers.rows(input.rows()),
            input.columns(),
            Numbers.bytes(input.bytes()),
            input.files() == 1 ? "1 file" : Numbers.count(input.files()) + " files",
            rejected);
  }

  private Table table() {
    Table table = new Table("RUNNER", ">WORKERS", ">TIME", ">MEMORY", ">COST", "NOTE");
    for (RunnerForecast runner : forecast.runners()) {
      table.row(
          runner.runner(),
          runner.workers() + " x " + runner.vcpus() + " vCPU",
          time(runner.time()),
          Numbers.bytes(runner.memory()),
          cost(runner.cost()),
          note(runner));
    }
    return table;
  }

  private String cost(double cost) {
    String amount = cost == 0 ? "0" : String.format(Locale.ROOT, cost < 1 ? "%.4f" : "%.2f", cost);
    return amount + " " + forecast.prices().currency();
  }

  private static String note(RunnerForecast runner) {
    return !runner.fits() ? "too little memory" : runner.installed() ? "" : "not installed";
  }

  /** A time in the two units that matter. */
  static String time(Duration time) {
    double seconds = time.toMillis() / 1e3;
    if (seconds < 60) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  /** A text behind a heading, with line breaks where a terminal ends. */
  private static String wrapped(String heading, String content) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(heading);
    for (String word : content.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(MARGIN);
      }
      line.append(word).append(' ');
    }
    return text.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
