package dev.mlctl.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Flink's own standalone cluster on the loopback interface: a JobManager and TaskManagers, each a
 * process of its own. It chooses its ports itself and tells them.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /** What Flink's own start scripts open of the JDK, as far as jobs of Beam need it. */
  private static final List<String> OPENED =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");

  private final Path directory;
  private final ServerProcess jobManager;
  private final List<ServerProcess> taskManagers = new ArrayList<>();
  private final Map<String, String> configuration;
  private JsonApi api;
  private int port;

  private FlinkCluster(
      Path directory, ServerProcess jobManager, Map<String, String> configuration) {
    this.directory = directory;
    this.jobManager = jobManager;
    this.configuration = configuration;
  }

  /**
   * Starts one and waits until all of it is there.
   *
   * @param directory an empty directory for its files
   * @param taskManagers how many, each with one slot
   * @param restarts how often a job that fails is started again
   */
  public static FlinkCluster start(Path directory, int taskManagers, int restarts)
      throws IOException {
    Map<String, String> configuration = configuration(restarts);
    Path conf = written(directory.resolve("jobmanager"), configuration);
    ServerProcess jobManager = launch(conf, "-Xmx384m", JOB_MANAGER);
    FlinkCluster cluster = new FlinkCluster(directory, jobManager, configuration);
    try {
      cluster.await(taskManagers);
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }

  private static Map<String, String> configuration(int restarts) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("jobmanager.rpc.address", "127.0.0.1");
    keys.put("jobmanager.rpc.port", "0");
    keys.put("jobmanager.bind-host", "127.0.0.1");
    keys.put("rest.address", "127.0.0.1");
    keys.put("rest.bind-address", "127.0.0.1");
    keys.put("rest.port", "0");
    keys.put("rest.bind-port", "0");
    keys.put("blob.server.port", "0");
    keys.put("taskmanager.host", "127.0.0.1");
    keys.put("taskmanager.bind-host", "127.0.0.1");
    keys.put("taskmanager.numberOfTaskSlots", "1");
    keys.put("parallelism.default", "1");
    keys.put("restart-strategy.type", restarts == 0 ? "none" : "fixed-delay");
    keys.put("restart-strategy.fixed-delay.attempts", String.valueOf(restarts));
    keys.put("restart-strategy.fixed-delay.delay", "1 s");
    // A TaskManager that is killed is missed after two heartbeats, and given work again until then.
    keys.put("heartbeat.interval", "100");
    keys.put("heartbeat.timeout", "20000");
    // Outside of its start scripts Flink demands that each part of the memory is named.
    keys.put("taskmanager.cpu.cores", "1.0");
    keys.put("taskmanager.memory.task.heap.size", "384m");
    keys.put("taskmanager.memory.task.off-heap.size", "0m");
    keys.put("taskmanager.memory.network.min", "64m");
    keys.put("taskmanager.memory.network.max", "64m");
    keys.put("taskmanager.memory.managed.size", "128m");
    keys.put("taskmanager.memory.framework.heap.size", "128m");
    keys.put("taskmanager.memory.framework.off-heap.size", "128m");
    keys.put("taskmanager.memory.jvm-metaspace.size", "256m");
    keys.put("taskmanager.memory.jvm-overhead.min", "192m");
    keys.put("taskmanager.memory.jvm-overhead.max", "192m");
    return keys;
  }

  /** Makes a process's directory with its configuration and a place for its temporary files. */
  private static Path written(Path directory, Map<String, String> configuration)
      throws IOException {
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    StringBuilder yaml = new StringBuilder("io.tmp.dirs: " + temporary + "\n");
    configuration.forEach((key, value) -> yaml.append(key + ": " + value + "\n"));
    Files.writeString(directory.resolve("flink-conf.yaml"), yaml);
    Files.writeString(
        directory.resolve("log4j2.properties"),
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %p %c{1} %m%n
        """);
    return directory;
  }

  private static ServerProcess launch(Path conf, String heap, String main) throws IOException {
    List<String> options = new ArrayList<>(OPENED);
    options.addAll(List.of(heap, "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + conf.resolve("tmp")));
    // Good code is worth its compilation in the loops over rows alone.
    options.addAll(
        main.equals(JOB_MANAGER)
            ? List.of("-XX:TieredStopAtLevel=1")
            : List.of(
                "-XX:Tier4InvocationThreshold=100000",
                "-XX:Tier4MinInvocationThreshold=20000",
                "-XX:Tier4CompileThreshold=200000"));
    return ServerProcess.launch(
        "flink", conf, Map.of(), options, main, "--configDir", conf.toString());
  }

  private void await(int count) throws IOException {
    configuration.put("jobmanager.rpc.port", told("Actor system started at .*:([0-9]+)"));
    for (int i = 0; i < count; i++) {
      launchTaskManager();
    }
    port = Integer.parseInt(told("Rest endpoint listening at .*:([0-9]+)"));
    api = new JsonApi("http://" + address());
    awaitTaskManagers(count);
  }

  private String told(String line) throws IOException {
    return jobManager.awaitLine(Pattern.compile(line)).group(1);
  }

  private void launchTaskManager() throws IOException {
    Path own = directory.resolve("taskmanager-" + taskManagers.size());
    taskManagers.add(launch(written(own, configuration), "-Xmx512m", TASK_MANAGER));
  }

  private void awaitTaskManagers(long count) throws IOException {
    api.await(
        jobManager,
        "/overview",
        count + " TaskManagers",
        overview -> overview.get("taskmanagers").equals(count));
  }

  /** Where its REST API listens, {@code HOST:PORT}: what jobs are submitted to. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The states of all jobs it knows, by their ids. */
  public Map<String, String> jobs() throws IOException {
    Map<String, String> states = new LinkedHashMap<>();
    for (Object job : (List<?>) api.get("/jobs").get("jobs")) {
      Map<?, ?> fields = (Map<?, ?>) job;
      states.put((String) fields.get("id"), (String) fields.get("status"));
    }
    return states;
  }

  /** How often a job has failed so far, however it went on then. */
  public int failures(String id) throws IOException {
    Map<?, ?> history = (Map<?, ?>) api.get("/jobs/" + id + "/exceptions").get("exceptionHistory");
    return ((List<?>) history.get("entries")).size();
  }

  /** Waits until a job is in a state. */
  public void awaitJob(String id, String state) throws IOException {
    api.await(jobManager, "/jobs/" + id, state, job -> job.get("state").equals(state));
  }

  /** Kills a TaskManager with signal 9, counted from 0 in the order of their starts. */
  public void killTaskManager(int number) {
    taskManagers.get(number).close();
  }

  /** Starts one more TaskManager and comes back at once. */
  public void startTaskManager() throws IOException {
    launchTaskManager();
  }

  @Override
  public void close() {
    taskManagers.forEach(ServerProcess::close);
    jobManager.close();
  }
}
