package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.release.Pruning;
import dev.mlctl.release.Registry;
import dev.mlctl.release.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged program looks after a registry: verify, prune, and what monitor condemned. */
class UpkeepIT {
  @TempDir Path directory;

  static List<Transcript> runs() throws IOException {
    return Transcript.read("upkeep.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void goes_as_written(Transcript run) throws IOException {
    run.check(directory);
  }

  @Test
  void a_bundle_condemned_a_month_ago_is_deleted_and_can_be_told_from_one_in_use()
      throws IOException {
    Toy.copyTo(directory);
    Path blobs = directory.resolve(".mlctl/registry/blobs/sha256");
    String unused = "0".repeat(64);
    Files.write(blobs.resolve(unused), new byte[2048]);
    Registry registry = Registry.open(directory.resolve(".mlctl/registry"));
    Clock monthAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-31));
    new Pruning(registry, new Who("ada", "box", ""), monthAgo, new SecureRandom())
        .prune(Duration.ofDays(30), false);
    assertTrue(Files.exists(blobs.resolve(unused)), "the first run deletes nothing");
    Program.Result pruned = Program.in(directory).run("prune").exits(0).says("");
    assertTrue(
        pruned.out().endsWith("\ndeleted: 1 bundle (2.0 KiB); condemned: 0; in use: 1\n"),
        pruned::toString);
    assertTrue(Files.notExists(blobs.resolve(unused)));
    Program.in(directory).run("verify").exits(0).says("");
  }
}
