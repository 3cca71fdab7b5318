package dev.mlctl.score;

import dev.mlctl.config.CsvSettings;
import dev.mlctl.config.Settings;
import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.TimeWindow;
import dev.mlctl.error.Failure;
import dev.mlctl.error.Problem;
import dev.mlctl.format.ColumnCompression;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the sections of a score.yaml, adding what a shape cannot see to a list of problems. */
final class SpecReader {
  private final Path directory;
  private final List<Problem> problems;

  SpecReader(Path directory, List<Problem> problems) {
    this.directory = directory;
    this.problems = problems;
  }

  ScoreSource source(Settings source) {
    Settings config = source.config();
    List<String> given = config.texts("path");
    if (given.isEmpty()) {
      problems.add(config.problem("path", "the list of paths is empty"));
    } else if (given.size() > 1 && given.contains(ScoreSource.STANDARD_STREAM)) {
      problems.add(config.problem("path", "- for standard input must stand alone"));
    }
    List<String> paths = given.stream().map(path -> resolved(config, "path", path)).toList();
    return source.type().equals(ScoreShape.READ_CSV)
        ? new ScoreSource(
            RowFormat.CSV,
            paths,
            options(CsvSettings.source(config, problems)),
            Set.copyOf(config.texts("null_values")))
        : new ScoreSource(ScoreShape.read(source.type()), paths, CsvOptions.DEFAULT, Set.of());
  }

  /** The sink of the scored rows. */
  ScoreSink output(Settings sink) {
    Settings config = sink.config();
    ScoreSink file = sink(sink, true);
    return new ScoreSink(
        file.format(),
        file.path(),
        file.csvOptions(),
        file.format().isText() ? compression(config) : Compression.NONE,
        file.format().isText() ? ColumnCompression.SNAPPY : columnCompression(config),
        config.integer("shards"),
        config.bool("manifest"));
  }

  private Compression compression(Settings config) {
    return switch (config.text("compression")) {
      case "gzip" -> Compression.GZIP;
      case "zstd" -> Compression.ZSTD;
      case "none" -> Compression.NONE;
      default -> ScoreSpec.compression(config.text("path"));
    };
  }

  private static ColumnCompression columnCompression(Settings config) {
    return switch (config.text("compression")) {
      case "gzip" -> ColumnCompression.GZIP;
      case "zstd" -> ColumnCompression.ZSTD;
      case "none" -> ColumnCompression.NONE;
      default -> ColumnCompression.SNAPPY;
    };
  }

  /** The sink of the dead letter. */
  ScoreSink deadLetter(Settings sink) {
    return sink(sink, false);
  }

  private ScoreSink sink(Settings sink, boolean mayBeDirectory) {
    Settings config = sink.config();
    String given = config.text("path");
    boolean directory = given.endsWith("/");
    String resolved = resolved(config, "path", given);
    String path = directory && !resolved.endsWith("/") ? resolved + "/" : resolved;
    if ((directory && !mayBeDirectory) || given.contains("*") || given.matches("/+")) {
      problems.add(
          config.problem("path", "expected the path of one file, found \"" + given + "\""));
    }
    RowFormat format = ScoreShape.written(sink.type());
    return new ScoreSink(
        format,
        path,
        format == RowFormat.CSV ? options(CsvSettings.sink(config, problems)) : CsvOptions.DEFAULT);
  }

  Execution execution(Settings settings) {
    Runner runner = Runner.DIRECT;
    try {
      runner = Runner.named(settings.text("runner"));
    } catch (Failure e) {
      e.problems().forEach(problem -> problems.add(problem.at(settings.at("runner"))));
    }
    List<String> options = new ArrayList<>();
    settings.scalars("options").forEach((name, value) -> options.add("--" + name + "=" + value));
    return new Execution(runner, options, secrets(settings), shared(settings));
  }

  /** The names of options that were filled in: they are shown as the file has them. */
  private static Set<String> secrets(Settings settings) {
    Set<String> names = new HashSet<>();
    Map<?, ?> asGiven = (Map<?, ?>) settings.toMap().getOrDefault("options", Map.of());
    asGiven.forEach(
        (name, value) -> {
          if (String.valueOf(value).contains("${")) {
            names.add(BeamArguments.name("--" + name));
          }
        });
    return names;
  }

  private List<String> shared(Settings settings) {
    return settings.texts("shared").stream()
        .map(path -> resolved(settings, "shared", path))
        .toList();
  }

  Profiling profiling(Settings settings) {
    if (!settings.isSection("profile")) {
      return settings.bool("profile") ? Profiling.ON : Profiling.OFF;
    }
    Settings profile = settings.section("profile");
    List<String> slices = profile.texts("slices");
    if (slices.size() > Profiling.MOST_SLICED || Set.copyOf(slices).size() < slices.size()) {
      problems.add(
          profile.problem(
              "slices", "expected at most " + Profiling.MOST_SLICED + " different columns"));
      return Profiling.ON;
    }
    if (!profile.has("time")) {
      if (profile.has("window")) {
        problems.add(profile.problem("window", "a window needs profile.time, a column of times"));
      }
      return new Profiling(true, "", null, slices);
    }
    String window = profile.has("window") ? profile.text("window") : "P1D";
    if (profile.text("time").isEmpty()) {
      problems.add(profile.problem("time", "expected the name of a column"));
      return Profiling.ON;
    }
    try {
      return new Profiling(true, profile.text("time"), TimeWindow.parse(window), slices);
    } catch (IllegalArgumentException e) {
      problems.add(
          profile
              .problem("window", "\"" + window + "\" is not a window of time")
              .hint("as ISO 8601 writes durations: PT1H, P1D, P7D, P1M"));
      return Profiling.ON;
    }
  }

  OutputColumns columns(Settings output) {
    Optional<List<String>> passthrough = Optional.empty();
    if (output.isList("passthrough")) {
      passthrough = Optional.of(output.texts("passthrough"));
    } else if (output.text("passthrough").equals("none")) {
      passthrough = Optional.of(List.of());
    }
    return new OutputColumns(
        passthrough,
        output.text("prediction"),
        output.bool("probabilities"),
        output.bool("release"),
        output.bool("challenger"));
  }

  private String resolved(Settings config, String key, String path) {
    if (path.equals(ScoreSource.STANDARD_STREAM)) {
      return path;
    }
    if (RemoteScheme.schemeOf(path).isPresent()) {
      try {
        RemoteScheme.requireKnown(path);
      } catch (Failure e) {
        e.problems().forEach(problem -> problems.add(problem.at(config.at(key))));
      }
      return path;
    }
    try {
      return directory.resolve(path).toString();
    } catch (InvalidPathException e) {
      problems.add(config.problem(key, "\"" + path + "\" is not a path"));
      return path;
    }
  }

  private static CsvOptions options(CsvSettings csv) {
    return new CsvOptions(csv.delimiter(), csv.quote(), csv.comment(), csv.columns());
  }
}
