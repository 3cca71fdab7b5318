package dev.mlctl.release;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.GateResult;
import dev.mlctl.model.LabelledFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of a release record: indented JSON whose last line is the SHA-256 of everything before
 * it, so that a record cut short or edited is known without any other file.
 *
 * <p>The last line has a fixed length; {@code head -c -83 RECORD | sha256sum} prints the digest it
 * holds. Fields that a later version adds are kept out of the way: unknown ones are not refused, an
 * unknown kind or apiVersion is.
 */
final class RecordFormat {
  static final String API_VERSION = "mlctl/v1";
  static final int LARGEST = 1 << 20;

  private static final byte[] BEFORE = ",\n  \"sha256\": \"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "\"\n}\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEX = 64;
  private static final int TRAILER = BEFORE.length + HEX + AFTER.length;

  private RecordFormat() {}

  static byte[] write(ReleaseRecord record) {
    return seal(Json.pretty(record.toMap()));
  }

  /** Puts the last line into indented JSON of an object. */
  static byte[] seal(String json) {
    byte[] open = json.getBytes(StandardCharsets.UTF_8);
    int end = lastBrace(open);
    while (Character.isWhitespace(open[end - 1])) {
      end--;
    }
    byte[] bytes = Arrays.copyOf(open, end + TRAILER);
    byte[] hex = Digest.hexOf(bytes, end).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(BEFORE, 0, bytes, end, BEFORE.length);
    System.arraycopy(hex, 0, bytes, end + BEFORE.length, HEX);
    System.arraycopy(AFTER, 0, bytes, end + BEFORE.length + HEX, AFTER.length);
    return bytes;
  }

  private static int lastBrace(byte[] json) {
    int at = json.length - 1;
    while (json[at] != '}') {
      at--;
    }
    return at;
  }

  /**
   * Reads a record and checks its last line.
   *
   * @param place the record's path, for the message
   * @throws Failure of kind INVALID for anything that {@link #write} would not have written
   */
  static ReleaseRecord read(String place, byte[] bytes) {
    Fields fields = open(place, bytes);
    try {
      return record(fields);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw bad(place, e.getMessage()).causedBy(e);
    }
  }

  /**
   * The fields of what {@link #seal} sealed.
   *
   * @throws Failure of kind INVALID when the last line is not that of the bytes before it, or the
   *     format is another
   */
  static Fields open(String place, byte[] bytes) {
    checkTrailer(place, bytes);
    Map<String, Object> fields = Json.readObject(place, bytes);
    checkVersion(place, fields);
    return new Fields(fields);
  }

  /** Refuses bytes that do not end in their own digest. */
  static void checkTrailer(String place, byte[] bytes) {
    int end = bytes.length - TRAILER;
    if (end < 1
        || !Arrays.equals(bytes, end, end + BEFORE.length, BEFORE, 0, BEFORE.length)
        || !Arrays.equals(
            bytes, bytes.length - AFTER.length, bytes.length, AFTER, 0, AFTER.length)) {
      throw bad(place, "it does not end in its own sha256: it was cut short or edited");
    }
    String hex = new String(bytes, end + BEFORE.length, HEX, StandardCharsets.ISO_8859_1);
    if (!hex.equals(Digest.hexOf(bytes, end))) {
      throw bad(place, "its bytes differ from its own sha256: it was edited or damaged");
    }
  }

  private static void checkVersion(String place, Map<String, Object> fields) {
    Object version = fields.get("apiVersion");
    if (!API_VERSION.equals(version)) {
      throw bad(place, "it is of format " + version + " and this mlctl reads " + API_VERSION)
          .hint("a newer mlctl wrote it: update this one");
    }
  }

  private static ReleaseRecord record(Fields fields) {
    Fields bundle = fields.object("bundle");
    List<GateResult> gates = new ArrayList<>();
    for (Fields gate : fields.objects("gates")) {
      gates.add(gate(gate));
    }
    return new ReleaseRecord(
        fields.number("number"),
        fields.text("operation"),
        fields.optionalText("idempotency_key"),
        kind(fields.text("kind")),
        fields.text("model"),
        fields.text("env"),
        bundle.text("digest"),
        bundle.number("size"),
        fields.optionalNumber("to"),
        fields.optionalText("previous"),
        fields.who(),
        Instant.parse(fields.text("when")),
        fields.text("reason"),
        gates,
        fields.optionalNumber("revokes"),
        fields.texts("revoked"));
  }

  private static ReleaseRecord.Kind kind(String word) {
    for (ReleaseRecord.Kind kind : ReleaseRecord.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("its kind \"" + word + "\" is unknown to this mlctl");
  }

  /** What came of a gate, as {@link GateResult#toMap} writes it. */
  static GateResult gate(Fields gate) {
    for (GateResult.Outcome outcome : GateResult.Outcome.values()) {
      if (outcome.name().toLowerCase(Locale.ROOT).equals(gate.text("outcome"))) {
        return new GateResult(
            gate.text("gate"),
            outcome,
            gate.real("left"),
            gate.real("right"),
            gate.optionalText("note").orElse(""),
            rows(gate));
      }
    }
    throw new IllegalArgumentException("a gate has the unknown outcome " + gate.text("outcome"));
  }

  private static Optional<GateResult.Rows> rows(Fields gate) {
    if (gate.optionalNumber("rows").isEmpty()) {
      return Optional.empty();
    }
    Fields data = gate.object("data");
    LabelledFile file =
        new LabelledFile(
            data.text("file"),
            data.text("digest"),
            data.number("rows"),
            data.number("unlabelled"),
            data.number("unfit"));
    return Optional.of(new GateResult.Rows(gate.number("rows"), file));
  }

  static Failure bad(String place, String why) {
    return Failure.of(FailureKind.INVALID, "the release log is damaged: " + why)
        .at(place)
        .hint("nothing after an unsound record can be trusted; restore the file from a copy");
  }

  /** The fields of one JSON object; asks for them by name and type. */
  record Fields(Map<String, Object> map) {
    String text(String name) {
      return optionalText(name).orElseThrow(() -> wrong(name));
    }

    Optional<String> optionalText(String name) {
      return typed(name, String.class);
    }

    long number(String name) {
      return optionalNumber(name).orElseThrow(() -> wrong(name));
    }

    OptionalLong optionalNumber(String name) {
      Optional<Long> number = typed(name, Long.class);
      return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    /** A number that may be NaN, infinite (both written as text) or, meaning NaN, left out. */
    double real(String name) {
      return Double.parseDouble(String.valueOf(map.getOrDefault(name, "NaN")));
    }

    /** The object {@code who}. */
    Who who() {
      Fields who = object("who");
      return new Who(who.text("user"), who.text("host"), who.text("ci"));
    }

    @SuppressWarnings("unchecked") // Json reads every object as a map with text keys
    Fields object(String name) {
      return new Fields(
          (Map<String, Object>) typed(name, Map.class).orElseThrow(() -> wrong(name)));
    }

    @SuppressWarnings("unchecked") // as above
    List<Fields> objects(String name) {
      List<Fields> objects = new ArrayList<>();
      for (Object each : typed(name, List.class).orElseThrow(() -> wrong(name))) {
        if (!(each instanceof Map)) {
          throw wrong(name);
        }
        objects.add(new Fields((Map<String, Object>) each));
      }
      return objects;
    }

    /** A list of texts; empty when it is left out. */
    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      for (Object each : typed(name, List.class).orElse(List.of())) {
        if (!(each instanceof String text)) {
          throw wrong(name);
        }
        texts.add(text);
      }
      return texts;
    }

    private <T> Optional<T> typed(String name, Class<T> type) {
      Object value = map.get(name);
      if (value != null && !type.isInstance(value)) {
        throw wrong(name);
      }
      return Optional.ofNullable(type.cast(value));
    }

    private static IllegalArgumentException wrong(String name) {
      return new IllegalArgumentException("\"" + name + "\" is missing or of the wrong type");
    }
  }
}
