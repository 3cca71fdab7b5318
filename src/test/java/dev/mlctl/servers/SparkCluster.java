package dev.mlctl.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Spark's own standalone cluster on the loopback interface: a master and a worker, which starts a
 * process for each executor. It chooses its ports itself and tells them.
 */
public final class SparkCluster implements AutoCloseable {
  private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx384m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED");

  private final ServerProcess master;
  private String address;
  private JsonApi api;
  private ServerProcess worker;

  private SparkCluster(ServerProcess master) {
    this.master = master;
  }

  /**
   * Starts one and waits until all of it is there.
   *
   * @param directory an empty directory for its files
   * @param cores how many tasks its worker runs at a time
   */
  public static SparkCluster start(Path directory, int cores) throws IOException {
    Path home = home(directory);
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME",
            home.toString(),
            "SPARK_CONF_DIR",
            home.resolve("conf").toString(),
            "SPARK_SCALA_VERSION",
            "2.12",
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_LOCAL_DIRS",
            Files.createDirectory(directory.resolve("tmp")).toString(),
            "JAVA_HOME",
            System.getProperty("java.home"));
    ServerProcess master =
        launch(
            home,
            environment,
            "org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0");
    SparkCluster cluster = new SparkCluster(master);
    try {
      cluster.address = cluster.told("Starting Spark master at (spark://.*)");
      String work = directory.resolve("work").toString();
      cluster.worker =
          launch(
              home,
              environment,
              "org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0"
                  + (" --cores " + cores + " --memory 2g --work-dir"),
              work,
              cluster.address);
      cluster.api = new JsonApi("http://127.0.0.1:" + cluster.told("MasterWebUI .*:([0-9]+)$"));
      cluster.api.await(master, "/json/", "worker", state -> state.get("aliveworkers").equals(1L));
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }

  /** What executors are started from: Spark looks for its jars below its home. */
  private static Path home(Path directory) throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.createSymbolicLink(home.resolve("jars"), ServerProcess.jars("spark"));
    Files.writeString(
        Files.createDirectory(home.resolve("conf")).resolve("log4j2.properties"),
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %p %c{1} %m%n
        """);
    return home;
  }

  private static ServerProcess launch(
      Path home, Map<String, String> environment, String command, String... more)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    line.addAll(List.of(more));
    return ServerProcess.launch(
        "spark", home.resolve("conf"), environment, OPTIONS, line.toArray(String[]::new));
  }

  private String told(String line) throws IOException {
    return master.awaitLine(Pattern.compile(line)).group(1);
  }

  /** What jobs are submitted to: {@code spark://HOST:PORT}. */
  public String address() {
    return address;
  }

  /** How many applications it runs. */
  public int running() throws IOException {
    return ((List<?>) api.get("/json/").get("activeapps")).size();
  }

  /** Kills an executor with signal 9; its application must have one. */
  public void killExecutor() throws IOException {
    ProcessHandle executor =
        worker
            .descendants()
            .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR))
            .findFirst()
            .orElseThrow(() -> new IOException("there is no executor"));
    CompletableFuture<ProcessHandle> end = executor.onExit();
    executor.destroyForcibly();
    end.join();
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    master.close();
  }
}
