package dev.mlctl.release;

import dev.mlctl.model.GateResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One release: a deploy, a rollback or a revocation, as the log keeps it for ever.
 *
 * @param number 1, 2, 3, … within one model and environment
 * @param operation a random id of the operation that made it, by which a writer whose reply was
 *     lost knows its own record again
 * @param idempotencyKey what the caller gave to make a repeated request harmless
 * @param kind deploy, rollback or revoke
 * @param model the model's name
 * @param env the environment's name
 * @param digest the bundle, {@code sha256:} and 64 hex digits
 * @param size the bundle's size in bytes
 * @param to for a rollback, the release it goes back to; for a revocation, the release whose bundle
 *     is current after it, or empty when there is none that may be used
 * @param previous the digest of the previous record's bytes; empty for release 1 only
 * @param who who made it
 * @param when when, by the clock of whoever made it, in milliseconds
 * @param reason why, in the words of whoever made it, or empty
 * @param gates what the gates said
 * @param revokes for a revocation, the release whose bundle is never to be used again
 * @param revoked the bundles never to be used again, as digests: those of the record before and,
 *     for a revocation, one more at the end. Each record repeats them, so that the newest alone
 *     tells
 */
public record ReleaseRecord(
    long number,
    String operation,
    Optional<String> idempotencyKey,
    Kind kind,
    String model,
    String env,
    String digest,
    long size,
    OptionalLong to,
    Optional<String> previous,
    Who who,
    Instant when,
    String reason,
    List<GateResult> gates,
    OptionalLong revokes,
    List<String> revoked) {

  /** What a release did. */
  public enum Kind {
    /** It made a bundle the current one. */
    DEPLOY,
    /** It went back to the bundle of an earlier release. */
    ROLLBACK,
    /** It marked the bundle of an earlier release as never to be used again. */
    REVOKE;

    /** The word that records and tables use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks what must hold of any release and copies the lists. */
  public ReleaseRecord {
    require(number >= 1, "number", number);
    require(!operation.isEmpty(), "operation", operation);
    require(Names.isName(model), "model", model);
    require(Names.isName(env), "env", env);
    require(Digest.isDigest(digest), "bundle.digest", digest);
    require(size >= 0 && size <= Blobs.LARGEST, "bundle.size", size);
    require(kind == Kind.REVOKE || (kind == Kind.ROLLBACK) == to.isPresent(), "to", to);
    require(isEarlier(to, number), "to", to);
    require((kind == Kind.REVOKE) == revokes.isPresent(), "revokes", revokes);
    require(isEarlier(revokes, number), "revokes", revokes);
    require(revoked.stream().allMatch(Digest::isDigest), "revoked", revoked);
    require(revoked.isEmpty() ? kind != Kind.REVOKE : number > 1, "revoked", revoked);
    // Only a revocation that left nothing to go back to may point at what was revoked.
    require(revoked.contains(digest) == (kind == Kind.REVOKE && to.isEmpty()), "revoked", revoked);
    require((number == 1) == previous.isEmpty(), "previous", previous);
    require(previous.map(Digest::isDigest).orElse(true), "previous", previous);
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(reason, "reason");
    gates = List.copyOf(gates);
    revoked = List.copyOf(revoked);
  }

  private static boolean isEarlier(OptionalLong release, long number) {
    return release.isEmpty() || (release.getAsLong() >= 1 && release.getAsLong() < number);
  }

  private static void require(boolean holds, String field, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("a release cannot have " + field + " " + value);
    }
  }

  /** True when its own bundle is one of those never to be used again. */
  public boolean isRevoked() {
    return revoked.contains(digest);
  }

  /** {@code bikes@prod#7}. */
  public String reference() {
    return model + "@" + env + "#" + number;
  }

  /** The fields in the order the record shows them; for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.put("number", number);
    map.put("kind", kind.word());
    map.put("model", model);
    map.put("env", env);
    map.put("bundle", orderedMap("digest", digest, "size", size));
    to.ifPresent(release -> map.put("to", release));
    revokes.ifPresent(release -> map.put("revokes", release));
    if (!revoked.isEmpty()) {
      map.put("revoked", revoked);
    }
    map.put("when", when.toString());
    map.put("who", who.toMap());
    map.put("reason", reason);
    map.put("gates", gates.stream().map(GateResult::toMap).toList());
    map.put("operation", operation);
    idempotencyKey.ifPresent(key -> map.put("idempotency_key", key));
    previous.ifPresent(link -> map.put("previous", link));
    return map;
  }

  private static Map<String, Object> orderedMap(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
