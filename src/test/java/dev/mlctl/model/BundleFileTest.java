package dev.mlctl.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFileTest {
  @TempDir Path folder;

  @Test
  void writes_once_and_knows_its_own_work_again() throws IOException {
    Path file = folder.resolve("deep/m.mlb");
    byte[] bytes = {1, 2, 3};
    assertTrue(BundleFile.write(file, bytes));
    assertFalse(BundleFile.write(file, bytes), "the same bytes are no change");
    assertArrayEquals(bytes, BundleFile.read(file));
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertEquals(List.of(file), left.toList(), "nothing temporary is left");
    }
  }

  @Test
  void refuses_to_replace_another_file() {
    Path file = folder.resolve("m.mlb");
    BundleFile.write(file, new byte[] {1});
    Failure failure = assertThrows(Failure.class, () -> BundleFile.write(file, new byte[] {2}));
    assertEquals(FailureKind.CONFLICT, failure.kind());
    assertArrayEquals(new byte[] {1}, BundleFile.read(file));
  }

  @Test
  void serializes_no_bytes_that_are_no_bundle() {
    Path file = folder.resolve("m.mlb");
    Failure failure =
        assertThrows(Failure.class, () -> BundleFile.serialize(new byte[] {1, 2}, file));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertFalse(Files.exists(file));
  }

  @Test
  void says_what_cannot_be_read() throws IOException {
    Path huge = folder.resolve("huge.mlb");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(Bundle.MAX_BYTES + 1);
    }
    Failure large = assertThrows(Failure.class, () -> BundleFile.read(huge));
    Failure none = assertThrows(Failure.class, () -> BundleFile.read(folder.resolve("no.mlb")));
    Failure directory = assertThrows(Failure.class, () -> BundleFile.read(folder));
    assertEquals("not a bundle: the file is larger than 1024 MiB", large.getMessage());
    assertEquals(FailureKind.NOT_FOUND, none.kind());
    assertEquals("not a bundle: it is no file", directory.getMessage());
  }
}
