package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is asked of the store when a log has 20,000 releases. Counted, not timed; {@code
 * RegistryBenchmark} prints times.
 */
class TwentyThousandReleasesTest {
  private static final int RELEASES = 20_000;
  private static final int BUNDLES = 50;

  @TempDir static Path folder;

  private final Counting store = new Counting(new LocalStore(folder));
  private final Releases releases =
      new Releases(
          Registry.in(store),
          new Who("", "", ""),
          Registries.at(Registries.NOON),
          new Random(1),
          TestBundles.READER,
          attempt -> {});

  @BeforeAll
  static void make_the_log() throws IOException {
    List<byte[]> bundles = IntStream.range(0, BUNDLES).mapToObj(i -> TestBundles.bikes(i)).toList();
    LongLogs.append(folder, "bikes", "prod", RELEASES, bundles);
  }

  @AfterEach
  void nothing_was_written() {
    assertEquals(0, store.puts);
  }

  @Test
  void resolving_a_reference_reads_the_newest_records_and_one_bundle() {
    assertEquals(RELEASES, releases.resolve(current()).release().orElseThrow().number());
    // The format, the recent records, the bundle; and a look beyond the newest.
    assertAsked(1, 1 + ReleaseLog.RECENT + 1, 1);
  }

  @Test
  void resolving_an_old_release_reads_its_neighbours_too() {
    releases.resolve(Reference.parse("bikes@prod#7777"));
    assertAsked(1, 1 + ReleaseLog.RECENT + 3 + 1, 1);
  }

  @Test
  void listing_reads_the_newest_records_of_each_log() {
    assertEquals(1, releases.list().size());
    // The models, the environments, the log, the verdicts and the challengers.
    assertAsked(5, 1 + ReleaseLog.RECENT, 1);
  }

  @Test
  void a_deploy_without_a_key_reads_the_newest_records() {
    byte[] bundle = TestBundles.bikes("new");
    releases.deploy(DeployRequest.of("b.mlb", bundle, "prod").dryRun(true));
    assertAsked(1, 1 + ReleaseLog.RECENT + 1, 1);
  }

  @Test
  void history_rollback_and_verify_read_each_record_once() {
    assertEquals(RELEASES, releases.history("bikes", "prod").entries().size());
    assertAsked(3, 1 + RELEASES, 1);
    store.reset();
    releases.rollback(RollbackRequest.of("bikes", "prod").dryRun(true));
    assertAsked(2, 1 + RELEASES + 1, 1);
    store.reset();
    Verification verification =
        new Verification(Registry.in(store), Progress.NONE, TestBundles.READER);
    assertEquals(BUNDLES, verification.registry().bundles());
    assertTrue(store.gets <= RELEASES + BUNDLES + 3, "gets " + store.gets);
  }

  private static Reference current() {
    return new Reference.Release("bikes", "prod", OptionalLong.empty());
  }

  private void assertAsked(int lists, int gets, int sizes) {
    assertEquals(
        List.of(lists, gets, sizes),
        List.of(store.lists, store.gets, store.sizes),
        "lists, gets, sizes");
  }

  private static final class Counting extends PassingStore {
    private int puts;
    private int gets;
    private int sizes;
    private int lists;

    Counting(PrunableStore store) {
      super(store);
    }

    void reset() {
      gets = 0;
      sizes = 0;
      lists = 0;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] bytes) {
      puts++;
      return super.putIfAbsent(key, bytes);
    }

    @Override
    public Optional<byte[]> get(String key, long maxBytes) {
      gets++;
      return super.get(key, maxBytes);
    }

    @Override
    public OptionalLong size(String key) {
      sizes++;
      return super.size(key);
    }

    @Override
    public List<String> list(String folder) {
      lists++;
      return super.list(folder);
    }
  }
}
