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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Java server in a process of its own, with the class path that the build fetched for it. */
final class ServerProcess implements AutoCloseable {
  private static final long SECONDS = 120;

  private final Process process;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final List<String> output = new ArrayList<>();

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
    Path jars = Path.of(System.getProperty("mlctl.servers", "target/servers"), name);
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException(
          "no " + jars.toAbsolutePath() + ": mvn exec:exec@servers fetches it");
    }
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-cp"));
    line.add((before == null ? "" : before + ":") + jars.toAbsolutePath() + "/*");
    line.addAll(List.of(command));
    ServerProcess server =
        new ServerProcess(new ProcessBuilder(line).redirectErrorStream(true).start());
    Thread reader = new Thread(() -> server.read(readyText), name + "-output");
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroyForcibly));
    server.await();
    return server;
  }

  private void read(String readyText) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        if (!readyText.isEmpty() && line.contains(readyText)) {
          ready.complete(null);
        }
      }
      if (readyText.isEmpty() && process.waitFor() == 0) {
        ready.complete(null);
      }
      ready.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() throws IOException {
    try {
      ready.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      synchronized (output) {
        throw new IOException("the server did not start:\n" + String.join("\n", output), e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
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
