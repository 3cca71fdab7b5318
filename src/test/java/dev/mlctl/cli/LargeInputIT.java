package dev.mlctl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Input without bounds and storage that goes away: a clear error each, and nothing is lost. */
class LargeInputIT {
  @TempDir Path directory;

  static List<Transcript> runs() throws IOException {
    return Transcript.read("large-input.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void ends_as_written_and_loses_nothing(Transcript run) throws IOException {
    run.check(directory);
  }
}
