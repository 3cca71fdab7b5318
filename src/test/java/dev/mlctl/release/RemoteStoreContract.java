package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.servers.LossyProxy;
import dev.mlctl.servers.LossyProxy.Loss;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store that is reached over a network must do besides, against its real server. */
abstract class RemoteStoreContract extends PrunableStoreContract {
  private static final byte[] BYTES = "ours".getBytes(StandardCharsets.UTF_8);
  private static int roots;

  /** The port of the server. */
  abstract int port();

  /** The address of a folder, if the server is reached at a port. */
  abstract String address(String folder, int port);

  /** The variables with which it is reached at that port. */
  abstract Map<String, String> environment(int port);

  /** A text that is in the request that creates an object, and in no other. */
  abstract String marker();

  /** How many names the server gives in one page of a listing. */
  abstract int page();

  @Override
  PrunableStore store() {
    return open(newFolder(), port());
  }

  private PrunableStore open(String folder, int port) {
    return open(folder, port, RemoteStore.PATIENCE);
  }

  /** A folder that nobody had before. */
  static synchronized String newFolder() {
    return "folder-" + ++roots + "/registry";
  }

  /** A store with a client of its own. */
  private PrunableStore open(String folder, int port, Duration patience) {
    RemoteAddress address = RemoteAddress.parse(address(folder, port));
    return new RemoteStore(
        address,
        RemoteClients.opener(address.scheme()),
        patience,
        environment(port),
        Pause.jittered(new SplittableRandom(7)));
  }

  @Test
  void of_two_clients_that_race_for_a_key_exactly_one_creates_it() throws Exception {
    String folder = newFolder();
    List<ObjectStore> stores = List.of(open(folder, port()), open(folder, port()));
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 25; round++) {
        String key = "race/" + round;
        List<Future<PutResult>> answers = new ArrayList<>();
        for (ObjectStore store : stores) {
          answers.add(clients.submit(() -> store.putIfAbsent(key, BYTES)));
        }
        List<PutResult> results = new ArrayList<>();
        for (Future<PutResult> answer : answers) {
          results.add(answer.get());
        }
        results.sort(null);
        assertEquals(List.of(PutResult.CREATED, PutResult.EXISTS), results, key);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_request_or_reply_that_is_lost_is_never_taken_for_a_refusal(Loss loss) throws IOException {
    String folder = newFolder();
    ObjectStore direct = open(folder, port());
    try (LossyProxy proxy = LossyProxy.start(port(), marker())) {
      // Few seconds, because one of the losses lasts until the client's patience ends.
      ObjectStore store = open(folder, proxy.port(), Duration.ofSeconds(3));
      store.putIfAbsent("log/1", BYTES);
      proxy.lose(loss);
      PutResult first = store.putIfAbsent("log/2", BYTES);
      boolean isThere = direct.size("log/2").isPresent();
      PutResult second = store.putIfAbsent("log/2", BYTES);
      assertTrue(proxy.isDone(), "nothing was lost");
      assertTrue(isThere || first == PutResult.UNKNOWN, first + " without an object");
      assertEquals(isThere ? PutResult.EXISTS : PutResult.CREATED, second);
      assertArrayEquals(BYTES, direct.get("log/2", 10).orElseThrow());
    }
  }

  @Test
  void deploys_through_a_network_that_loses_things_are_each_in_the_log_once() throws IOException {
    String folder = newFolder();
    Random plan = new Random(20261125);
    List<String> told = new ArrayList<>();
    try (LossyProxy proxy = LossyProxy.start(port(), marker())) {
      ObjectStore store = open(folder, proxy.port());
      Releases releases = Registries.releases(store);
      for (int i = 0; i < 25; i++) {
        for (Loss loss : List.of(Loss.REQUEST, Loss.REPLY)) {
          if (plan.nextInt(3) == 0) {
            proxy.lose(loss);
          }
        }
        told.add(Registries.deploy(releases, i).release().operation());
      }
    }
    History history = Registries.releases(open(folder, port())).history("bikes", "prod");
    assertEquals(
        told, history.entries().stream().map(entry -> entry.release().operation()).toList());
  }

  @Test
  void a_server_that_is_not_there_is_a_storage_failure_and_nothing_is_committed()
      throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    ObjectStore store = open(newFolder(), nobody);
    Failure write = assertThrows(Failure.class, () -> store.putIfAbsent("a", BYTES));
    assertEquals(FailureKind.STORAGE, write.kind());
    assertEquals(
        "cannot write the registry: cannot connect to the store: Connection refused;"
            + " nothing was committed",
        write.getMessage());
    Failure read = assertThrows(Failure.class, () -> store.get("a", 10));
    assertEquals(FailureKind.STORAGE, read.kind());
  }

  @Test
  void a_listing_of_several_pages_is_whole_and_may_begin_anywhere() {
    ObjectStore store = store();
    List<String> names =
        IntStream.range(0, 2 * page() + 5).mapToObj(i -> String.format("%05d", i)).toList();
    names.parallelStream().forEach(name -> store.putIfAbsent("log/" + name, BYTES));
    store.putIfAbsent("log/deeper/1", BYTES);
    store.putIfAbsent("other/1", BYTES);
    List<String> all = new ArrayList<>(names);
    all.add("deeper");
    assertEquals(all, store.list("log"));
    int middle = page() / 2;
    assertEquals(all.subList(middle + 1, all.size()), store.listAfter("log", all.get(middle)));
    assertEquals(List.of(), store.listAfter("log", "deeper"));
  }

  @Test
  void an_object_larger_than_asked_for_is_refused() {
    ObjectStore store = store();
    store.putIfAbsent("big", new byte[11]);
    Failure failure = assertThrows(Failure.class, () -> store.get("big", 10));
    assertEquals(FailureKind.INVALID, failure.kind());
  }
}
