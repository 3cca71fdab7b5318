package dev.mlctl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exit code that a command can end with, and what it says then.
 *
 * <p>Not reached here, because no command line can: 1 (a bug in mlctl). {@code FailingCallsIT} has
 * more of 8 and 9.
 */
class ExitCodesIT {
  @TempDir Path directory;

  static List<Transcript> runs() throws IOException {
    return Transcript.read("exit-codes.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void ends_as_written(Transcript run) throws IOException {
    run.check(directory);
  }
}
