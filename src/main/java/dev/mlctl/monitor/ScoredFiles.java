package dev.mlctl.monitor;

import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.Profile;
import dev.mlctl.data.RowFile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that a run wrote its predictions to, as its record names them. */
final class ScoredFiles {
  private ScoredFiles() {}

  /** The column of predictions: {@code output.prediction}, or as score names it by default. */
  static String predictionColumn(RunRecord run) {
    return run.output().get("prediction") instanceof String name ? name : Profile.PREDICTION;
  }

  /**
   * The files in the order written: those of {@code sink.files} (texts, or maps with a {@code
   * path}), or else the one of {@code sink.path}.
   */
  static List<RowFile> of(RunRecord run) {
    Map<?, ?> sink = settings(run.sink());
    if (sink.get("files") instanceof List<?> files && !files.isEmpty()) {
      return files.stream().map(file -> file(path(run, file), run.sink())).toList();
    }
    return List.of(file(path(run, sink), run.sink()));
  }

  private static RowFile file(String path, Map<?, ?> sink) {
    boolean writesJson = sink.get("type") instanceof String type && type.endsWith("Json");
    boolean json = writesJson || RowFile.isJson(path);
    return new RowFile(Path.of(path), csv(path, settings(sink)), json, "the predictions");
  }

  /** What the path tells, unless the sink says otherwise. */
  private static CsvOptions csv(String path, Map<?, ?> sink) {
    CsvOptions told = RowFile.csv(path);
    char delimiter = character(sink.get("delimiter"), told.delimiter());
    char quote = character(sink.get("quote"), told.quote());
    return delimiter == quote ? told : new CsvOptions(delimiter, quote, CsvOptions.NONE, List.of());
  }

  private static char character(Object given, char otherwise) {
    return given instanceof String text && text.matches("[\\p{ASCII}&&[^\r\n+.0-9Ee-]]")
        ? text.charAt(0)
        : otherwise;
  }

  /** A sink's settings stand in it, or under {@code config} as in score.yaml. */
  private static Map<?, ?> settings(Map<?, ?> sink) {
    return sink.get("config") instanceof Map<?, ?> config && !sink.containsKey("path")
        ? config
        : sink;
  }

  private static String path(RunRecord run, Object file) {
    Object path = file instanceof Map<?, ?> map ? map.get("path") : file;
    if (path instanceof String text && !text.isEmpty() && !text.equals("-")) {
      return text;
    }
    throw Failure.of(
            FailureKind.INPUT,
            "cannot compare run %s with labels: its predictions did not go to a file",
            run.id())
        .hint("score into a CSV or JSON file, with the key among the passthrough columns");
  }
}
