package dev.mlctl.train;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Specs and cases for the tests of this room. */
final class Specs {
  static final Path BIKES = Path.of("examples/bikes/data/bike-sharing-hour.csv");
  static final Path INCOME = Path.of("examples/income/data/adult-train.csv");
  static final Path INCOME_TEST = Path.of("examples/income/data/adult-test.csv");

  private Specs() {}

  static TrainSpec parse(String yaml, Path directory, String... overrides) {
    return TrainSpec.from(
        ConfigFile.parse(
            "train.yaml", yaml, TrainSpec.SHAPE, List.of(overrides), name -> null, directory),
        directory);
  }

  /** A file with the keys every spec needs, then more. */
  static String yaml(Path data, String target, String more) {
    return "model: m\nsource: {type: ReadFromCsv, config: {path: \""
        + data.toString().replace("\\", "/")
        + "\"}}\ntarget: \""
        + target
        + "\"\n"
        + more
        + "\n";
  }

  static Training.Environment environment() {
    return new Training.Environment("0.1.0", "", null, () -> 0);
  }

  @SuppressWarnings("unchecked") // the files are the tests' own
  static Stream<Map<String, Object>> cases(String resource, String list) throws IOException {
    try (InputStream in = Specs.class.getResourceAsStream(resource)) {
      Map<String, Object> file = Json.readObject(resource, in.readAllBytes());
      return ((List<Map<String, Object>>) file.get(list)).stream();
    }
  }
}
