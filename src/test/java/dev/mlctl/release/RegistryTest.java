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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RegistryTest {
  @TempDir Path folder;

  @Test
  void a_path_and_a_file_address_name_the_same_registry() {
    Registry byPath = Registry.open(folder.toString());
    byPath.requireOrCreate();
    assertTrue(Registry.open(folder.toUri().toString()).exists());
    assertEquals(byPath.place(), Registry.open("file:" + folder).place());
  }

  @Test
  void opening_touches_nothing() {
    Path absent = folder.resolve("a/b");
    assertFalse(Registry.open(absent).exists());
    assertFalse(Files.exists(folder.resolve("a")));
    Failure failure = assertThrows(Failure.class, Registry.open(absent)::requirePresent);
    assertEquals("no registry at " + absent, failure.getMessage());
    assertEquals(FailureKind.NOT_FOUND, failure.kind());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "addresses.csv", useHeadersInDisplayName = true)
  void an_address_is_taken_apart_or_refused_without_its_secrets(
      String location, String place, String message, String hint) {
    if (message == null) {
      assertEquals(place, Registry.open(location).place());
      return;
    }
    Failure failure = assertThrows(Failure.class, () -> Registry.open(location));
    assertEquals(FailureKind.USAGE, failure.kind());
    assertEquals(message, failure.getMessage());
    assertEquals(place, failure.problems().get(0).at());
    assertEquals(hint, failure.problems().get(0).hint());
  }

  @Test
  void an_unknown_version_is_refused_by_name() throws IOException {
    Files.writeString(
        folder.resolve("mlctl-registry.json"), "{\"format\":\"mlctl-registry\",\"version\":2}");
    Failure failure = assertThrows(Failure.class, Registry.open(folder)::exists);
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals(
        "the registry is of version 2 and this mlctl knows version 1", failure.getMessage());
  }

  @Test
  void another_file_of_that_name_is_not_a_registry() throws IOException {
    for (String text : new String[] {"{}", "{\"format\":7}", "[1]", "x", ""}) {
      Files.writeString(folder.resolve("mlctl-registry.json"), text);
      Failure failure = assertThrows(Failure.class, Registry.open(folder)::exists);
      assertEquals(FailureKind.INVALID, failure.kind(), text);
    }
  }

  @Test
  void a_registry_is_not_made_among_other_files() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "x");
    Failure failure = assertThrows(Failure.class, Registry.open(folder)::requireOrCreate);
    assertEquals(FailureKind.USAGE, failure.kind());
    assertTrue(failure.getMessage().contains("thesis.txt"), failure.getMessage());
  }

  @Test
  void making_it_twice_is_harmless() {
    Registry.open(folder).requireOrCreate();
    Registry.open(folder).requireOrCreate();
    assertTrue(Registry.open(folder).exists());
  }
}
