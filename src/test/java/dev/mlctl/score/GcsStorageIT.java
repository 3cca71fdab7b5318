package dev.mlctl.score;

import dev.mlctl.servers.GcsStandIn;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class GcsStorageIT extends StorageContract {
  private static GcsStandIn server;

  @BeforeAll
  static void startServer() throws IOException {
    server = GcsStandIn.start().withBucket("bucket");
    RemoteRig.start(
        RemoteScheme.GS,
        "--gcsEndpoint=" + server.endpoint(),
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  String newRoot() {
    return RemoteRig.newRoot("gs://bucket");
  }

  @Override
  boolean isVisibleOnlyWhenClosed() {
    return true;
  }
}
