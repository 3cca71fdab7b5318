package dev.mlctl.bench;

import dev.mlctl.data.Progress;
import dev.mlctl.model.Bundles;
import dev.mlctl.release.LongLogs;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Registry;
import dev.mlctl.release.Releases;
import dev.mlctl.release.RollbackRequest;
import dev.mlctl.release.TrustPolicy;
import dev.mlctl.release.Verification;
import dev.mlctl.release.Who;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a log of 20,000 releases costs on a local directory: the work inside one process, the first
 * time (classes load, nothing is compiled yet) and the median of seven, and the packaged program
 * from start to exit, median of five.
 */
final class RegistryBenchmark {
  private static final int RELEASES = 20_000;
  private static final int ROUNDS = 7;
  private static final int PROCESSES = 5;

  private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
  private final Path registry;
  private final Releases releases;

  private RegistryBenchmark(Path registry) {
    this.registry = registry;
    this.releases =
        new Releases(
            Registry.open(registry),
            new Who("", "", ""),
            Clock.systemUTC(),
            new Random(1),
            TrustPolicy.NONE);
  }

  /** Takes no arguments; the program is {@code target/mlctl}, or where {@code mlctl.home} says. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path registry = Files.createTempDirectory("mlctl-registry").resolve("registry");
    LongLogs.append(registry, "line", "prod", RELEASES, bundles());
    new RegistryBenchmark(registry).measure();
  }

  private static List<byte[]> bundles() {
    return List.of(Bundles.linear(2).toBytes(), Bundles.linear(3).toBytes());
  }

  private void measure() throws IOException, InterruptedException {
    out.printf("a log of %,d releases%n", RELEASES);
    time("resolve line@prod", () -> releases.resolve(Reference.parse("line@prod")));
    time("resolve line@prod#7777", () -> releases.resolve(Reference.parse("line@prod#7777")));
    time("list", releases::list);
    time("history", () -> releases.history("line", "prod"));
    time(
        "rollback --dry-run",
        () -> releases.rollback(RollbackRequest.of("line", "prod").dryRun(true)));
    time("verify", () -> new Verification(Registry.open(registry), Progress.NONE).registry());
    for (String command :
        List.of(
            "show line@prod",
            "list",
            "history line@prod",
            "rollback line@prod --dry-run",
            "verify",
            "prune --dry-run")) {
      process(command);
    }
  }

  private void time(String what, Runnable act) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] seconds = new double[ROUNDS];
    double[] work = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long startOfWork = threads.getCurrentThreadCpuTime();
      act.run();
      work[round] = (threads.getCurrentThreadCpuTime() - startOfWork) / 1e9;
      seconds[round] = (System.nanoTime() - start) / 1e9;
    }
    double first = work[0];
    Arrays.sort(work);
    Arrays.sort(seconds);
    out.printf(
        "%-24s processor time first %.3f s, median %.3f s; by the clock %.3f s%n",
        what, first, work[ROUNDS / 2], seconds[ROUNDS / 2]);
  }

  private void process(String command) throws IOException, InterruptedException {
    String home = System.getProperty("mlctl.home", "target/mlctl");
    List<String> line =
        new ArrayList<>(List.of(Path.of(home).toAbsolutePath().resolve("bin/mlctl").toString()));
    line.addAll(List.of(command.split(" ")));
    line.addAll(List.of("--registry", registry.toString()));
    double[] seconds = new double[PROCESSES];
    for (int round = 0; round < PROCESSES; round++) {
      seconds[round] = Processes.run(registry, line).seconds();
    }
    Arrays.sort(seconds);
    out.printf("%-30s median %.3f s whole process%n", "mlctl " + command, seconds[PROCESSES / 2]);
  }
}
