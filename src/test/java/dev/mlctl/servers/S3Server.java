package dev.mlctl.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * S3Proxy (https://github.com/gaul/s3proxy) on the loopback interface, keeping objects as files.
 */
public final class S3Server implements AutoCloseable {
  /** The key that it knows. */
  public static final String KEY = "test-key";

  /** The secret of that key; no log or message may ever show it. */
  public static final String SECRET = "not-to-be-shown-anywhere";

  private final Path data;
  private final int port;
  private final ServerProcess process;

  private S3Server(Path data, int port, ServerProcess process) {
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one without buckets.
   *
   * @param directory an empty directory for its files
   */
  public static S3Server start(Path directory) throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    int port = ServerProcess.freePort();
    Path config = directory.resolve("s3proxy.conf");
    Files.writeString(
        config,
        String.join(
            "\n",
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + KEY,
            "s3proxy.credential=" + SECRET,
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.ignore-unknown-headers=true",
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + data,
            "jclouds.identity=unused",
            "jclouds.credential=unused",
            ""));
    Path log = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        log.resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="out"/></root>
        </configuration>
        """);
    return new S3Server(
        data,
        port,
        ServerProcess.start(
            "s3proxy",
            log,
            "Started Server",
            "org.gaul.s3proxy.Main",
            "--properties",
            config.toString()));
  }

  /** Adds a bucket. */
  public S3Server withBucket(String name) throws IOException {
    Files.createDirectory(data.resolve(name));
    return this;
  }

  /** Where it listens. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** The variables with which AWS's clients reach it. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "AWS_REGION",
        "us-east-1",
        "AWS_ENDPOINT_URL_S3",
        endpoint());
  }

  @Override
  public void close() {
    process.close();
  }
}
