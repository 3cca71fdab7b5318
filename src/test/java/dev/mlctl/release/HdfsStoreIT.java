package dev.mlctl.release;

import dev.mlctl.servers.HdfsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HdfsStoreIT extends RemoteStoreContract {
  @TempDir private static Path folder;
  private static HdfsServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = HdfsServer.start(folder);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  int port() {
    return server.port();
  }

  @Override
  String address(String path, int port) {
    return "hdfs://127.0.0.1:" + port + "/" + path;
  }

  @Override
  Map<String, String> environment(int port) {
    return Map.of();
  }

  @Override
  String marker() {
    return "rename2";
  }

  @Override
  int page() {
    return HdfsServer.PAGE;
  }
}
