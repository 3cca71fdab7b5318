package dev.mlctl.release;

import dev.mlctl.config.Json;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Operation.Answer;
import dev.mlctl.release.Operation.Wish;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what callers were told with what the store holds in the end. It reads the log by itself,
 * as bytes and JSON, and uses nothing of what it judges.
 */
final class Audit {
  private static final String LOG = "models/bikes/prod/log";
  private static final int SEAL = 83;

  private final BadDisk disk;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<Long, Line> log = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** A line of the log; {@code operation} is the name its maker gave as the reason. */
  private record Line(
      long number, String operation, String kind, String digest, Long to, String key) {}

  private Audit(Simulation.Outcome outcome) {
    this.disk = outcome.disk();
    outcome.operations().forEach(operation -> operations.put(operation.name(), operation));
  }

  /** What is wrong, a sentence each; empty when every promise was kept. */
  static List<String> faults(Simulation.Outcome outcome) {
    Audit audit = new Audit(outcome);
    audit.readLog();
    audit.checkLines();
    audit.operations.values().forEach(audit::checkAnswer);
    return audit.faults;
  }

  private void check(boolean holds, String fault, Object about) {
    if (!holds) {
      faults.add(fault + ": " + about);
    }
  }

  /** Numbers consecutive from 1, the chain intact, every record sealed, every bundle there. */
  private void readLog() {
    Object previous = null;
    long number = 0;
    for (String name : disk.list(LOG)) {
      number++;
      check(name.equals("%020d.json".formatted(number)), "not the next number", name);
      byte[] bytes = disk.asWritten(LOG + "/" + name).orElseThrow();
      String text = new String(bytes, 0, bytes.length - SEAL, StandardCharsets.UTF_8);
      Map<String, Object> fields = Json.readObject(name, bytes);
      check(fields.get("sha256").equals(sha256(text)), "a broken seal", name);
      check(fields.get("number").equals(number), "another's number", name);
      check(Objects.equals(fields.get("previous"), previous), "a broken chain", name);
      previous = "sha256:" + sha256(bytes);
      String digest = (String) ((Map<?, ?>) fields.get("bundle")).get("digest");
      Optional<byte[]> bundle = disk.asWritten("blobs/sha256/" + digest.substring(7));
      check(
          bundle.isPresent() && sha256(bundle.get()).equals(digest.substring(7)),
          "no bundle",
          name);
      log.put(
          number,
          new Line(
              number,
              (String) fields.get("reason"),
              (String) fields.get("kind"),
              digest,
              (Long) fields.get("to"),
              (String) fields.get("idempotency_key")));
    }
  }

  /** Each release was asked for, once, and may stand where it stands. */
  private void checkLines() {
    Set<String> names = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (Line line : log.values()) {
      check(names.add(line.operation), "committed twice", line);
      check(line.key == null || keys.add(line.key), "a key committed twice", line);
      Operation operation = operations.get(line.operation);
      if (operation == null) {
        check(false, "a release that nobody asked for", line);
        continue;
      }
      Wish wish = operation.wish();
      check(wish.expected().orElse(line.number - 1) == line.number - 1, "unexpected", line);
      check(Objects.equals(wish.key().orElse(null), line.key), "another's key", line);
      check(isWished(wish, line), "not what was asked for", line);
      Line before = log.get(line.number - 1);
      check(before == null || !before.digest.equals(line.digest), "changes nothing", line);
      check(!operation.afterDamage(), "committed behind a damaged record", line);
    }
  }

  private boolean isWished(Wish wish, Line line) {
    if (wish.isDeploy()) {
      return line.kind.equals("deploy") && line.digest.equals(digest(wish));
    }
    return line.kind.equals("rollback")
        && line.to < line.number
        && wish.to().orElse(line.to) == line.to
        && log.get(line.to).digest.equals(line.digest);
  }

  private void checkAnswer(Operation operation) {
    Answer answer = operation.answer();
    Optional<Line> own =
        log.values().stream().filter(line -> line.operation.equals(operation.name())).findFirst();
    if (answer.release().isPresent()) {
      long number = answer.release().get().number();
      Line line = log.get(number);
      check(!operation.afterDamage(), "answered from a damaged log", operation);
      if (line == null) {
        check(false, "an acknowledged release is lost", operation);
      } else if (answer.made()) {
        check(own.equals(Optional.of(line)), "an acknowledged release is another's", operation);
      } else {
        check(own.isEmpty(), "committed and said to be there already", operation);
        check(isThere(operation, line), "said to be there already", operation);
      }
      return;
    }
    if (!operation.failedWith(FailureKind.UNKNOWN_OUTCOME)) {
      check(own.isEmpty(), "said not to be committed, and is", operation);
    }
    check(isTrue(operation), "a failure without a reason", operation);
  }

  /** Whether a release is what was wished for, and was current (or made with the key) meanwhile. */
  private boolean isThere(Operation operation, Line line) {
    Wish wish = operation.wish();
    boolean mayStand =
        (wish.key().isPresent() && wish.key().get().equals(line.key))
            || (line.number >= operation.headBefore() && line.number <= operation.headAfter());
    if (wish.isDeploy()) {
      return mayStand && line.digest.equals(digest(wish));
    }
    Line target = log.get(wish.to().orElse(line.number));
    return mayStand && target != null && target.digest.equals(line.digest);
  }

  /** Whether what went on meanwhile can be the reason of such a failure. */
  private boolean isTrue(Operation operation) {
    if (operation.answer().failure().isEmpty()) {
      return false;
    }
    Wish wish = operation.wish();
    return switch (operation.answer().failure().get()) {
      case STORAGE -> operation.faultsMet() > 0;
      case UNKNOWN_OUTCOME ->
          !operation.afterDamage() && (operation.faultsMet() > 0 || operation.duringDamage());
      case INVALID -> operation.duringDamage();
      case NOT_FOUND ->
          !wish.isDeploy() && !(wish.to().orElse(Long.MAX_VALUE) <= operation.headBefore());
      case CONFLICT ->
          (wish.expected().isPresent() && !operation.sawOnly(wish.expected().getAsLong()))
              || (wish.key().isPresent() && keyIsTaken(wish))
              || (!wish.isDeploy() && wish.to().isEmpty() && hasMoved(operation));
      default -> false;
    };
  }

  private boolean keyIsTaken(Wish wish) {
    return log.values().stream()
        .filter(line -> line.key != null && line.key.equals(wish.key().orElseThrow()))
        .anyMatch(line -> !isWished(wish, line));
  }

  private static boolean hasMoved(Operation operation) {
    return operation.headBefore() != operation.headAfter();
  }

  private static String digest(Wish wish) {
    return "sha256:" + sha256(wish.bundle());
  }

  private static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
