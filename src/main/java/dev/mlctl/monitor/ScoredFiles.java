package dev.mlctl.monitor;

import dev.mlctl.config.Json;
import dev.mlctl.data.CsvOptions;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.format.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files that a run wrote its predictions to, as its record names them. */
final class ScoredFiles {
  private static final String MANIFEST = "manifest.json";

  private ScoredFiles() {}

  /** The column of predictions: {@code output.prediction}, or as score names it by default. */
  static String predictionColumn(RunRecord run) {
    return run.output().get("prediction") instanceof String name ? name : Profile.PREDICTION;
  }

  /**
   * The files in the order written: those of {@code sink.files} (texts, or maps with a {@code
   * path}), or else the one of {@code sink.path}, which may be a directory with a manifest.
   *
   * @throws Failure of kind INPUT when the run's predictions are not in files, or nothing tells in
   *     which
   */
  static List<RowFile> of(RunRecord run) {
    Map<?, ?> sink = settings(run.sink());
    if (sink.get("files") instanceof List<?> files && !files.isEmpty()) {
      return files.stream().map(file -> file(path(run, file), run.sink())).toList();
    }
    String path = path(run, sink);
    if (!Files.isDirectory(Path.of(path))) {
      return List.of(file(path, run.sink()));
    }
    return shards(Path.of(path)).stream().map(shard -> file(shard, run.sink())).toList();
  }

  /** The files of a directory as its manifest lists them. */
  private static List<String> shards(Path directory) {
    Path manifest = directory.resolve(MANIFEST);
    try {
      Object files =
          Json.readObject(manifest.toString(), Files.readAllBytes(manifest)).get("files");
      List<String> shards = new ArrayList<>();
      for (Object file : files instanceof List<?> list ? list : List.of()) {
        if (file instanceof Map<?, ?> entry && entry.get("path") instanceof String name) {
          shards.add(directory.resolve(name).toString());
        }
      }
      return shards;
    } catch (IOException e) {
      throw Failure.of(FailureKind.INPUT, "cannot tell which files hold the predictions")
          .at(manifest.toString())
          .hint("score writes this file into every directory it makes: score again")
          .causedBy(e);
    }
  }

  private static RowFile file(String path, Map<?, ?> sink) {
    RowFile.Format format = RowFile.Format.of(sink.get("type") instanceof String t ? t : path);
    return new RowFile(Path.of(path), format, csv(path, settings(sink)), "the predictions");
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
        .hint("score into a file, with the key among the passthrough columns");
  }
}
