package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends PrunableStoreContract {
  @TempDir Path folder;

  @Override
  PrunableStore store() {
    return new LocalStore(folder.resolve("registry"));
  }

  @Test
  void leaves_no_temporary_file_behind() throws IOException {
    ObjectStore store = store();
    store.putIfAbsent("a/b", new byte[10]);
    store.putIfAbsent("a/b", new byte[10]);
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of("b"),
          files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void finds_what_killed_writers_left_and_nothing_else() throws IOException {
    PrunableStore store = store();
    store.putIfAbsent("blobs/sha256/1", new byte[1]);
    Path blobs = folder.resolve("registry/blobs/sha256");
    String unfinished = ".2.6f1b1f0e-0b5e-4e1a-9d5c-0a1b2c3d4e5f";
    Files.write(blobs.resolve(unfinished), new byte[7]);
    Files.write(blobs.resolve(".DS_Store"), new byte[7]);
    Files.createSymbolicLink(blobs.resolve(unfinished.replace("2.", "3.")), Path.of("1"));
    Path theirs = Files.createDirectories(folder.resolve("registry/theirs"));
    Files.write(theirs.resolve(unfinished), new byte[7]);
    List<Leftover> found = store.leftovers();
    assertEquals(
        List.of(blobs.toRealPath().resolve(unfinished).toString()),
        found.stream().map(Leftover::place).toList());
    store.deleteLeftover(found.get(0));
    store.deleteLeftover(found.get(0));
    assertEquals(List.of(), store.leftovers());
    assertEquals(List.of("1"), store.list("blobs/sha256"));
  }

  @Test
  void deletes_nothing_that_is_not_a_plain_object() throws IOException {
    PrunableStore store = store();
    store.putIfAbsent("log/1", new byte[1]);
    Files.createSymbolicLink(folder.resolve("registry/log/2"), Path.of("1"));
    for (String key : List.of("log", "log/2")) {
      Failure failure = assertThrows(Failure.class, () -> store.delete(key));
      assertEquals(FailureKind.INVALID, failure.kind());
    }
    assertEquals(1, store.get("log/1", 10).orElseThrow().length);
  }

  @Test
  void ignores_what_a_killed_writer_left() throws IOException {
    ObjectStore store = store();
    store.putIfAbsent("log/1", new byte[1]);
    Files.write(folder.resolve("registry/log/.2.0f0e"), new byte[7]);
    assertEquals(List.of("1"), store.list("log"));
    assertEquals(PutResult.CREATED, store.putIfAbsent("log/2", new byte[1]));
  }

  @Test
  void refuses_a_symbolic_link_where_an_object_should_be() throws IOException {
    ObjectStore store = store();
    store.putIfAbsent("log/1", new byte[1]);
    Files.createSymbolicLink(folder.resolve("registry/log/2"), Path.of("1"));
    Failure failure = assertThrows(Failure.class, () -> store.get("log/2", 10));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals(PutResult.EXISTS, store.putIfAbsent("log/2", new byte[2]));
  }

  @Test
  void refuses_an_object_larger_than_asked_for() {
    ObjectStore store = store();
    store.putIfAbsent("big", new byte[11]);
    Failure failure = assertThrows(Failure.class, () -> store.get("big", 10));
    assertEquals(FailureKind.INVALID, failure.kind());
  }

  @Test
  void keys_cannot_leave_the_store() {
    for (String key : List.of("../x", "a/../b", "/etc/x", "a//b", ".hidden", "a/.b", "", "a\\b")) {
      assertThrows(IllegalArgumentException.class, () -> store().get(key, 1), key);
    }
  }

  @Test
  void a_registry_below_a_file_is_a_storage_failure_and_nothing_is_committed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    ObjectStore store = new LocalStore(file.resolve("registry"));
    Failure failure = assertThrows(Failure.class, () -> store.putIfAbsent("a", new byte[1]));
    assertEquals(FailureKind.STORAGE, failure.kind());
    assertTrue(failure.getMessage().endsWith("nothing was committed"), failure.getMessage());
  }

  @Test
  void a_full_disk_is_a_storage_failure_and_nothing_is_committed() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()));
    try {
      ObjectStore store = new LocalStore(disk);
      assertEquals(PutResult.CREATED, store.putIfAbsent("small", new byte[100]));
      Failure failure =
          assertThrows(Failure.class, () -> store.putIfAbsent("large", new byte[200_000]));
      assertEquals(FailureKind.STORAGE, failure.kind());
      assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
      assertEquals(List.of("small"), store.list(""));
      assertEquals(PutResult.CREATED, store.putIfAbsent("next", new byte[100]));
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void a_read_only_registry_can_be_read_and_refuses_writes() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()));
    try {
      new LocalStore(disk).putIfAbsent("there", new byte[1]);
      assumeTrue(run("mount", "-o", "remount,ro", disk.toString()));
      ObjectStore store = new LocalStore(disk);
      Failure failure = assertThrows(Failure.class, () -> store.putIfAbsent("new", new byte[1]));
      assertEquals(FailureKind.STORAGE, failure.kind());
      assertTrue(failure.getMessage().contains("Read-only"), failure.getMessage());
      assertEquals(PutResult.EXISTS, store.putIfAbsent("there", new byte[1]));
      assertEquals(1, store.get("there", 10).orElseThrow().length);
    } finally {
      run("umount", disk.toString());
    }
  }

  /** True when the command ran and succeeded; mounting needs root. */
  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
