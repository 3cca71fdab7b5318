package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every kind of storage does alike. Its heirs say which one, and where there is room in it.
 */
abstract class StorageContract {
  private static final int LARGE = 20 << 20;

  private Storage storage;
  private String root;

  /** A directory that is not there yet, another one each time. */
  abstract String newRoot() throws IOException;

  /** Whether a file is nowhere to be seen until it is closed. */
  abstract boolean isVisibleOnlyWhenClosed();

  @BeforeEach
  void makeRoom() throws IOException {
    root = newRoot();
    storage = Storage.of(root);
  }

  private String at(String name) {
    return storage.resolve(root, name);
  }

  private void write(String name, String content) throws IOException {
    storage.makeDirectory(storage.parent(at(name)));
    try (OutputStream out = storage.create(at(name))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(String name) throws IOException {
    try (SeekableByteChannel channel = storage.read(at(name))) {
      return new String(bytes(channel, 0, (int) channel.size()), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(SeekableByteChannel channel, long from, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    channel.position(from);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      assertEquals(from + buffer.position(), channel.position());
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private List<String> expand(String pattern) {
    String start = at("x").substring(0, at("x").length() - 1);
    return storage.expand(at(pattern)).stream()
        .map(file -> file.path().substring(start.length()))
        .toList();
  }

  private void fails(FailureKind kind, String message, String pattern) {
    Failure failure = assertThrows(Failure.class, () -> storage.expand(at(pattern)));
    assertEquals(kind, failure.kind());
    assertEquals(message, failure.getMessage());
    assertEquals(at(pattern), failure.problems().get(0).at());
  }

  // --- What patterns name ------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "in/a.csv       | in/a.csv",
        "in/*.csv       | in/a.csv in/b.csv in/c-1.csv",
        "in/?.csv       | in/a.csv in/b.csv",
        "in/[ac]*.csv   | in/a.csv in/c-1.csv",
        "in/[!a].csv    | in/b.csv",
        "in/{a,c-1}.csv | in/a.csv in/c-1.csv",
        "in/*.{csv,txt} | in/a.csv in/b.csv in/c-1.csv in/d.txt",
        "*/a.csv        | in/a.csv",
        "in/**/a.csv    | in/a.csv in/sub/a.csv in/sub/deep/a.csv",
        "in/*/a.csv     | in/sub/a.csv",
        "in/s*/d*/*.csv | in/sub/deep/a.csv",
        "in/.h*         | in/.hidden.csv",
        "in/.hidden.csv | in/.hidden.csv",
        "in/.work/*.csv | in/.work/part.csv",
      })
  void a_pattern_names_files_as_in_a_shell(String pattern, String expected) throws IOException {
    for (String name :
        List.of(
            "in/b.csv",
            "in/a.csv",
            "in/c-1.csv",
            "in/d.txt",
            "in/.hidden.csv",
            "in/.work/part.csv",
            "in/sub/a.csv",
            "in/sub/deep/a.csv")) {
      write(name, name);
    }
    assertEquals(List.of(expected.split(" ")), expand(pattern));
  }

  @Test
  void a_name_that_looks_like_a_pattern_names_that_file() throws IOException {
    write("a[1]{2}.csv", "x");
    write("a1.csv", "y");
    assertEquals(List.of("a[1]{2}.csv"), expand("a[1]{2}.csv"));
    assertEquals("x", read("a[1]{2}.csv"));
    assertTrue(storage.exists(at("a[1]{2}.csv")));
    storage.delete(at("a[1]{2}.csv"));
    assertFalse(storage.exists(at("a[1]{2}.csv")));
    assertTrue(storage.exists(at("a1.csv")));
  }

  @Test
  void a_file_comes_with_its_size_and_a_version_that_changes_with_its_content() throws IOException {
    write("a.csv", "12345");
    Storage.StoredFile before = storage.expand(at("a.csv")).get(0);
    assertEquals(5, before.size());
    write("a.csv", "54321");
    Storage.StoredFile after = storage.expand(at("a.csv")).get(0);
    assertNotEquals(before.version(), after.version());
    assertEquals(after, storage.expand(at("a.csv")).get(0));
  }

  @Test
  void what_is_not_there_is_not_found() throws IOException {
    write("in/a.csv", "x");
    fails(FailureKind.NOT_FOUND, "no such file", "in/b.csv");
    fails(FailureKind.NOT_FOUND, "no file matches", "in/b*.csv");
    fails(FailureKind.NOT_FOUND, "no file matches", "nowhere/*.csv");
    fails(FailureKind.INPUT, "the input is a directory", "in");
    assertThrows(NoSuchFileException.class, () -> storage.read(at("in/b.csv")).close());
  }

  // --- Reading -----------------------------------------------------------------------------------

  @Test
  void a_file_is_read_from_any_position() throws IOException {
    write("a.csv", "0123456789");
    try (SeekableByteChannel channel = storage.read(at("a.csv"))) {
      assertEquals(10, channel.size());
      assertEquals("345", text(bytes(channel, 3, 3)));
      assertEquals("012", text(bytes(channel, 0, 3)));
      assertEquals("89", text(bytes(channel, 8, 5)));
      assertEquals(-1, channel.position(10).read(ByteBuffer.allocate(1)));
      assertEquals(-1, channel.position(1000).read(ByteBuffer.allocate(1)));
      assertEquals("9", text(bytes(channel, 9, 1)));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void an_empty_file_is_a_file() throws IOException {
    write("dir/empty.csv", "");
    assertTrue(storage.exists(at("dir/empty.csv")));
    assertFalse(storage.isDirectory(at("dir/empty.csv")));
    assertEquals(List.of("dir/empty.csv"), expand("dir/*.csv"));
    assertEquals(0, storage.expand(at("dir/empty.csv")).get(0).size());
    assertEquals("", read("dir/empty.csv"));
  }

  @Test
  void names_may_have_spaces_and_any_letters() throws IOException {
    String name = "Ein Ordner/naïve %20 + 数据 #1.csv";
    write(name, "x");
    assertEquals(List.of(name), expand("Ein Ordner/*.csv"));
    assertEquals(List.of(name), expand(name));
    assertEquals("x", read(name));
    assertEquals(List.of("naïve %20 + 数据 #1.csv"), storage.list(at("Ein Ordner")));
    storage.makeDirectory(at("Größe 2"));
    storage.publish(at(name), at("Größe 2/ü.csv"), true);
    assertEquals("x", read("Größe 2/ü.csv"));
    storage.delete(at("Größe 2"));
    assertFalse(storage.exists(at("Größe 2/ü.csv")));
  }

  @Test
  void a_large_file_comes_back_as_it_was_written_also_in_ranges_read_at_once() throws Exception {
    byte[] content = new byte[LARGE];
    new Random(7).nextBytes(content);
    storage.makeDirectory(root);
    try (OutputStream out = storage.create(at("large"))) {
      for (int from = 0; from < LARGE; from += 1 << 18) {
        out.write(content, from, 1 << 18);
      }
    }
    assertEquals(LARGE, storage.expand(at("large")).get(0).size());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      int range = LARGE / 8;
      List<Future<byte[]>> ranges =
          IntStream.range(0, 8)
              .mapToObj(i -> threads.submit(() -> range((long) i * range, range)))
              .toList();
      for (int i = 0; i < 8; i++) {
        byte[] expected = Arrays.copyOfRange(content, i * range, (i + 1) * range);
        assertArrayEquals(expected, ranges.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private byte[] range(long from, int count) throws IOException {
    try (SeekableByteChannel channel = storage.read(at("large"))) {
      return bytes(channel, from, count);
    }
  }

  // --- Writing -----------------------------------------------------------------------------------

  @Test
  void a_file_is_there_when_it_is_closed() throws IOException {
    storage.makeDirectory(at("out"));
    try (OutputStream out = storage.create(at("out/a.csv"))) {
      out.write('x');
      if (isVisibleOnlyWhenClosed()) {
        assertFalse(storage.exists(at("out/a.csv")));
        fails(FailureKind.NOT_FOUND, "no file matches", "out/*");
      }
    }
    assertEquals("x", read("out/a.csv"));
    assertEquals(List.of("a.csv"), storage.list(at("out")));
  }

  @Test
  void a_file_is_replaced() throws IOException {
    write("a.csv", "a long old content");
    storage.put(at("a.csv"), "new".getBytes(StandardCharsets.UTF_8));
    assertEquals("new", read("a.csv"));
    write("a.csv", "newer");
    assertEquals("newer", read("a.csv"));
    assertEquals(List.of("a.csv"), storage.list(root));
  }

  @Test
  void a_small_file_is_put_where_there_was_none() throws IOException {
    storage.makeDirectory(root);
    storage.put(at("a.json"), "{}".getBytes(StandardCharsets.UTF_8));
    storage.sync(at("a.json"));
    assertEquals("{}", read("a.json"));
  }

  // --- Names -------------------------------------------------------------------------------------

  @Test
  void a_directory_lists_what_is_directly_in_it() throws IOException {
    write("dir/b.csv", "x");
    write("dir/a/c.csv", "x");
    write("dir/.hidden", "x");
    write("directory", "x");
    assertEquals(
        List.of(".hidden", "a", "b.csv"), storage.list(at("dir")).stream().sorted().toList());
    assertEquals(List.of("c.csv"), storage.list(at("dir/a")));
    assertEquals(List.of(), storage.list(at("nowhere")));
    assertTrue(storage.isDirectory(at("dir")));
    assertFalse(storage.isDirectory(at("directory")));
    assertFalse(storage.isDirectory(at("di")));
    assertTrue(storage.exists(at("dir")));
    assertFalse(storage.exists(at("di")));
    assertFalse(storage.exists(at("dir/a/b.csv")));
  }

  @Test
  void what_is_deleted_is_gone_and_nothing_else() throws IOException {
    write("dir/a/b/c.csv", "x");
    write("dir/a/empty", "");
    write("dir/d.csv", "x");
    write("dir2.csv", "x");
    storage.delete(at("dir/d.csv"));
    assertEquals(List.of("a"), storage.list(at("dir")));
    storage.delete(at("dir"));
    storage.delete(at("dir"));
    storage.delete(at("never/was"));
    assertEquals(List.of("dir2.csv"), storage.list(root));
  }

  @Test
  void paths_are_put_together_and_taken_apart() {
    String path = storage.resolve(at("dir"), "a.csv");
    assertEquals("a.csv", storage.name(path));
    assertEquals(at("dir"), storage.parent(path));
    assertEquals(storage.resolve(at("dir"), "b.csv"), storage.sibling(path, "b.csv"));
  }

  // --- Publishing --------------------------------------------------------------------------------

  @Test
  void a_finished_file_gets_a_name_that_is_free() throws IOException {
    write("work/output", "x");
    storage.publish(at("work/output"), at("out.csv"), false);
    assertEquals("x", read("out.csv"));
  }

  @Test
  void a_name_that_is_taken_is_kept_unless_it_may_be_replaced() throws IOException {
    write("out.csv", "old");
    write("work/output", "new");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> storage.publish(at("work/output"), at("out.csv"), false));
    assertEquals("old", read("out.csv"));
    assertEquals("new", read("work/output"));
    storage.publish(at("work/output"), at("out.csv"), true);
    assertEquals("new", read("out.csv"));
    assertFalse(storage.exists(at("work/output")));
  }

  @Test
  void a_finished_directory_gets_a_name_that_is_free() throws IOException {
    write("work/directory/x-0.csv", "0");
    write("work/directory/x-1.csv", "1");
    write("work/directory/manifest.json", "{}");
    storage.publish(at("work/directory"), at("out"), false);
    assertEquals(
        List.of("manifest.json", "x-0.csv", "x-1.csv"),
        storage.list(at("out")).stream().sorted().toList());
    assertEquals("1", read("out/x-1.csv"));
    assertFalse(storage.exists(at("work/directory")));
  }

  @Test
  void a_directory_that_is_there_is_kept_whole_or_replaced_whole() throws IOException {
    write("out/x-0.csv", "old 0");
    write("out/x-1.csv", "old 1");
    write("out/manifest.json", "old");
    write("work/directory/x-0.csv", "new 0");
    write("work/directory/manifest.json", "new");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> storage.publish(at("work/directory"), at("out"), false));
    assertEquals("old 1", read("out/x-1.csv"));
    storage.publish(at("work/directory"), at("out"), true);
    assertEquals(
        List.of("manifest.json", "x-0.csv"), storage.list(at("out")).stream().sorted().toList());
    assertEquals("new 0", read("out/x-0.csv"));
    assertEquals("new", read("out/manifest.json"));
  }

  @Test
  void an_identity_outlives_a_rename_where_there_is_one() throws IOException {
    write("work/output", "x");
    String identity = storage.identity(at("work/output"));
    storage.publish(at("work/output"), at("out.csv"), true);
    assertEquals(identity, storage.identity(at("out.csv")));
  }
}
