package dev.mlctl.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

  /** Puts an object; its key must need no escaping. */
  public void put(String bucket, String key, byte[] bytes) throws IOException {
    String resource = "/" + bucket + "/" + key;
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint() + resource))
            .header("x-amz-date", date)
            .header("Authorization", "AWS " + KEY + ":" + signature(resource, date))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + " " + response.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Version 2 of the signature, the simple one:
   * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html.
   */
  private static String signature(String resource, String date) {
    String text = "PUT\n\n\n\nx-amz-date:" + date + "\n" + resource;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of an object, if it is there. */
  public Optional<byte[]> get(String bucket, String key) throws IOException {
    Path file = data.resolve(bucket).resolve(key);
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  /** The names of all objects of a bucket, sorted. */
  public List<String> names(String bucket) throws IOException {
    try (Stream<Path> walk = Files.walk(data.resolve(bucket))) {
      return walk.filter(Files::isRegularFile)
          .map(file -> data.resolve(bucket).relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
