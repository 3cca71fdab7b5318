package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs of score on engines, in a directory filled by {@link EngineInputs}. */
final class EngineRun {
  private static final long SECONDS = 180;
  private static final long POLL_NANOS = 200_000;
  private static final Pattern RESULT = Pattern.compile("result-[0-9]+\\.json");

  private final Path directory;
  private final Path out;
  private final Path temporary;

  EngineRun(Path directory) throws IOException {
    this.directory = directory;
    this.out = Files.createDirectories(directory.resolve("out"));
    this.temporary = Files.createDirectories(directory.resolve("tmp"));
  }

  /** The program, with a place of its own for temporary files. */
  Program program() {
    return Program.in(directory)
        .with("MLCTL_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary)
        .with("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
  }

  /**
   * What a run came to.
   *
   * @param summary what it printed
   * @param files what it published, by name, with their digests
   */
  record Output(Map<String, Object> summary, Map<String, String> files) {}

  /** Runs a configuration to its end and takes its files away. */
  Output score(Engines engine, String name) throws IOException {
    return taken(program().run(engine.with("score", name + ".yaml", "--format=json")));
  }

  /** A run that is going on, and where what it prints goes. */
  record Background(String command, Process process, Path out, Path err) {
    /** Waits for its end. */
    Program.Result end() throws IOException, InterruptedException {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        fail(command + " did not end in " + SECONDS + " s");
      }
      return new Program.Result(
          command, process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** Starts a run and comes back at once. */
  Background start(String... arguments) {
    Path stdout = directory.resolve("stdout.txt");
    Path stderr = directory.resolve("stderr.txt");
    return new Background(
        String.join(" ", arguments), program().start(stdout, stderr, arguments), stdout, stderr);
  }

  /** The outcome of a run that is over. */
  Output taken(Program.Result result) throws IOException {
    byte[] json = result.exits(0).out().getBytes(StandardCharsets.UTF_8);
    return new Output(Json.readObject("summary", json), take());
  }

  /** What lies in the directory of outputs, by name, with digests; it is gone then. */
  Map<String, String> take() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(out)) {
      for (Path path : walk.skip(1).sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isRegularFile(path)) {
          digests.put(out.relativize(path).toString(), digest(path));
        }
        Files.delete(path);
      }
    }
    return digests;
  }

  private static String digest(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many parts a run has finished whose output is not there yet. */
  long finishedParts() throws IOException {
    long finished = 0;
    for (Path work : hidden()) {
      String[] names = work.toFile().list();
      finished += names == null ? 0 : Stream.of(names).filter(RESULT.asMatchPredicate()).count();
    }
    return finished;
  }

  /** Waits until a run has finished more than so many parts, or ends. */
  void awaitParts(int parts, Process run) throws IOException {
    while (run.isAlive() && finishedParts() <= parts) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Waits until a run has begun, which is when it has made sure of the model, or ends. */
  void awaitWork(Process run) throws IOException {
    while (run.isAlive() && hidden().isEmpty()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private List<Path> hidden() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    }
  }

  /** Fails if there is a work directory beside the output, or a temporary file of the command's. */
  void checkNothingIsLeft() throws IOException {
    assertEquals(List.of(), hidden());
    try (Stream<Path> files = Files.list(temporary)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** The engine that the build has time for, or all of them if it is told so. */
  static List<Engines> wanted(Engines one) {
    boolean all = "all".equals(System.getProperty("mlctl.engines"));
    return Stream.of(Engines.values())
        .filter(engine -> all ? engine != Engines.DIRECT : engine == one)
        .toList();
  }
}
