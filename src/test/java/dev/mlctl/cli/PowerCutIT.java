package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A registry on a disk of its own, whose power is cut while releases are made: its image is copied,
 * and the copy mounted as after a reboot. Whatever was acknowledged before must be in it.
 *
 * <p>The last test is the proof that this can fail: without syncs, releases are lost.
 */
class PowerCutIT {
  private static final int CUTS = 50;
  private static final int WRITERS = 3;
  private static final int MEGABYTES = 8;

  // A commit is a matter of milliseconds; this makes it one of tenths of seconds.
  private static final String CHANGES =
      "?write,?fsync,?fdatasync,?link,?linkat,?unlink,?unlinkat,?mkdir,?mkdirat";
  private static final String[] SLOWLY = {
    "-e", "trace=" + CHANGES, "-e", "inject=" + CHANGES + ":delay_enter=15000"
  };
  private static final Pattern ACKNOWLEDGED =
      Pattern.compile("line@prod is now at release (\\d+) \\(bundle ([0-9a-f]{12}).*\n");

  @TempDir Path folder;
  private Strace strace;

  /** Number and bundle of each release that the program said it had made. */
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** True when the last power cut left temporary files. */
  private boolean unfinished;

  @BeforeEach
  void need_root_and_strace() throws Exception {
    assumeTrue(Strace.isHere(), "strace is missing, or may not trace");
    assumeTrue(LoopDisk.canBeMade(folder), "no ext4 image can be mounted here; it takes root");
    strace = Strace.in(folder.resolve("java"));
  }

  @Test
  void after_50_power_cuts_at_random_moments_no_acknowledged_release_is_missing() throws Exception {
    Random random = new Random(20261125);
    int midway = 0;
    try (LoopDisk disk = LoopDisk.create(folder.resolve("disk"), MEGABYTES);
        Writers writers = new Writers(disk)) {
      for (int cut = 0; cut < CUTS; cut++) {
        Thread.sleep(random.nextInt(300));
        Set<String> before = Set.copyOf(acknowledged);
        List<String> log = afterPowerCut(disk);
        assertEquals(Set.of(), missing(before, log), () -> "of " + before + "\nthere are " + log);
        midway += unfinished || !acknowledged.containsAll(log) ? 1 : 0;
        writers.check();
      }
    }
    assertTrue(acknowledged.size() > 10, "only " + acknowledged.size() + " releases were made");
    assertTrue(midway > CUTS / 5, "only " + midway + " cuts fell into a commit");
  }

  @Test
  void a_program_that_does_not_sync_is_found_out() throws Exception {
    assertLoses("-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0");
  }

  @Test
  void a_program_that_does_not_sync_the_folder_of_the_log_is_found_out() throws Exception {
    Path log = folder.resolve("disk/registry/models/line/prod/log");
    assertLoses(
        "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0", "-P", "" + log);
  }

  private void assertLoses(String... options) throws Exception {
    try (LoopDisk disk = LoopDisk.create(folder.resolve("disk"), MEGABYTES)) {
      deploy(disk, LineBundles.write(folder, "first"), options);
      assertEquals(1, acknowledged.size());
      assertEquals(acknowledged, missing(acknowledged, afterPowerCut(disk)));
    }
  }

  /** One deploy, and what it says of its release. */
  private void deploy(LoopDisk disk, String bundle, String... options) {
    Program program =
        Program.in(folder).with("MLCTL_REGISTRY", disk.root().resolve("registry").toString());
    List<String> quietly = new ArrayList<>(List.of(options));
    quietly.addAll(List.of("-o", "/dev/null"));
    Program.Result result =
        strace
            .options(program, quietly.toArray(String[]::new))
            .run("deploy", bundle, "--to", "prod");
    Matcher said = ACKNOWLEDGED.matcher(result.exits(0).says("").out());
    assertTrue(said.matches(), result::toString);
    acknowledged.add(said.group(1) + " " + said.group(2));
  }

  /** Number and bundle of each release that is on the disk after a power cut at this moment. */
  private List<String> afterPowerCut(LoopDisk disk) throws Exception {
    Path copy = folder.resolve("copy");
    Files.write(LoopDisk.image(copy), disk.atThisMoment());
    try (LoopDisk rebooted = LoopDisk.mount(copy)) {
      Path registry = rebooted.root().resolve("registry");
      unfinished = hasTemporaryFiles(registry);
      return LogState.of(registry).releases().stream()
          .map(release -> release.replaceFirst("^(\\d+) .*sha256:(.{12}).*", "$1 $2"))
          .toList();
    }
  }

  private static boolean hasTemporaryFiles(Path registry) throws IOException {
    if (!Files.exists(registry)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(registry)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("."));
    }
  }

  private static Set<String> missing(Set<String> acknowledged, List<String> log) {
    Set<String> missing = new TreeSet<>(acknowledged);
    log.forEach(missing::remove);
    return missing;
  }

  /** Deploys one bundle after the other, by several processes at once, until it is closed. */
  private final class Writers implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final List<Future<?>> writers = new ArrayList<>();
    private volatile boolean closed;

    Writers(LoopDisk disk) {
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = "writer-" + writer + "-";
        writers.add(threads.submit(() -> write(disk, name)));
      }
    }

    private Void write(LoopDisk disk, String name) throws IOException {
      for (int i = 0; !closed; i++) {
        deploy(disk, LineBundles.write(folder, name + i), SLOWLY);
      }
      return null;
    }

    /** Fails when a writer did. */
    void check() {
      writers.stream().filter(Future::isDone).forEach(PowerCutIT::join);
    }

    @Override
    public void close() {
      closed = true;
      threads.shutdown();
      writers.forEach(PowerCutIT::join);
    }
  }

  private static void join(Future<?> writer) {
    try {
      writer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
