package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with a log on a disk is named and refused. */
class ReleaseLogTest {
  @TempDir Path folder;
  private Releases releases;
  private Path log;

  @BeforeEach
  void deploy_nine_releases() {
    releases = Registries.releases(new LocalStore(folder));
    for (int i = 1; i <= 9; i++) {
      Registries.deploy(releases, i);
    }
    log = folder.resolve("models/bikes/prod/log");
  }

  private Path record(int number) {
    return log.resolve(String.format("%020d.json", number));
  }

  @Test
  void a_record_cut_short_at_any_byte_is_named() throws IOException {
    byte[] whole = Files.readAllBytes(record(9));
    for (int length = 0; length < whole.length; length++) {
      Files.write(record(9), Arrays.copyOf(whole, length));
      assertFault(record(9), "", readHead());
    }
  }

  @Test
  void a_record_with_a_bit_flipped_in_any_byte_is_named() throws IOException {
    byte[] whole = Files.readAllBytes(record(9));
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      Files.write(record(9), flipped);
      assertFault(record(9), "", readHead());
    }
  }

  @Test
  void a_record_rewritten_with_a_good_trailer_breaks_the_chain_after_it() throws IOException {
    String path = record(5).toString();
    ReleaseRecord record = RecordFormat.read(path, Files.readAllBytes(record(5)));
    Files.write(
        record(5),
        RecordFormat.write(
            new ReleaseRecord(
                record.number(),
                record.operation(),
                record.idempotencyKey(),
                record.kind(),
                record.model(),
                record.env(),
                record.digest(),
                record.size(),
                record.to(),
                record.previous(),
                new Who("mallory", "elsewhere", ""),
                record.when(),
                record.reason(),
                record.gates(),
                record.revokes(),
                record.revoked())));
    refused(record(6), "the chain is broken: it does not follow the record of release 5");
  }

  @Test
  void a_gap_is_named() throws IOException {
    Files.delete(record(4));
    refused(record(4), "the record of release 4 is missing");
  }

  @Test
  void a_missing_first_record_is_named() throws IOException {
    Files.delete(record(1));
    refused(record(1), "the record of release 1 is missing");
  }

  @Test
  void the_record_of_another_model_is_named() throws IOException {
    byte[] income = TestBundles.of("name=income;r2=0.5;inputs=x");
    releases.deploy(DeployRequest.of("i.mlb", income, "prod"));
    Files.copy(folder.resolve("models/income/prod/log/00000000000000000001.json"), record(10));
    refused(record(10), "the record is that of income@prod#1");
  }

  @Test
  void a_record_under_another_number_is_named() throws IOException {
    Files.copy(record(9), record(10));
    refused(record(10), "the record is that of bikes@prod#9");
  }

  @Test
  void a_foreign_file_is_named() throws IOException {
    for (String name :
        new String[] {
          "notes.txt", "7.json", "00000000000000000000.json", "99999999999999999999.json"
        }) {
      Path foreign = Files.writeString(log.resolve(name), "{}");
      refused(foreign, "a file in the release log is not a release record");
      Files.delete(foreign);
    }
    assertEquals(9, releases.history("bikes", "prod").entries().size());
  }

  @Test
  void a_symbolic_link_or_a_folder_instead_of_a_record_is_named() throws IOException {
    Files.createSymbolicLink(record(10), record(9).getFileName());
    refused(record(10), "this is a symbolic link, not a file mlctl wrote");
    Files.delete(record(10));
    Files.createDirectory(record(10));
    refused(record(10), "this is a folder, not a file mlctl wrote");
  }

  @Test
  void a_record_of_a_newer_format_is_named() throws IOException {
    byte[] bytes = Files.readAllBytes(record(9));
    String newer =
        new String(bytes, 0, bytes.length - 83, StandardCharsets.UTF_8)
            .replace("mlctl/v1", "mlctl/v2");
    byte[] body = newer.getBytes(StandardCharsets.UTF_8);
    Files.writeString(
        record(9), newer + ",\n  \"sha256\": \"" + Digest.hexOf(body, body.length) + "\"\n}\n");
    refused(record(9), "it is of format mlctl/v2 and this mlctl reads mlctl/v1");
  }

  @Test
  void temporary_files_of_killed_writers_are_ignored() throws IOException {
    Files.writeString(log.resolve(".00000000000000000010.json.9f86"), "{\"half");
    assertEquals(9, releases.history("bikes", "prod").entries().size());
    assertEquals(10, Registries.deploy(releases, "next").release().number());
  }

  private Failure readHead() {
    return assertThrows(
        Failure.class, () -> new ReleaseLog(new LocalStore(folder), "bikes", "prod").readOne(9, 9));
  }

  /** Every way of reading refuses, and so does every way of writing. */
  private void refused(Path place, String why) {
    Reference.Release current = Reference.parseTarget("bikes@prod");
    assertFault(place, why, assertThrows(Failure.class, () -> releases.history("bikes", "prod")));
    assertFault(place, why, assertThrows(Failure.class, () -> releases.find(current)));
    assertFault(place, why, assertThrows(Failure.class, () -> Registries.deploy(releases, "new")));
  }

  private static void assertFault(Path place, String why, Failure failure) {
    Problem problem = failure.problems().get(0);
    assertEquals(FailureKind.INVALID, failure.kind(), problem.toString());
    assertEquals(place.toString(), problem.at());
    assertTrue(problem.message().endsWith(why), problem.message());
  }
}
