package dev.mlctl.release.signing;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key files can be used, and what is said of the others: keys.csv. */
class KeysTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"p256.pem", "p256-sec1.pem", "p256-private-only.pem"})
  void one_key_in_any_form_has_the_public_half_that_openssl_derives(String file) {
    VerifyingKey expected = VerifyingKey.read(SigningFiles.path("p256.pub.pem"));
    VerifyingKey derived = SigningKey.read(SigningFiles.path(file)).publicKey();
    assertEquals(
        new String(SigningFiles.bytes("p256.pub.pem"), StandardCharsets.US_ASCII), derived.pem());
    assertEquals(expected.id(), derived.id());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "keys.csv", delimiter = '|')
  void what_is_no_key_of_this_kind_is_refused(
      String use, String file, String message, String hint) {
    Path path = SigningFiles.path(file);
    Failure failure =
        assertThrows(
            Failure.class,
            () -> {
              if (use.equals("sign")) {
                SigningKey.read(path);
              } else {
                VerifyingKey.read(path);
              }
            });
    Problem problem = failure.problems().get(0);
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals(message, problem.message());
    assertEquals(path.toString(), problem.at());
    assertTrue(problem.hint().startsWith(hint.replace("FILE", path.toString())), problem::hint);
  }

  @Test
  void a_key_file_that_is_not_there_is_not_found() {
    Failure failure =
        assertThrows(Failure.class, () -> SigningKey.read(folder.resolve("none.pem")));
    assertEquals(FailureKind.NOT_FOUND, failure.kind());
  }

  @Test
  void a_private_key_that_everyone_can_read_is_warned_of() throws IOException {
    Path key = folder.resolve("key.pem");
    Files.write(key, SigningFiles.bytes("p256.pem"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals(
        List.of("anyone on this machine can read the private key: chmod 600 " + key),
        SigningKey.read(key).warnings());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(List.of(), SigningKey.read(key).warnings());
  }
}
