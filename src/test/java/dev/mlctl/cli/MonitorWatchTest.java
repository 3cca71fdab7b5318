package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Round after round of {@code monitor --watch}, read as it prints them. */
class MonitorWatchTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PipedInputStream out = new PipedInputStream(1 << 20);
  private final BufferedReader rounds =
      new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));

  @Test
  void actions_are_for_news_and_a_registry_may_be_away() throws IOException {
    DriftedToy toy = DriftedToy.in(folder);
    try (Receiver receiver = Receiver.plain(Receiver.named("away", 0))) {
      String receiving =
          "{type: webhook, timeout: PT20S, url: \"http://127.0.0.1:" + receiver.port() + "/\"}";
      Path yaml =
          toy.monitorYaml(
              "  critical: [{type: log}, " + receiving + "]\n  recovered: [{type: log}]\n");
      assertTimeoutPreemptively(SOON, () -> watched(toy, yaml));
      assertEquals(3, receiver.requests().size(), "twice in vain, and once again");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5m, true",
    "PT5M, true",
    "p1dt2h, true",
    "0.5s, true",
    "-5s, true",
    "PT-5S, true",
    "-q, false",
    "--quiet, false",
    "prod.yaml, false",
    "pt.yaml, false",
    "p1.yaml, false",
    "2026.yaml, false",
    "toy@prod, false",
    "5@prod, false"
  })
  void an_argument_after_watch_is_a_time_only_if_it_looks_so(String argument, boolean time) {
    assertEquals(time, OptionalTime.isTime(argument));
  }

  private void watched(DriftedToy toy, Path yaml) throws IOException, InterruptedException {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    OutputStream pipe = new PipedOutputStream(out);
    Thread watch =
        new Thread(
            () ->
                code.complete(
                    Mlctl.run(
                        Terminal.of(InputStream.nullInputStream(), pipe, err, "", Map.of()),
                        "monitor",
                        yaml.toString(),
                        "--watch=0.05s",
                        "--format=json",
                        "--registry=" + toy.resolve("registry"))));
    watch.start();
    assertEquals(List.of("log done", "webhook failed"), actions());
    assertEquals(List.of("webhook done"), actions(), "told in the round after");
    assertEquals(List.of(), actions(), "no news");

    Path away = toy.resolve("away");
    Files.move(toy.resolve("registry"), away);
    await("warning: this round failed: no registry");
    Files.move(away, toy.resolve("registry"));
    assertEquals(List.of(), actions(), "the same alerts as before");

    Files.writeString(yaml, "model: [\n");
    await("warning: the configuration of the round before is used");
    toy.scored(false);
    List<String> recovered = actions();
    while (recovered.isEmpty()) {
      recovered = actions();
    }
    assertEquals(List.of("log done"), recovered);
    await("warning: toy@prod#1 has recovered: no finding over 240 rows");
    assertEquals(List.of(), actions(), "no news");

    watch.interrupt();
    assertEquals(130, code.join());
  }

  /** What the next round did; each is one line of JSON. */
  private List<String> actions() throws IOException {
    String line = rounds.readLine();
    Map<String, Object> round = Json.readObject("round", line.getBytes(StandardCharsets.UTF_8));
    assertEquals("mlctl/v1", round.get("apiVersion"));
    return ((List<?>) round.get("actions"))
        .stream()
            .map(result -> (Map<?, ?>) result)
            .map(result -> result.get("type") + " " + result.get("outcome"))
            .toList();
  }

  /** Rounds go on in the meantime, so what is waited for comes. */
  private void await(String text) throws InterruptedException {
    while (!err.toString(StandardCharsets.UTF_8).contains(text)) {
      Thread.sleep(10);
    }
    assertTrue(err.toString(StandardCharsets.UTF_8).contains(text));
  }
}
