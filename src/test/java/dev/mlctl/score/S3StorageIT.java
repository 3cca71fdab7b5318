package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.servers.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class S3StorageIT extends StorageContract {
  @TempDir private static Path folder;
  private static S3Server server;

  @BeforeAll
  static void startServer() throws IOException {
    server = S3Server.start(folder).withBucket("bucket");
    String credentials =
        Json.write(
            Map.of(
                "@type", "StaticCredentialsProvider",
                "accessKeyId", S3Server.KEY,
                "secretAccessKey", S3Server.SECRET));
    RemoteRig.start(
        RemoteScheme.S3,
        "--endpoint=" + server.endpoint(),
        "--awsRegion=us-east-1",
        "--awsCredentialsProvider=" + credentials);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  String newRoot() {
    return RemoteRig.newRoot("s3://bucket");
  }

  @Override
  boolean isVisibleOnlyWhenClosed() {
    return true;
  }
}
