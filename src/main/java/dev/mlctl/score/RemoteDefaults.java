package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the stores need of Beam's options where the user says nothing. */
final class RemoteDefaults {
  /**
   * Every worker has a buffer like this for each file it writes, and keeps it until the store has
   * its bytes: Beam's 64 MB would not fit a heap that holds a few batches. S3 takes 10,000 of them
   * for a file, so this is a file of 80 GB.
   */
  private static final int UPLOAD_BYTES = 8 << 20;

  /** Beam's own is 80 s, for requests that wait on purpose. */
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  private static final String HDFS_CONFIGURATION = "hdfsConfiguration";

  private RemoteDefaults() {}

  /**
   * Options as arguments, {@code --name=value}, to put before those that are given.
   *
   * @param paths all paths of the run
   * @param given names of the options that the user gives
   * @param environment the process's environment, in which Beam looks for a Hadoop configuration
   * @throws Failure of kind USAGE when nobody says where HDFS is
   */
  static List<String> of(
      Set<RemoteScheme> schemes,
      Collection<String> paths,
      Collection<String> given,
      Map<String, String> environment) {
    List<String> options = new ArrayList<>();
    if (schemes.contains(RemoteScheme.GS)) {
      options.add("--gcsUploadBufferSizeBytes=" + UPLOAD_BYTES);
      options.add("--gcsHttpRequestReadTimeout=" + READ_TIMEOUT_MILLIS);
    }
    if (schemes.contains(RemoteScheme.S3)) {
      options.add("--s3UploadBufferSizeBytes=" + UPLOAD_BYTES);
    }
    boolean configured =
        given.contains(HDFS_CONFIGURATION)
            || !environment.getOrDefault("HADOOP_CONF_DIR", "").isEmpty()
            || !environment.getOrDefault("YARN_CONF_DIR", "").isEmpty();
    if (schemes.contains(RemoteScheme.HDFS) && !configured) {
      options.add("--" + HDFS_CONFIGURATION + "=" + hadoopConfiguration(paths));
    }
    return options;
  }

  /** Beam registers HDFS only with a configuration: the one that a path with a host amounts to. */
  private static String hadoopConfiguration(Collection<String> paths) {
    String root =
        paths.stream()
            .filter(path -> RemoteScheme.of(path).filter(RemoteScheme.HDFS::equals).isPresent())
            .map(path -> RemotePath.parse(path).root())
            .filter(host -> !host.isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    Failure.of(FailureKind.USAGE, "the hdfs:// paths name no host")
                        .hint("write hdfs://HOST:PORT/PATH, or set HADOOP_CONF_DIR"));
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("fs.defaultFS", "hdfs://" + root);
    configuration.put("ipc.client.connect.max.retries", "5");
    configuration.put("ipc.client.connect.max.retries.on.timeouts", "2");
    return Json.write(List.of(configuration));
  }
}
