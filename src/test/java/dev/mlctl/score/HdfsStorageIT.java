package dev.mlctl.score;

import dev.mlctl.servers.HdfsServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class HdfsStorageIT extends StorageContract {
  @TempDir private static Path folder;
  private static HdfsServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = HdfsServer.start(folder);
    RemoteRig.start(
        RemoteScheme.HDFS, "--hdfsConfiguration=[{\"fs.defaultFS\":\"" + server.root() + "\"}]");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  String newRoot() {
    return RemoteRig.newRoot(server.root());
  }

  @Override
  boolean isVisibleOnlyWhenClosed() {
    return true;
  }
}
