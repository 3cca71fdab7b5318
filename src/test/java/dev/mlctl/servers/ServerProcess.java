package dev.mlctl.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java server in a process of its own, with the class path that the build fetched for it. */
final class ServerProcess implements AutoCloseable {
  private static final long SECONDS = 120;

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private boolean ended;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a server and waits until it says that it is ready.
   *
   * @param name of the directory with its jars
   * @param before the class path before those jars, or null
   * @param readyText part of the line it prints when it is ready; its end is awaited when empty
   * @param command main class and arguments
   */
  static ServerProcess start(String name, Path before, String readyText, String... command)
      throws IOException {
    ServerProcess server =
        launch(name, before, Map.of(), List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"), command);
    if (readyText.isEmpty()) {
      server.awaitEnd();
    } else {
      server.awaitLine(Pattern.compile(Pattern.quote(readyText)));
    }
    return server;
  }

  /**
   * Starts a server and comes back at once.
   *
   * @param name of the directory with its jars
   * @param before the class path before those jars, or null
   * @param environment variables to add to this process's own
   * @param options of the JVM
   * @param command main class and arguments
   */
  static ServerProcess launch(
      String name,
      Path before,
      Map<String, String> environment,
      List<String> options,
      String... command)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", (before == null ? "" : before + ":") + jars(name) + "/*"));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    ServerProcess server = new ServerProcess(builder.start());
    Thread reader = new Thread(server::read, name + "-output");
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
    return server;
  }

  /** The directory with a server's jars. */
  static Path jars(String name) {
    Path jars = Path.of(System.getProperty("mlctl.servers", "target/servers"), name);
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException(
          "no " + jars.toAbsolutePath() + ": mvn exec:exec@servers fetches it");
    }
    return jars.toAbsolutePath();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
          output.notifyAll();
        }
      }
    } catch (IOException e) {
      // Its end of the pipe is gone, and the server with it.
    }
    synchronized (output) {
      ended = true;
      output.notifyAll();
    }
  }

  /** Waits until a line is printed in which a pattern is found; the first one that ever was. */
  Matcher awaitLine(Pattern pattern) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    synchronized (output) {
      for (int next = 0; ; next++) {
        while (next == output.size()) {
          awaitMore(deadline, "it did not print " + pattern);
        }
        Matcher matcher = pattern.matcher(output.get(next));
        if (matcher.find()) {
          return matcher;
        }
      }
    }
  }

  private void awaitMore(long deadline, String complaint) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (ended || millis <= 0) {
      throw failed(complaint);
    }
    try {
      output.wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the test was interrupted");
    }
  }

  private void awaitEnd() throws IOException {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw failed("it did not end well");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the test was interrupted");
    }
  }

  /** Ends the server and tells what it printed. */
  IOException failed(String complaint) {
    close();
    synchronized (output) {
      return new IOException("the server failed: " + complaint + "\n" + String.join("\n", output));
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The processes that it has started, and those that they have. */
  Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  private void kill() {
    List<ProcessHandle> others = process.descendants().toList();
    process.destroyForcibly();
    others.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A port that nobody listens on. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
