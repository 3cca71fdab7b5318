package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commit protocol, one mishap at a time; {@link SimulatedCommitsTest} has them all at once. */
class CommitTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Pause NONE = attempt -> {};
  private static final String DIGEST = Digest.of(new byte[0]);

  private static Draft draft(String operation) {
    return Draft.begin(operation, Optional.empty(), new Who("u", "h", ""), CLOCK, "");
  }

  @Test
  void a_reply_lost_after_the_commit_is_read_back_as_success() {
    MemoryStore sound = new MemoryStore();
    Scripted store = new Scripted(sound, List.of(Fault.DONE_REPLY_LOST));
    assertEquals(1, deploy(store).number());
    assertEquals(1, new ReleaseLog(sound, "bikes", "prod").readAll().head());
  }

  @Test
  void exists_after_ones_own_success_is_success() {
    MemoryStore sound = new MemoryStore();
    Scripted store = new Scripted(sound, List.of(Fault.DONE_SAYS_EXISTS));
    assertEquals(1, deploy(store).number());
    assertEquals(1, new ReleaseLog(sound, "bikes", "prod").readAll().head());
  }

  @Test
  void a_write_that_never_arrived_is_tried_again_at_the_same_number() {
    MemoryStore sound = new MemoryStore();
    Scripted store = new Scripted(sound, List.of(Fault.LOST, Fault.LOST));
    assertEquals(1, deploy(store).number());
    assertEquals(List.of(1L, 1L, 1L), store.tried);
  }

  @Test
  void a_refusal_after_an_unknown_outcome_is_not_called_nothing_committed() {
    Scripted store =
        new Scripted(
            new MemoryStore(),
            Stream.concat(Stream.of(Fault.LOST), Stream.generate(() -> Fault.REFUSED).limit(50))
                .toList());
    Failure failure = assertThrows(Failure.class, () -> deploy(store));
    assertEquals(FailureKind.UNKNOWN_OUTCOME, failure.kind());
    assertFalse(failure.getMessage().contains("nothing was committed"), failure.getMessage());
    assertTrue(store.tried.stream().allMatch(number -> number == 1), "tried " + store.tried);
  }

  @Test
  void a_refusal_at_once_is_a_storage_failure() {
    Scripted store = new Scripted(new MemoryStore(), List.of(Fault.REFUSED));
    Failure failure = assertThrows(Failure.class, () -> deploy(store));
    assertEquals(FailureKind.STORAGE, failure.kind());
  }

  @Test
  void an_interruption_after_an_unknown_outcome_is_not_called_nothing_committed() {
    Scripted store = new Scripted(new MemoryStore(), List.of(Fault.LOST));
    Failure failure = assertThrows(Failure.class, () -> deploy(store, CommitTest::interrupted));
    assertEquals(FailureKind.UNKNOWN_OUTCOME, failure.kind());
    assertEquals("cannot tell whether bikes@prod#1 was made: interrupted", failure.getMessage());
    assertEquals(List.of(1L), store.tried);
  }

  @Test
  void an_interruption_after_a_lost_race_committed_nothing() {
    MemoryStore sound = new MemoryStore();
    String first = new ReleaseLog(sound, "bikes", "prod").key(1);
    sound.putIfAbsent(first, RecordFormat.seal("{}"));
    PrunableStore blind =
        new PassingStore(sound) {
          @Override
          public List<String> list(String folder) {
            return List.of();
          }

          @Override
          public OptionalLong size(String key) {
            return OptionalLong.empty();
          }
        };
    Failure failure = assertThrows(Failure.class, () -> deploy(blind, CommitTest::interrupted));
    assertEquals(FailureKind.INTERRUPTED, failure.kind());
    assertEquals("interrupted; nothing was committed", failure.getMessage());
  }

  @Test
  void a_pause_says_only_that_it_was_interrupted() {
    Thread.currentThread().interrupt();
    Pause pause = Pause.jittered(new Random(1));
    pause.before(0);
    Failure failure = assertThrows(Failure.class, () -> pause.before(1));
    assertTrue(Thread.interrupted());
    assertEquals(FailureKind.INTERRUPTED, failure.kind());
    assertEquals("interrupted", failure.getMessage());
  }

  private static void interrupted(int attempt) {
    if (attempt > 0) {
      throw Failure.of(FailureKind.INTERRUPTED, "interrupted");
    }
  }

  @Test
  void a_race_that_is_always_lost_ends_in_a_conflict() {
    MemoryStore sound = new MemoryStore();
    ObjectStore contested =
        new Scripted(sound, List.of()) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            sound.putIfAbsent(key, RecordFormat.seal("{}"));
            return super.putIfAbsent(key, bytes);
          }
        };
    ReleaseLog log = new ReleaseLog(contested, "bikes", "prod");
    Commit.Step step =
        new Commit.Step(draft("ours").deploy(log.empty(), DIGEST, 0, List.of()), true);
    Failure failure =
        assertThrows(
            Failure.class, () -> new Commit(contested, NONE).append(log, log::empty, view -> step));
    assertEquals(FailureKind.CONFLICT, failure.kind());
  }

  @Test
  void a_record_that_was_damaged_since_is_not_taken_for_anothers() {
    BadDisk disk = new BadDisk();
    Scripted store =
        new Scripted(disk, List.of(Fault.DONE_REPLY_LOST)) {
          @Override
          public PutResult putIfAbsent(String key, byte[] bytes) {
            PutResult result = super.putIfAbsent(key, bytes);
            disk.damage(key, 77);
            return result;
          }
        };
    Failure failure = assertThrows(Failure.class, () -> deploy(store));
    assertEquals(FailureKind.UNKNOWN_OUTCOME, failure.kind());
    assertTrue(failure.getMessage().contains("the release log is damaged"), failure.getMessage());
  }

  private static ReleaseRecord deploy(ObjectStore store) {
    return deploy(store, NONE);
  }

  private static ReleaseRecord deploy(ObjectStore store, Pause pause) {
    ReleaseLog log = new ReleaseLog(store, "bikes", "prod");
    Draft draft = draft("ours");
    return new Commit(store, pause)
        .append(
            log,
            log::readAll,
            view -> new Commit.Step(draft.deploy(view, DIGEST, 0, List.of()), true))
        .release();
  }

  private enum Fault {
    LOST,
    DONE_REPLY_LOST,
    DONE_SAYS_EXISTS,
    REFUSED
  }

  /** A store whose first writes go wrong as scripted. */
  private static class Scripted extends PassingStore {
    private final List<Fault> script;
    private final List<Long> tried = new ArrayList<>();

    Scripted(PrunableStore store, List<Fault> script) {
      super(store);
      this.script = script;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] bytes) {
      tried.add(Long.parseLong(key.replaceAll(".*/0*|\\.json", "")));
      int call = tried.size() - 1;
      if (call >= script.size()) {
        return super.putIfAbsent(key, bytes);
      }
      switch (script.get(call)) {
        case REFUSED ->
            throw Failure.of(FailureKind.STORAGE, "refused; nothing was committed").at(key);
        case DONE_REPLY_LOST -> super.putIfAbsent(key, bytes);
        case DONE_SAYS_EXISTS -> {
          super.putIfAbsent(key, bytes);
          return PutResult.EXISTS;
        }
        case LOST -> {}
      }
      return PutResult.UNKNOWN;
    }
  }
}
