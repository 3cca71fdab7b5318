package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done about alerts, and that nothing which goes wrong there hides one. */
class MonitorActionsTest {
  /** Far more than any of it takes, and far less than for ever. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path shared;
  private static DriftedToy toy;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    toy = DriftedToy.in(shared);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "webhooks.csv", numLinesToSkip = 1, delimiter = '|')
  void a_receiver_in_trouble_hides_no_alert_and_changes_no_exit_code(
      String behaviour, String timeout, String outcome, String detail, int requests)
      throws IOException, GeneralSecurityException {
    try (Receiver other = Receiver.plain(Receiver.named("ok", 0));
        Receiver receiver = receiver(behaviour, other.port())) {
      if (behaviour.equals("down")) {
        receiver.stop();
      }
      boolean tls = List.of("untrusted", "not-tls").contains(behaviour);
      String url = (tls ? "https" : "http") + "://127.0.0.1:" + receiver.port();
      Path alerts = folder.resolve("alerts.jsonl");
      DriftedToy.Result result =
          monitor(
              """
                critical:
                  - {type: webhook, url: "%s/private-path?token=private-query", timeout: %s,
                     headers: {Authorization: "Bearer ${env:TOKEN}"}, secret: "${env:TOKEN}"}
                  - {type: log}
                  - {type: file, path: %s}
              """
                  .formatted(url, timeout, alerts));
      assertEquals(outcome, result.action("webhook").get("outcome"), result::toString);
      assertEquals(detail.formatted(url), result.action("webhook").get("detail"));
      assertEquals("done", result.action("file").get("outcome"));
      assertEquals(requests, receiver.requests().size());
      assertEquals(0, other.requests().size());
      assertEquals(1, Files.readAllLines(alerts).size());
      assertTrue(result.err().contains("warning: toy@prod#1: critical: ks of "), result::err);
      assertNothingPrivate(result.out() + result.err() + Files.readString(alerts));
    }
  }

  private static Receiver receiver(String behaviour, int otherPort)
      throws IOException, GeneralSecurityException {
    return switch (behaviour) {
      case "untrusted" -> Receiver.untrusted(Receiver.named("ok", otherPort));
      case "down" -> Receiver.plain(Receiver.named("ok", otherPort));
      case "not-tls" -> Receiver.plain(Receiver.named("babbling", otherPort));
      default -> Receiver.plain(Receiver.named(behaviour, otherPort));
    };
  }

  @Test
  void a_receiver_gets_a_cloud_event_that_it_can_check_and_tell_from_others()
      throws IOException, GeneralSecurityException {
    try (Receiver receiver = Receiver.plain(Receiver.named("ok", 0))) {
      String actions =
          """
            critical:
              - {type: webhook, url: "http://localhost:%d/", secret: "${env:TOKEN}",
                 headers: {X-Team: models}}
          """
              .formatted(receiver.port());
      monitor(actions);
      monitor(actions);
      Receiver.Request request = receiver.requests().get(0);
      assertEquals("models", request.headers().get("x-team"));
      assertEquals(
          "application/cloudevents+json; charset=UTF-8", request.headers().get("content-type"));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(DriftedToy.SECRET.getBytes(StandardCharsets.UTF_8), "raw"));
      assertArrayEquals(
          mac.doFinal(request.body()),
          HexFormat.of().parseHex(request.headers().get("x-hub-signature-256").substring(7)));

      Map<String, Object> event = Json.readObject("event", request.body());
      assertEquals("1.0", event.get("specversion"));
      assertEquals("dev.mlctl.monitor.alert", event.get("type"));
      assertEquals("/mlctl/models/toy/prod", event.get("source"));
      assertEquals("toy@prod#1", event.get("subject"));
      assertTrue(Instant.parse((String) event.get("time")).isAfter(Instant.EPOCH));
      Map<?, ?> data = (Map<?, ?>) event.get("data");
      assertEquals("critical", data.get("severity"));
      assertEquals(240L, data.get("rows"));
      assertFalse(data.toString().contains("note"), data::toString);
      Map<?, ?> alert = (Map<?, ?>) ((List<?>) data.get("alerts")).get(0);
      assertEquals("thresholds", alert.get("rule"));
      assertEquals(
          event.get("id"),
          Json.readObject("event", receiver.requests().get(1).body()).get("id"),
          "the same alerts over the same run");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          [sh, -c, 'cat > event.json; test $MLCTL_ALERT_SEVERITY = critical'] | done | ran sh
          [sh, -c, 'echo; echo no; exit 3']    | failed | sh ended with exit code 3: no
          [sh, -c, 'sleep 600 & sleep 600']    | failed | sh was ended after 1s
          [sh, -c, 'head -c 5000000 /dev/zero; echo; echo y; exit 1'] | failed | sh ended with exit code 1: y
          [sh, -c, 'exec <&-; sleep 5 & exit 0'] | done | ran sh
          [no-such-program, ${env:TOKEN}]      | failed | cannot start no-such-program: not found, or not executable
          """)
  void a_program_in_trouble_does_not_either(String command, String outcome, String detail)
      throws IOException {
    DriftedToy.Result result =
        monitor(
            "  critical:\n    - {type: command, timeout: %s, command: "
                    .formatted(command.contains("sleep 600") ? "PT1S" : "PT20S")
                + command
                    .replace("event.json", folder + "/event.json")
                    .replace("${env:TOKEN}", "\"${env:TOKEN}\"")
                + "}\n");
    assertEquals(outcome, result.action("command").get("outcome"), result::toString);
    assertEquals(detail, result.action("command").get("detail"));
    assertNothingPrivate(result.out() + result.err());
    if (command.contains("event.json")) {
      byte[] event = Files.readAllBytes(folder.resolve("event.json"));
      assertEquals("toy@prod#1", Json.readObject("event", event).get("subject"));
    }
  }

  @Test
  void events_are_lines_even_after_a_torn_one() throws IOException {
    Path alerts = folder.resolve("new/alerts.jsonl");
    String actions = "  critical: [{type: file, path: " + alerts + "}]\n";
    monitor(actions);
    Files.writeString(alerts, Files.readString(alerts) + "{\"torn\":");
    monitor(actions);
    List<String> lines = Files.readAllLines(alerts);
    assertEquals(3, lines.size());
    assertEquals(id(lines.get(0)), id(lines.get(2)));
  }

  private static Object id(String event) {
    return Json.readObject("event", event.getBytes(StandardCharsets.UTF_8)).get("id");
  }

  @Test
  void a_file_that_cannot_be_written_is_told() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path bad : List.of(folder, file.resolve("alerts.jsonl"))) {
      DriftedToy.Result result =
          monitor("  critical: [{type: file, path: " + bad + "}, {type: log}]\n");
      assertEquals("failed", result.action("file").get("outcome"));
      assertEquals("done", result.action("log").get("outcome"));
      assertTrue(result.err().contains("warning: file: "), result::err);
    }
  }

  @Test
  void a_rollback_that_is_not_possible_is_told_and_hides_nothing() throws IOException {
    DriftedToy.Result result =
        monitor("  critical: [{type: rollback}]\n  warning: [{type: log}]\n");
    assertEquals("failed", result.action("rollback").get("outcome"));
    assertEquals(
        "cannot roll back toy@prod: release 1 is the first",
        result.action("rollback").get("detail"));
    assertEquals(1, ((List<?>) result.json().get("actions")).size());
  }

  @Test
  void a_trial_only_tells() throws IOException {
    try (Receiver receiver = Receiver.plain(Receiver.named("ok", 0))) {
      Path yaml =
          toy.monitorYaml(
              """
                critical:
                  - {type: webhook, url: "http://127.0.0.1:%d/"}
                  - {type: command, command: [touch, "%s"]}
                  - {type: file, path: %s}
                  - {type: log}
              """
                  .formatted(
                      receiver.port(), folder.resolve("touched"), folder.resolve("alerts.jsonl")));
      DriftedToy.Result result =
          toy.run("monitor " + yaml + " --dry-run --format json").exits(ExitCode.GATE);
      for (Object action : (List<?>) result.json().get("actions")) {
        assertEquals("would", ((Map<?, ?>) action).get("outcome"));
      }
      assertEquals("would run touch", result.action("command").get("detail"));
      assertEquals(List.of(), receiver.requests());
      assertEquals(0, folder.toFile().list().length);
      assertEquals("", result.err());
    }
  }

  private static DriftedToy.Result monitor(String actions) throws IOException {
    Path yaml = toy.monitorYaml(actions);
    return assertTimeoutPreemptively(
        SOON, () -> toy.run("monitor " + yaml + " --format json").exits(ExitCode.GATE));
  }

  private static void assertNothingPrivate(String text) {
    assertFalse(text.contains(DriftedToy.SECRET), text);
    assertFalse(text.contains("private-"), text);
  }
}
