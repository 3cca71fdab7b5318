package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.servers.GcsStandIn;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcsStoreIT extends RemoteStoreContract {
  private static GcsStandIn server;

  @BeforeAll
  static void startServer() throws IOException {
    server = GcsStandIn.start().withBucket("bucket");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void mendServer() {
    server.breakWith(0);
  }

  @Override
  int port() {
    return server.port();
  }

  @Override
  String address(String folder, int port) {
    return "gs://bucket/" + folder;
  }

  @Override
  Map<String, String> environment(int port) {
    return Map.of("STORAGE_EMULATOR_HOST", "127.0.0.1:" + port);
  }

  @Override
  String marker() {
    return "ifGenerationMatch=0";
  }

  @Override
  int page() {
    return 1000;
  }

  @ParameterizedTest
  @CsvSource({
    "400, STORAGE",
    "401, STORAGE",
    "403, STORAGE",
    "404, NOT_FOUND",
    "408, UNKNOWN",
    "412, EXISTS",
    "429, STORAGE",
    "500, UNKNOWN",
    "502, UNKNOWN",
    "503, UNKNOWN",
    "504, UNKNOWN"
  })
  void what_is_known_of_a_write_follows_from_the_status(int status, String outcome) {
    ObjectStore store = store();
    store.putIfAbsent("log/1", new byte[1]);
    server.breakWith(status);
    assertEquals(outcome, Answers.toWrite(store));
  }
}
