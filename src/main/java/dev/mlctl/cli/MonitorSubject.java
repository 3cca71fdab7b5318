package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.monitor.LabelSource;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.RunSelection;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code mlctl monitor} judges, by its file and its options. */
final class MonitorSubject {
  @Parameters(
      paramLabel = "CONFIG|REF",
      description = "A monitor.yaml, or bikes@prod with the default thresholds.")
  private String subject;

  @Option(names = "--labels", paramLabel = "FILE", description = "The truth, CSV or JSON lines.")
  private Path labels;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "With --labels: the column that names a row, there and in the output.")
  private String key;

  @Option(names = "--last", paramLabel = "N", description = "Judge the newest N runs (default: 1).")
  private Integer last;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Judge runs since a time (2026-01-31T00:00:00Z) or of a duration (P7D).")
  private String since;

  @Option(names = "--run", paramLabel = "ID", description = "Judge this run; may be repeated.")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of CONFIG; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  /** Reads the file, if there is one, as it is now. */
  MonitorSpec spec(Map<String, String> environment) {
    if (!isFile(subject)) {
      Mlctl.requireConfig(overrides);
    }
    MonitorSpec spec =
        isFile(subject)
            ? MonitorSpec.from(
                ConfigFile.read(Path.of(subject), MonitorSpec.SHAPE, overrides, environment::get),
                Folder.of(Path.of(subject)))
            : MonitorSpec.defaults(subject);
    if ((labels == null) != (key == null)) {
      throw Failure.of(FailureKind.USAGE, "--labels and --key go together")
          .hint("the key is a column of the labels that the output passes through");
    }
    spec = labels == null ? spec : spec.withLabels(new LabelSource(labels, key, Optional.empty()));
    Optional<RunSelection> selection = selection();
    return selection.isPresent() ? spec.withRuns(selection.get()) : spec;
  }

  private static boolean isFile(String text) {
    return text.endsWith(".yaml") || text.endsWith(".yml");
  }

  private Optional<RunSelection> selection() {
    if ((last == null ? 0 : 1) + (since == null ? 0 : 1) + (runs.isEmpty() ? 0 : 1) > 1) {
      throw Failure.of(FailureKind.USAGE, "give one of --last, --since and --run");
    }
    try {
      if (last != null) {
        return Optional.of(new RunSelection.Last(last));
      }
      if (since != null) {
        return Optional.of(MonitorSpec.since(since));
      }
      return runs.isEmpty() ? Optional.empty() : Optional.of(new RunSelection.Named(runs));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw Failure.of(FailureKind.USAGE, "cannot choose runs: %s", e.getMessage()).causedBy(e);
    }
  }
}
