package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What monitoring found critical is remembered, and can break nothing. */
class VerdictsTest {
  private static final String FOLDER = "models/bikes/prod/verdicts";
  private static final List<Map<String, Object>> FINDINGS =
      List.of(Map.of("column", "temp", "statistic", "psi", "value", 0.4));

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private final Releases releases = Registries.releases(store);

  @BeforeEach
  void deploy_four_releases() {
    for (String salt : List.of("a", "b", "c", "d")) {
      Registries.deploy(releases, salt);
    }
  }

  private Verdicts verdicts() {
    return releases.verdicts("bikes", "prod");
  }

  private ReleaseRecord release(int number) {
    return releases.find((Reference.Release) Reference.parse("bikes@prod#" + number));
  }

  private Deployed rollback() {
    return releases.rollback(RollbackRequest.of("bikes", "prod").dryRun(true));
  }

  @Test
  void a_rollback_passes_over_a_condemned_release_unless_it_is_named() {
    assertTrue(verdicts().condemn(release(3), "critical: psi of temp is 0.4", FINDINGS));
    assertEquals(2, rollback().release().to().orElseThrow());
    RollbackRequest named = RollbackRequest.of("bikes", "prod").to(3);
    assertEquals(3, releases.rollback(named).release().to().orElseThrow());
  }

  @Test
  void history_and_list_say_why() {
    verdicts().condemn(release(3), "critical: psi of temp is 0.4", FINDINGS);
    verdicts().condemn(release(4), "critical: psi of hum is 0.3", FINDINGS);
    History history = releases.history("bikes", "prod");
    assertEquals(
        List.of("superseded", "superseded", "condemned", "current"),
        history.entries().stream().map(entry -> entry.status().words()).toList());
    Map<?, ?> condemned = (Map<?, ?>) history.entries().get(2).toMap().get("condemned");
    assertEquals("critical: psi of temp is 0.4", condemned.get("why"));
    assertEquals(FINDINGS, condemned.get("findings"));
    assertEquals("2026-11-01T12:00:00Z", condemned.get("when"));
    assertEquals(Map.of("user", "ada", "host", "laptop", "ci", ""), condemned.get("who"));
    assertEquals(
        "critical: psi of hum is 0.3", releases.list().get(0).verdict().orElseThrow().why());
  }

  @Test
  void the_same_opinion_is_noted_once() {
    assertTrue(verdicts().condemn(release(4), "critical", FINDINGS));
    List<String> before = store.keys();
    assertFalse(verdicts().condemn(release(4), "critical again", FINDINGS));
    assertEquals(before, store.keys());
  }

  @Test
  void an_ok_takes_back_what_was_said_and_says_nothing_otherwise() {
    List<String> before = store.keys();
    assertFalse(verdicts().acquit(release(3), "no finding"));
    assertEquals(before, store.keys());
    verdicts().condemn(release(3), "critical", FINDINGS);
    assertTrue(verdicts().acquit(release(3), "no finding"));
    assertFalse(verdicts().acquit(release(3), "no finding"));
    assertEquals(3, rollback().release().to().orElseThrow());
    assertTrue(verdicts().condemn(release(3), "critical", FINDINGS));
    assertEquals(2, rollback().release().to().orElseThrow());
  }

  @Test
  void a_bundle_deployed_again_is_good_until_it_is_found_critical_again() {
    verdicts().condemn(release(3), "critical", FINDINGS);
    Registries.deploy(releases, "c");
    Registries.deploy(releases, "e");
    assertEquals(5, rollback().release().to().orElseThrow());
    assertTrue(verdicts().condemn(release(3), "critical", FINDINGS), "it counts anew");
    assertEquals(4, rollback().release().to().orElseThrow());
  }

  @Test
  void when_all_are_condemned_there_is_nothing_to_go_back_to() {
    for (int number = 1; number <= 3; number++) {
      verdicts().condemn(release(number), "critical", FINDINGS);
    }
    Failure failure = assertThrows(Failure.class, this::rollback);
    assertEquals(FailureKind.NOT_FOUND, failure.kind());
    assertTrue(failure.getMessage().contains("condemned by monitoring"), failure.getMessage());
  }

  @Test
  void a_damaged_verdict_condemns_with_a_warning_and_breaks_nothing() {
    String first = FOLDER + "/00000000000000000003/00000000000000000001.json";
    store.putIfAbsent(first, new byte[] {'{'});
    assertUnreadable(first);
    assertTrue(verdicts().condemn(release(3), "critical", FINDINGS), "it mends it");
    assertEquals(List.of(), releases.history("bikes", "prod").warnings());
    store.putIfAbsent(first.replace("1.json", "3.json"), new byte[Notes.LARGEST + 1]);
    assertUnreadable(first.replace("1.json", "3.json"));
    assertTrue(verdicts().acquit(release(3), "no finding"), "it mends it");
    assertEquals(3, rollback().release().to().orElseThrow());
  }

  @Test
  void a_verdict_in_the_folder_of_another_release_condemns_with_a_warning() {
    verdicts().condemn(release(2), "critical", FINDINGS);
    String second = FOLDER + "/00000000000000000002/00000000000000000001.json";
    String third = second.replace("0002/", "0003/");
    store.putIfAbsent(third, store.get(second, Notes.LARGEST).orElseThrow());
    assertUnreadable(third);
  }

  private void assertUnreadable(String key) {
    String warning =
        "the verdict on bikes@prod#3 cannot be read, so it counts as condemned (memory:%s)"
            .formatted(key);
    History history = releases.history("bikes", "prod");
    assertEquals(List.of(warning), history.warnings());
    assertEquals(History.Status.CONDEMNED, history.entries().get(2).status());
    assertEquals(List.of(warning), rollback().warnings());
    assertTrue(rollback().release().to().orElseThrow() < 3);
  }

  @Test
  void what_is_no_verdict_is_passed_over() {
    for (String key :
        List.of(
            "/README",
            "/3/1.json",
            "/00000000000000000003/README",
            "/00000000000000000003/1.json",
            "/00000000000000000077/00000000000000000001.json")) {
      store.putIfAbsent(FOLDER + key, new byte[] {'x'});
    }
    assertEquals(3, rollback().release().to().orElseThrow());
  }

  @Test
  void a_file_where_the_folder_should_be_is_a_warning() throws IOException {
    Releases local = Registries.releases(new LocalStore(folder));
    Registries.deploy(local, "a");
    Registries.deploy(local, "b");
    Files.writeString(folder.resolve(FOLDER), "x");
    assertEquals(1, local.history("bikes", "prod").warnings().size());
    assertEquals(3, local.rollback(RollbackRequest.of("bikes", "prod")).release().number());
  }

  @Test
  void long_findings_and_many_are_cut_so_that_the_note_can_be_read() {
    Map<String, Object> finding = Map.of("column", "ä".repeat(900));
    Map<String, Object> tooLong = Map.of("column", "x".repeat(3000));
    List<Map<String, Object>> all = Collections.nCopies(5000, finding);
    verdicts().condemn(release(4), "y".repeat(100_000), all);
    Optional<Verdict> kept = verdicts().of(4);
    assertEquals(20, kept.orElseThrow().findings().size());
    assertEquals(500, kept.get().why().length());
    verdicts().condemn(release(3), "y", List.of(tooLong));
    assertEquals(List.of(), verdicts().of(3).orElseThrow().findings());
  }

  @Test
  void a_lost_reply_loses_no_verdict_and_of_two_at_once_both_are_heard() {
    PrunableStore lossy = PassingStore.losingReplies(store);
    Releases other = Registries.releases(lossy, 5);
    assertTrue(other.verdicts("bikes", "prod").condemn(release(4), "critical", FINDINGS));
    assertEquals(1, store.list(FOLDER + "/00000000000000000004").size());
    PrunableStore racing =
        new PassingStore(store) {
          private boolean raced;

          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            if (!raced) {
              raced = true;
              verdicts().condemn(release(3), "critical, says another", FINDINGS);
            }
            return super.putIfAbsent(key, bytes);
          }
        };
    Verdicts late = Registries.releases(racing, 6).verdicts("bikes", "prod");
    assertFalse(late.condemn(release(3), "critical", FINDINGS), "the other one said so first");
    assertEquals("critical, says another", verdicts().of(3).orElseThrow().why());
  }
}
