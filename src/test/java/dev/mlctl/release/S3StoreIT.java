package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.servers.S3Server;
import dev.mlctl.servers.S3StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3StoreIT extends RemoteStoreContract {
  private static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", S3Server.KEY, "aws.secretAccessKey", S3Server.SECRET);
  private static S3StandIn server;

  @BeforeAll
  static void startServer() throws IOException {
    server = S3StandIn.start().withBucket("bucket");
    CREDENTIALS.forEach(System::setProperty);
  }

  @AfterAll
  static void stopServer() {
    server.close();
    CREDENTIALS.keySet().forEach(System::clearProperty);
  }

  @AfterEach
  void mendServer() {
    server.breakWith(0, "");
  }

  @Override
  int port() {
    return server.port();
  }

  @Override
  String address(String folder, int port) {
    return "s3://bucket/" + folder;
  }

  @Override
  Map<String, String> environment(int port) {
    return Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:" + port);
  }

  @Override
  String marker() {
    return "If-None-Match: *";
  }

  @Override
  int page() {
    return 1000;
  }

  @ParameterizedTest
  @CsvSource({
    "301, PermanentRedirect, STORAGE",
    "400, InvalidRequest, STORAGE",
    "401, Unauthorized, STORAGE",
    "403, SignatureDoesNotMatch, STORAGE",
    "404, NoSuchBucket, NOT_FOUND",
    "408, RequestTimeout, UNKNOWN",
    "409, ConditionalRequestConflict, UNKNOWN",
    "412, PreconditionFailed, EXISTS",
    "429, TooManyRequests, STORAGE",
    "500, InternalError, UNKNOWN",
    "501, NotImplemented, STORAGE",
    "503, ServiceUnavailable, UNKNOWN",
    "503, SlowDown, STORAGE"
  })
  void what_is_known_of_a_write_follows_from_the_answer(int status, String code, String outcome) {
    ObjectStore store = store();
    store.putIfAbsent("log/1", new byte[1]);
    server.breakWith(status, code);
    assertEquals(outcome, Answers.toWrite(store));
  }

  /** S3Proxy answers 200 to every conditional write and replaces the object. */
  @Test
  void a_server_that_ignores_the_condition_is_refused(@TempDir Path folder) throws IOException {
    try (S3Server ignorant = S3Server.start(folder).withBucket("bucket")) {
      RemoteAddress address = RemoteAddress.parse("s3://bucket/registry");
      ObjectStore store =
          new RemoteStore(
              address,
              RemoteClients.opener("s3"),
              RemoteStore.PATIENCE,
              Map.of("AWS_ENDPOINT_URL", ignorant.endpoint()),
              attempt -> {});
      Failure failure =
          assertThrows(Failure.class, () -> Registries.deploy(Registries.releases(store), 1));
      assertEquals(FailureKind.STORAGE, failure.kind());
      assertEquals(
          "cannot keep a registry here: the storage replaces an object that it was told to create"
              + " only if there is none, so releases could be lost; nothing was committed",
          failure.getMessage());
      assertEquals(List.of("registry/.mlctl-probe"), ignorant.names("bucket"));
    }
  }
}
