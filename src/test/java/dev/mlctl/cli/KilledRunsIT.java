package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of score that are killed with signal 9 at random moments of their life, then run again,
 * while a reader looks at the glob of the output all the time.
 */
class KilledRunsIT {
  private static final int ROWS = 1_500_000;
  private static final int FILES = 4;
  private static final int KILLS = 6;

  private static final Pattern RESULT = Pattern.compile("result-[0-9]+\\.json");

  @TempDir Path directory;
  private final Random random = new Random(20261124);

  @BeforeEach
  void setUp() throws IOException {
    Toy.copyTo(directory);
    for (int file = 0; file < FILES; file++) {
      StringBuilder rows = new StringBuilder("id,size,color\n");
      for (int r = file; r < ROWS; r += FILES) {
        rows.append(r).append(',').append(r % 100_003 == 5 ? "bad" : r % 40);
        rows.append(r % 3 == 0 ? ",red\n" : ",blue\n");
      }
      Path path = directory.resolve("in-" + file + ".csv");
      Files.writeString(path, rows, StandardCharsets.US_ASCII);
    }
  }

  private Program mlctl() {
    return Program.in(directory).with("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
  }

  private void config(String name, String sink) throws IOException {
    Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        model: toy@prod
        source: {type: ReadFromCsv, config: {path: in-*.csv}}
        sink: {type: WriteToCsv, config: {path: %s}}
        dead_letter: {type: WriteToJson, config: {path: %s.dead.jsonl}}
        """
            .formatted(sink, name));
  }

  /**
   * Configures both runs and lets the one that is not killed make its output; how long it takes.
   */
  private long undisturbed(String whole, String out) throws IOException {
    config("whole", whole);
    config("out", out);
    long start = System.nanoTime();
    mlctl().run("score", "whole.yaml").exits(0);
    return System.nanoTime() - start;
  }

  @Test
  void one_file_is_whole_or_not_there_whenever_the_run_is_killed() throws Exception {
    long nanos = undisturbed("whole.csv", "out.csv");
    byte[] expected = Files.readAllBytes(directory.resolve("whole.csv"));
    int resumed = 0;
    for (int round = 0; round < KILLS; round++) {
      Files.deleteIfExists(directory.resolve("out.csv"));
      Files.deleteIfExists(directory.resolve("out.dead.jsonl"));
      try (Watch watch = new Watch("out.csv", "out.csv " + expected.length)) {
        resumed += killedAndRunAgain(watch, nanos);
        watch.sawNothingBut("");
      }
      assertArrayEquals(expected, Files.readAllBytes(directory.resolve("out.csv")));
      assertEquals(
          Files.readString(directory.resolve("whole.dead.jsonl")),
          Files.readString(directory.resolve("out.dead.jsonl")));
      checkNothingIsLeft();
    }
    assertTrue(resumed > 0, "no kill fell into the scoring itself");
  }

  @Test
  void a_file_that_is_replaced_is_the_old_one_until_it_is_the_new_one() throws Exception {
    long nanos = undisturbed("whole.csv", "out.csv");
    long expected = Files.size(directory.resolve("whole.csv"));
    int resumed = 0;
    for (int round = 0; round < KILLS / 2; round++) {
      Files.writeString(directory.resolve("out.csv"), "old\n");
      try (Watch watch = new Watch("out.csv", "out.csv " + expected)) {
        resumed += killedAndRunAgain(watch, nanos, "--overwrite");
        watch.sawNothingBut("out.csv 4");
      }
      assertEquals(
          -1, Files.mismatch(directory.resolve("whole.csv"), directory.resolve("out.csv")));
      checkNothingIsLeft();
    }
    assertTrue(resumed > 0, "no kill fell into the scoring itself");
  }

  @Test
  void a_directory_shows_all_of_its_files_or_none() throws Exception {
    long nanos = undisturbed("whole/, shards: 4", "out/, shards: 4");
    String expected = listed("whole/*.csv").replace("whole", "out");
    int resumed = 0;
    for (int round = 0; round < KILLS / 2; round++) {
      if (round > 0) {
        mlctl().shell("rm -r out out.dead.jsonl").exits(0);
      }
      try (Watch watch = new Watch("out/*.csv", expected)) {
        resumed += killedAndRunAgain(watch, nanos);
        watch.sawNothingBut("");
      }
      mlctl().shell("cat whole/*.csv > a; cat out/*.csv > b; cmp a b").exits(0);
      checkNothingIsLeft();
    }
    assertTrue(resumed > 0, "no kill fell into the scoring itself");
  }

  /** Returns how many parts the second run could take over; all that were finished. */
  private int killedAndRunAgain(Watch watch, long nanos, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("score", "out.yaml"));
    command.addAll(List.of(more));
    Process process = mlctl().start(command.toArray(String[]::new));
    if (random.nextInt(4) == 0) {
      process.waitFor((long) (nanos * 1.1 * random.nextDouble()), TimeUnit.NANOSECONDS);
    } else {
      awaitPart(random.nextInt(FILES), process);
      process.waitFor(random.nextInt(20_000_000), TimeUnit.NANOSECONDS);
    }
    process.destroyForcibly().waitFor();
    long finished = finishedParts();
    boolean published = watch.seesTheNew();
    command.addAll(List.of("--format", "json"));
    Program.Result again = mlctl().run(command.toArray(String[]::new));
    if (again.exit() == 6 && more.length == 0) {
      // The kill came too late: the output was there, and the work directory gone.
      assertTrue(published && finished == 0, again::toString);
      return 0;
    }
    Map<String, Object> summary =
        Json.readObject("summary", again.exits(0).out().getBytes(StandardCharsets.UTF_8));
    int resumed = ((Number) summary.get("parts_resumed")).intValue();
    // What was published is on its way out of the work directory, in no certain order.
    assertTrue(published || resumed == finished, () -> finished + " finished: " + again);
    return published ? 0 : resumed;
  }

  /** Waits until a run has finished more than so many parts, or ends. */
  private void awaitPart(int parts, Process process) throws IOException {
    while (process.isAlive() && finishedParts() <= parts) {
      LockSupport.parkNanos(200_000);
    }
  }

  private long finishedParts() throws IOException {
    long finished = 0;
    try (Stream<Path> works = Files.list(directory)) {
      for (Path work : works.filter(f -> f.getFileName().toString().startsWith(".out")).toList()) {
        String[] names = work.toFile().list();
        finished += names == null ? 0 : Stream.of(names).filter(RESULT.asMatchPredicate()).count();
      }
    }
    return finished;
  }

  private void checkNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> hidden =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith(".") && !name.equals(".mlctl"))
              .toList();
      assertEquals(List.of(), hidden);
    }
  }

  /** The files of a glob with their sizes. */
  private String listed(String glob) {
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + directory.resolve(glob));
    Path parent = directory.resolve(glob).getParent();
    TreeMap<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(parent)) {
      for (Path file : files.filter(matcher::matches).toList()) {
        sizes.put(directory.relativize(file).toString(), Files.size(file));
      }
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StringBuilder text = new StringBuilder();
    sizes.forEach((name, size) -> text.append(name).append(' ').append(size).append(' '));
    return text.toString().strip();
  }

  /** Looks at a glob again and again and remembers all it ever saw. */
  private final class Watch implements AutoCloseable {
    private final String glob;
    private final String whole;
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts to look.
     *
     * @param whole what is there once the output is
     */
    Watch(String glob, String whole) {
      this.glob = glob;
      this.whole = whole;
      thread =
          new Thread(
              () -> {
                while (!closed) {
                  seen.add(listed(glob));
                  LockSupport.parkNanos(100_000);
                }
              });
      thread.start();
    }

    boolean seesTheNew() {
      return listed(glob).equals(whole);
    }

    /** Fails if anything was seen but the old output and the whole of the new one. */
    void sawNothingBut(String old) {
      List<String> others =
          seen.stream().filter(view -> !view.equals(old) && !view.equals(whole)).toList();
      assertEquals(List.of(), others);
    }

    @Override
    public void close() {
      closed = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
