package dev.mlctl.release;

import dev.mlctl.model.GateResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A bundle that is tried beside the current release, as the note says that began it.
 *
 * @param number of the note
 * @param challenge how it is tried
 * @param digest of the bundle
 * @param size of the bundle in bytes
 * @param asOf the current release when it began; whatever is current later is its champion then
 * @param gates what came of the gates it passed
 * @param reason why, or empty
 * @param operation a random id
 * @param idempotencyKey what a repeated request is known by
 */
public record Challenger(
    long number,
    String model,
    String env,
    Challenge challenge,
    String digest,
    long size,
    long asOf,
    List<GateResult> gates,
    String reason,
    Who who,
    Instant when,
    String operation,
    Optional<String> idempotencyKey) {
  static final String STARTED = "started";

  /** Checks that there is a bundle and a champion. */
  public Challenger {
    Objects.requireNonNull(challenge, "challenge");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(when, "when");
    if (!Digest.isDigest(digest) || size < 1 || asOf < 1) {
      throw new IllegalArgumentException("a challenger without a bundle or a champion");
    }
    gates = List.copyOf(gates);
  }

  static Challenger from(long number, RecordFormat.Fields fields) {
    RecordFormat.Fields bundle = fields.object("bundle");
    List<GateResult> gates = new ArrayList<>();
    fields.objects("gates").forEach(gate -> gates.add(RecordFormat.gate(gate)));
    return new Challenger(
        number,
        fields.text("model"),
        fields.text("env"),
        Challenge.from(fields),
        bundle.text("digest"),
        bundle.number("size"),
        fields.number("as_of"),
        gates,
        fields.text("reason"),
        fields.who(),
        Instant.parse(fields.text("when")),
        fields.text("operation"),
        fields.optionalText("idempotency_key"));
  }

  /** What rows that it answered are labelled with: {@code bikes@prod~0a1b2c3d4e5f}. */
  public String label() {
    return model + "@" + env + "~" + Digest.hex(digest).substring(0, 12);
  }

  /** For JSON, and what its note says. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("number", number);
    map.put("kind", STARTED);
    map.put("model", model);
    map.put("env", env);
    map.putAll(challenge.toMap());
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("digest", digest);
    bundle.put("size", size);
    map.put("bundle", bundle);
    map.put("as_of", asOf);
    map.put("when", when.toString());
    map.put("who", who.toMap());
    map.put("reason", reason);
    map.put("gates", gates.stream().map(GateResult::toMap).toList());
    map.put("operation", operation);
    idempotencyKey.ifPresent(key -> map.put("idempotency_key", key));
    return map;
  }
}
