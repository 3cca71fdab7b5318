package dev.mlctl.cli;

import dev.mlctl.servers.FlinkCluster;
import dev.mlctl.servers.SparkCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What score can run on here. A cluster is started when a test first wants it, serves all tests of
 * this JVM and ends with it.
 */
public enum Engines {
  /** Beam's own, in the process of the command. */
  DIRECT,
  /** A small Flink in the process of the command. */
  FLINK,
  /** A standing Flink with a process for each of its two slots. */
  FLINK_CLUSTER,
  /** A small Spark in the process of the command. */
  SPARK,
  /** A standing Spark whose worker has two cores. */
  SPARK_CLUSTER;

  private static FlinkCluster flink;
  private static SparkCluster spark;

  /** The arguments of a command that runs on it. */
  public String[] with(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(
        switch (this) {
          case DIRECT -> List.of();
          case FLINK -> List.of("--runner=flink");
          case FLINK_CLUSTER -> List.of("--runner=flink", "--flink-master=" + flink().address());
          case SPARK -> List.of("--runner=spark");
          case SPARK_CLUSTER -> List.of("--runner=spark", "--spark-master=" + spark().address());
        });
    return all.toArray(String[]::new);
  }

  /** The standing Flink. */
  public static synchronized FlinkCluster flink() {
    if (flink == null) {
      try {
        flink = FlinkCluster.start(directory("flink"), 2, 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return flink;
  }

  /** The standing Spark. */
  public static synchronized SparkCluster spark() {
    if (spark == null) {
      try {
        spark = SparkCluster.start(directory("spark"), 2);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return spark;
  }

  private static Path directory(String name) throws IOException {
    Path directory = Files.createTempDirectory(name);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(directory)));
    return directory;
  }

  private static synchronized void end(Path directory) {
    Stream.of(flink, spark)
        .filter(cluster -> cluster != null)
        .forEach(
            cluster -> {
              try {
                cluster.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
