package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.GateResult;
import dev.mlctl.model.LabelledFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFormatTest {
  private static final String FIXTURE = "v1/00000000000000000007.json";
  private static final String REVOCATION = "v1/00000000000000000008.json";
  private static final String HEX = "0123456789abcdef".repeat(4);

  private static final ReleaseRecord RECORD =
      new ReleaseRecord(
          7,
          "9f86d081-884c-4d65-9a2f-eaa0c55ad015",
          Optional.of("job-1234"),
          ReleaseRecord.Kind.DEPLOY,
          "bikes",
          "prod",
          "sha256:" + HEX,
          48_213,
          OptionalLong.empty(),
          Optional.of("sha256:" + HEX),
          new Who("ada", "build-3", "https://ci.example.com/jobs/1234"),
          Registries.NOON,
          "retrained on \"both\" years – naïve",
          List.of(
              new GateResult("r2 >= 0.85", GateResult.Outcome.PASSED, 0.951, 0.85, ""),
              new GateResult("r2 < 1 / 0", GateResult.Outcome.PASSED, 1, 1 / 0.0, ""),
              new GateResult(
                  "rmse <= current.rmse",
                  GateResult.Outcome.SKIPPED,
                  Double.NaN,
                  Double.NaN,
                  "there is no current release")),
          OptionalLong.empty(),
          List.of());

  private static final ReleaseRecord REVOKING =
      new ReleaseRecord(
          8,
          "2c624232-cc22-4b6c-9f4a-1f3d0a5e6b7c",
          Optional.empty(),
          ReleaseRecord.Kind.REVOKE,
          "bikes",
          "prod",
          "sha256:" + "0".repeat(64),
          47_000,
          OptionalLong.of(5),
          Optional.of("sha256:" + HEX),
          new Who("ada", "build-3", ""),
          Registries.NOON,
          "leaks names",
          List.of(),
          OptionalLong.of(7),
          List.of("sha256:" + "a".repeat(64), "sha256:" + HEX));

  @Test
  void a_record_of_version_1_is_written_as_it_always_was() throws IOException {
    assertEquals(
        new String(fixture(FIXTURE), StandardCharsets.UTF_8),
        new String(RecordFormat.write(RECORD), StandardCharsets.UTF_8));
  }

  @Test
  void a_record_of_version_1_is_read_for_ever() throws IOException {
    assertEquals(RECORD, RecordFormat.read(FIXTURE, fixture(FIXTURE)));
  }

  @Test
  void a_revocation_is_written_and_read_as_it_always_was() throws IOException {
    assertEquals(
        new String(fixture(REVOCATION), StandardCharsets.UTF_8),
        new String(RecordFormat.write(REVOKING), StandardCharsets.UTF_8));
    assertEquals(REVOKING, RecordFormat.read(REVOCATION, fixture(REVOCATION)));
  }

  /** Written by the program when gates on rows were new. */
  @Test
  void gates_on_rows_are_read_for_ever_and_written_as_they_were() throws IOException {
    byte[] bytes = fixture("v1/gates-on-rows.json");
    ReleaseRecord record = RecordFormat.read("gates-on-rows.json", bytes);
    GateResult.Rows rows = record.gates().get(0).rows().orElseThrow();
    assertEquals(5421, rows.count());
    assertEquals(
        new LabelledFile(
            "adult-test.csv",
            "sha256:870b80a0b6988151df9d69368e1e5146584a44cb47a77d1463595b8f169eb6c6",
            16_281,
            0,
            0),
        rows.file());
    assertArrayEquals(bytes, RecordFormat.write(record));
  }

  @Test
  void a_shell_can_check_a_record_with_head_and_sha256sum() throws IOException {
    byte[] bytes = fixture(FIXTURE);
    String last = new String(bytes, bytes.length - 83, 83, StandardCharsets.UTF_8);
    String hex = Digest.hexOf(bytes, bytes.length - 83);
    assertEquals(",\n  \"sha256\": \"" + hex + "\"\n}\n", last);
  }

  @Test
  void fields_of_later_versions_are_let_be() {
    Map<String, Object> fields = RECORD.toMap();
    fields.put("later", Map.of("more", 1L));
    assertEquals(RECORD, RecordFormat.read("x", sealed(fields)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind|retract|its kind \"retract\" is unknown to this mlctl",
        "kind|revoke|a release cannot have revokes OptionalLong.empty",
        "revoked|x|\"revoked\" is missing or of the wrong type",
        "number|seven|\"number\" is missing or of the wrong type",
        "model||\"model\" is missing or of the wrong type",
        "model|../x|a release cannot have model ../x",
        "when|yesterday|Text 'yesterday' could not be parsed at index 0",
        "previous|none|a release cannot have previous Optional[none]",
        "to|x|\"to\" is missing or of the wrong type",
        "gates|x|\"gates\" is missing or of the wrong type",
        "bundle|x|\"bundle\" is missing or of the wrong type",
      })
  void a_well_sealed_record_with_a_bad_field_is_refused(String field, String value, String why) {
    Map<String, Object> fields = RECORD.toMap();
    fields.put(field, value);
    Failure failure =
        assertThrows(Failure.class, () -> RecordFormat.read("7.json", sealed(fields)));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals("the release log is damaged: " + why, failure.getMessage());
    assertEquals("7.json", failure.problems().get(0).at());
  }

  private static byte[] sealed(Map<String, Object> fields) {
    return RecordFormat.seal(Json.pretty(new LinkedHashMap<>(fields)));
  }

  private static byte[] fixture(String file) throws IOException {
    try (var in = RecordFormatTest.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}
