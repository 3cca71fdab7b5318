package dev.mlctl.score;

import dev.mlctl.config.Settings;
import dev.mlctl.data.TextFormat;
import dev.mlctl.error.Failure;
import dev.mlctl.error.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
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
    List<String> paths = given.stream().map(path -> resolved(config, path)).toList();
    return source.type().equals(ScoreShape.READ_CSV)
        ? new ScoreSource(
            TextFormat.CSV, paths, delimiter(config), Set.copyOf(config.texts("null_values")))
        : new ScoreSource(TextFormat.JSON_LINES, paths, ',', Set.of());
  }

  ScoreSink sink(Settings sink) {
    Settings config = sink.config();
    String given = config.text("path");
    String path = resolved(config, given);
    if (given.endsWith("/") || given.contains("*")) {
      problems.add(
          config.problem("path", "expected the path of one file, found \"" + given + "\""));
    }
    return sink.type().equals(ScoreShape.WRITE_CSV)
        ? new ScoreSink(TextFormat.CSV, path, delimiter(config))
        : new ScoreSink(TextFormat.JSON_LINES, path, ',');
  }

  String runner(Settings settings) {
    try {
      return ScoreSpec.runnerNamed(settings.text("runner"));
    } catch (Failure e) {
      e.problems().forEach(problem -> problems.add(problem.at(settings.at("runner"))));
      return ScoreSpec.DIRECT;
    }
  }

  OutputColumns output(Settings output) {
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
        output.bool("release"));
  }

  private String resolved(Settings config, String path) {
    if (path.equals(ScoreSource.STANDARD_STREAM)) {
      return path;
    }
    if (path.matches("[a-z][a-z0-9+.]+://.*")) {
      problems.add(
          config.problem("path", "\"" + path + "\": this version reads and writes local files"));
      return path;
    }
    try {
      return directory.resolve(path).toString();
    } catch (InvalidPathException e) {
      problems.add(config.problem("path", "\"" + path + "\" is not a path"));
      return path;
    }
  }

  private char delimiter(Settings config) {
    String text = config.text("delimiter");
    if (text.length() != 1 || text.charAt(0) > 126 || "\"\r\n".contains(text)) {
      problems.add(
          config
              .problem("delimiter", "\"" + text + "\" is not a delimiter")
              .hint(
                  "one ASCII character other than a quote or a line end, such as \";\" or \"\\t\""));
      return ',';
    }
    return text.charAt(0);
  }
}
