package dev.mlctl.servers;

import dev.mlctl.config.Json;
import dev.mlctl.servers.DataflowStandIn.Play;
import dev.mlctl.servers.DataflowStandIn.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A play in which a job's work is done, by {@link PlayedWorker} in a process of its own: from what
 * was staged in Cloud Storage, and with nothing of this machine but Java and Beam's direct runner.
 */
public final class DataflowWorker implements Play {
  private static final String CLASS = PlayedWorker.class.getName().replace('.', '/') + ".class";

  private final GcsStandIn gcs;
  private final Path directory;
  private final Path directRunner;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * A worker.
   *
   * @param gcs where jobs are staged
   * @param directory where it keeps its files
   * @param runners the folder with the jars of Beam's direct runner
   */
  public DataflowWorker(GcsStandIn gcs, Path directory, Path runners) throws IOException {
    this.gcs = gcs;
    this.directory = directory;
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(runners, "beam-runners-direct-java-*.jar")) {
      directRunner = jars.iterator().next();
    }
  }

  /** Sets an environment variable of its. */
  public DataflowWorker with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  @Override
  public void run(SubmittedJob job, Stage stage) throws Exception {
    stage.show("JOB_STATE_PENDING");
    stage.show("JOB_STATE_RUNNING");
    work(job);
  }

  /**
   * Does the work of a job.
   *
   * @throws IOException when it fails; its message is what the worker printed
   */
  public void work(SubmittedJob job) throws IOException, InterruptedException {
    Path files = Files.createTempDirectory(directory, "worker");
    Path pipeline = Files.write(files.resolve("pipeline.pb"), fetch(job.pipelineUrl()));
    Path options =
        Files.writeString(
            files.resolve("options.json"), Json.write(Map.of("options", job.options())));
    Path printed = files.resolve("printed");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath(job, files)));
    command.addAll(List.of(PlayedWorker.class.getName(), pipeline.toString(), options.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(files.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("Error message from worker: " + Files.readString(printed));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private String classPath(SubmittedJob job, Path files) throws IOException {
    List<String> path = new ArrayList<>();
    Path own = files.resolve("classes").resolve(CLASS);
    Files.createDirectories(own.getParent());
    try (var in = PlayedWorker.class.getClassLoader().getResourceAsStream(CLASS)) {
      Files.copy(in, own);
    }
    path.add(files.resolve("classes").toString());
    for (String location : job.packages()) {
      Path jar = files.resolve(location.substring(location.lastIndexOf('/') + 1));
      path.add(Files.write(jar, fetch(location)).toString());
    }
    path.add(directRunner.toString());
    return String.join(File.pathSeparator, path);
  }

  private byte[] fetch(String location) {
    String[] parts = location.substring("gs://".length()).split("/", 2);
    return gcs.get(parts[0], parts[1]).orElseThrow();
  }
}
