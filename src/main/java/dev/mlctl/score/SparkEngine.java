package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;

/**
 * Apache Spark: inside this process ({@code local[N]}), or on a standing cluster whose driver is
 * this process. Beam takes the master from its options and everything else from system properties.
 */
final class SparkEngine implements Engine {
  private static final Pattern STANDALONE = Pattern.compile("spark://([^:/,\\s]+):([0-9]{1,5})");
  private static final int PATIENCE_MILLIS = 10_000;

  private final String master;

  SparkEngine(Execution execution, int parallelism) {
    this.master = execution.option("sparkMaster").orElse("local[" + parallelism + "]");
  }

  private boolean isInside() {
    return master.startsWith("local");
  }

  /** Spark itself would go on trying for a minute, and then say little. */
  @Override
  public void check() {
    Matcher matcher = STANDALONE.matcher(master);
    if (!matcher.matches()) {
      return;
    }
    InetSocketAddress address =
        new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
    } catch (IOException e) {
      throw Failure.of(FailureKind.PIPELINE, "cannot reach Spark: %s", e.getMessage())
          .at(master)
          .hint("is the master up, and is this its port (7077 by default)?")
          .causedBy(e);
    }
  }

  @Override
  public List<String> defaults() {
    if (isInside()) {
      return List.of("--sparkMaster=" + master);
    }
    return List.of("--filesToStage=" + String.join(",", RunnerJars.shipped(Runner.SPARK)));
  }

  @Override
  public List<String> fixed() {
    return List.of();
  }

  @Override
  public boolean isRemote() {
    Matcher matcher = STANDALONE.matcher(master);
    return !isInside() && !(matcher.matches() && Loopback.is(matcher.group(1)));
  }

  @Override
  public boolean workersElsewhere() {
    return !isInside();
  }

  @Override
  public boolean outlivesUs() {
    return false;
  }

  @Override
  public EngineJob submit(Pipeline pipeline) {
    setDefault("spark.ui.showConsoleProgress", "false");
    if (isInside()) {
      setDefault("spark.ui.enabled", "false");
    } else {
      // Beam, Protobuf and Jackson of the job come before the cluster's own of other versions.
      setDefault("spark.executor.userClassPathFirst", "true");
    }
    if (!isRemote()) {
      setDefault("spark.driver.host", "127.0.0.1");
      setDefault("spark.driver.bindAddress", "127.0.0.1");
    }
    return LocalJob.start(pipeline);
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
