package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packaged program, as a shell would, in a directory of its own. A failed expectation
 * shows the command, stdout and stderr.
 */
public final class Program {
  private static final long SECONDS = 300;
  private static final ProcessBuilder.Redirect DISCARD = ProcessBuilder.Redirect.DISCARD;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private File stdin;

  private Program(Path directory) {
    this.directory = directory;
  }

  /** The program, with a working directory. */
  public static Program in(Path directory) {
    return new Program(directory);
  }

  /** The folder the build laid out. */
  public static Path home() {
    return Path.of(System.getProperty("mlctl.home", "target/mlctl")).toAbsolutePath();
  }

  /** Sets an environment variable of the runs to come. */
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Gives the next runs a file as standard input. */
  public Program stdin(Path file) {
    stdin = file.toFile();
    return this;
  }

  /** Runs mlctl to its end. */
  public Result run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/mlctl").toString());
    command.addAll(List.of(arguments));
    return command(command);
  }

  /** Runs a line of shell in which {@code mlctl} is the packaged program. */
  public Result shell(String line) {
    String path = environment.getOrDefault("PATH", System.getenv("PATH"));
    environment.put("PATH", home().resolve("bin") + File.pathSeparator + path);
    return command(List.of("bash", "-c", line));
  }

  /** Starts mlctl and comes back at once; its stdout goes to a file. */
  public Process start(Path out, String... arguments) {
    return start(ProcessBuilder.Redirect.to(out.toFile()), DISCARD, arguments);
  }

  /** Starts mlctl and comes back at once. */
  public Process start(String... arguments) {
    return start(DISCARD, DISCARD, arguments);
  }

  /** Starts mlctl and comes back at once; its stdout and its stderr go to files. */
  public Process start(Path out, Path err, String... arguments) {
    return start(
        ProcessBuilder.Redirect.to(out.toFile()),
        ProcessBuilder.Redirect.to(err.toFile()),
        arguments);
  }

  private Process start(
      ProcessBuilder.Redirect out, ProcessBuilder.Redirect err, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin/mlctl").toString());
    command.addAll(List.of(arguments));
    try {
      return builder(command).redirectOutput(out).redirectError(err).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(v -> v.startsWith("MLCTL_"));
    builder.environment().putAll(environment);
    builder.redirectInput(stdin == null ? new File("/dev/null") : stdin);
    return builder;
  }

  private Result command(List<String> command) {
    try {
      Path out = Files.createTempFile("mlctl", ".out");
      Path err = Files.createTempFile("mlctl", ".err");
      Process process =
          builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        fail(String.join(" ", command) + " did not end in " + SECONDS + " s");
      }
      Result result =
          new Result(
              String.join(" ", command),
              process.exitValue(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a run came to.
   *
   * @param command the command line
   */
  public record Result(String command, int exit, String out, String err) {
    /** Fails unless the exit code is this one. */
    public Result exits(int code) {
      assertEquals(code, exit, this::toString);
      return this;
    }

    /** Fails unless stderr is exactly this. */
    public Result says(String expected) {
      assertEquals(expected, err, this::toString);
      return this;
    }

    @Override
    public String toString() {
      return command + "\nexit " + exit + "\nstdout:\n" + out + "\nstderr:\n" + err;
    }
  }
}
