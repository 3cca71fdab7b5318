package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.config.Json;
import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Registry;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedRelease;
import dev.mlctl.release.Runs;
import dev.mlctl.release.TrustPolicy;
import dev.mlctl.release.Who;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model whose last run saw what it was not trained on, in a registry of its own; made and
 * monitored in this JVM, through the entry the shell uses.
 */
final class DriftedToy {
  /** A feature whose name every other format has to escape. */
  static final String FEATURE = "si\"ze\\<&>";

  static final String SECRET = "hunter2-hunter2";

  private static final int ROWS = 1200;

  private final Path directory;
  private final Random random = new Random(7);

  private DriftedToy(Path directory) {
    this.directory = directory;
  }

  /** What a command line came to. */
  record Result(int exit, String out, String err) {
    Map<String, Object> json() {
      return Json.readObject("stdout", out.getBytes(StandardCharsets.UTF_8));
    }

    /** The actions' results by type, when there is one of each. */
    Map<?, ?> action(String type) {
      return ((List<?>) json().get("actions"))
          .stream()
              .map(result -> (Map<?, ?>) result)
              .filter(result -> result.get("type").equals(type))
              .findFirst()
              .orElseThrow(() -> new AssertionError(this));
    }
  }

  /** Makes it in an empty directory. */
  static DriftedToy in(Path directory) throws IOException {
    DriftedToy toy = new DriftedToy(directory);
    StringBuilder csv = new StringBuilder("\"si\"\"ze\\<&>\",price\n");
    for (int row = 0; row < ROWS; row++) {
      int size = row % 40;
      csv.append(size).append(',').append(size < 20 ? 10 : 30).append('\n');
    }
    Files.writeString(directory.resolve("train.csv"), csv);
    toy.run(
            "train --target price --algorithm decision_tree --model toy --deploy-to prod"
                + (" --data " + directory.resolve("train.csv"))
                + (" -o " + directory.resolve("run")))
        .exits(ExitCode.OK);
    toy.scored(true);
    return toy;
  }

  /** Leaves the record of a run that saw the training rows, or nothing but great values. */
  void scored(boolean drifted) {
    Instant now = Instant.now();
    Releases releases =
        new Releases(
            Registry.open(directory.resolve("registry").toString(), Map.of()),
            new Who("ada", "laptop", ""),
            Clock.systemUTC(),
            random,
            TrustPolicy.NONE);
    ResolvedRelease current = releases.resolve(Reference.parse("toy@prod"));
    Profile baseline = BundleView.parse("toy", current.bundle()).baseline();
    Map<String, Object> profile = ProfileJson.toMap(baseline);
    if (drifted) {
      ((List<?>) profile.get("features")).forEach(DriftedToy::drift);
      ((List<?>) profile.get("outputs")).forEach(DriftedToy::drift);
    }
    String id = Runs.newId(now, random);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("id", id);
    run.put("digest", current.digest());
    run.put("started", now.minusSeconds(2).toString());
    run.put("finished", now.minusSeconds(1).toString());
    run.put("status", "succeeded");
    run.put("rows_in", baseline.rows());
    run.put("rows_rejected", 0L);
    run.put("profile", profile);
    releases.runs("toy", "prod").put(id, Json.write(run).getBytes(StandardCharsets.UTF_8));
  }

  /** Everything is in the last bin. */
  private static void drift(Object column) {
    @SuppressWarnings("unchecked") // as ProfileJson makes it
    Map<String, Object> map = (Map<String, Object>) column;
    List<?> counts = (List<?>) map.get("counts");
    long rows = counts.stream().mapToLong(count -> ((Number) count).longValue()).sum();
    List<Long> moved = new ArrayList<>(Collections.nCopies(counts.size(), 0L));
    moved.set(counts.size() - 1, rows);
    map.put("counts", moved);
  }

  /** Writes a monitor.yaml; {@code actions} are the lines below that key, two spaces in. */
  Path monitorYaml(String actions) throws IOException {
    return Files.writeString(
        directory.resolve("monitor.yaml"), "model: toy@prod\nactions:\n" + actions);
  }

  Path resolve(String name) {
    return directory.resolve(name);
  }

  Checked run(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--registry", directory.resolve("registry").toString()));
    return run(words);
  }

  Checked run(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(out, err);
    int exit = Mlctl.run(terminal, words.toArray(String[]::new));
    return new Checked(
        new Result(
            exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)));
  }

  static Terminal terminal(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return Terminal.of(
        InputStream.nullInputStream(),
        out,
        err,
        "",
        Map.of("TOKEN", SECRET, "HOME", "/nonexistent"));
  }

  /** A result whose exit code is still to be looked at. */
  record Checked(Result result) {
    Result exits(int code) {
      assertEquals(code, result.exit(), result::toString);
      return result;
    }
  }
}
