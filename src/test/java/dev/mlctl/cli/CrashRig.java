package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mlctl.release.Pruning;
import dev.mlctl.release.Registry;
import dev.mlctl.release.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Does one command again and again, each time on a fresh copy of the same registry, and each time
 * with something else going wrong.
 *
 * <p>By default only the calls that change what is on the disk are tried: to be killed before a
 * call that reads is the same as before the next one that writes. {@code -Dmlctl.crashes=all} tries
 * the calls that read as well.
 */
final class CrashRig {
  private static final boolean ALL = "all".equals(System.getProperty("mlctl.crashes"));
  private static final int TRIES = 5;

  private final Path folder;
  private final CommandAtRisk command;
  private final Strace strace;
  private final AtomicInteger trials = new AtomicInteger();
  private final List<SystemCall> calls;
  private final LogState before;
  private final LogState after;

  /** Makes the registry, and rehearses the command once to learn its calls. */
  CrashRig(Path folder, CommandAtRisk command) throws IOException {
    this.folder = folder;
    this.command = command;
    this.strace = Strace.in(folder.resolve("java"));
    for (String name : List.of("first", "second", "next")) {
      LineBundles.write(folder, name);
    }
    Trial pristine = new Trial("pristine");
    Files.createDirectories(pristine.home());
    for (String line : command.before()) {
      prepare(pristine, line);
    }
    before = LogState.of(pristine.registry());
    Trial rehearsal = trial();
    calls = rehearse(rehearsal);
    after = rehearsal.log();
  }

  private void prepare(Trial trial, String line) throws IOException {
    switch (line) {
      case "(an unused bundle)" ->
          Files.write(trial.registry().resolve("blobs/sha256/" + "0".repeat(64)), new byte[100]);
      case "(condemned a month ago)" -> {
        Clock monthAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-31));
        new Pruning(
                Registry.open(trial.registry()), new Who("", "", ""), monthAgo, new SecureRandom())
            .prune(Duration.ofDays(30), false);
      }
      default -> program(trial).run(line.split(" ")).exits(0).says("");
    }
  }

  private List<SystemCall> rehearse(Trial trial) throws IOException {
    Path trace = folder.resolve(trial.name() + ".trace");
    strace.watched(program(trial), trace).run(command.command().split(" ")).exits(0).says("");
    return SystemCall.in(Files.readAllLines(trace), trial.name()).stream()
        .filter(call -> ALL || call.changesTheDisk())
        .toList();
  }

  LogState before() {
    return before;
  }

  LogState after() {
    return after;
  }

  List<SystemCall> calls() {
    return calls;
  }

  /** Does something for each call of the command, two at a time. */
  void forEach(List<SystemCall> these, Attempt attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> attempts = new ArrayList<>();
      for (SystemCall call : these) {
        attempts.add(
            () -> {
              attempt.on(call);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(attempts)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Does the command on a fresh copy of the registry, with a fault at one of its calls.
   *
   * @param forGood true when all later calls of that name are to go wrong as well
   * @param fault what strace shall do there
   */
  Trial run(SystemCall call, boolean forGood, String fault) throws IOException {
    SystemCall now = call;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Trial trial = trial();
      Path trace = folder.resolve(trial.name() + ".trace");
      String when = now.ordinal() + (forGood ? "+" : "");
      Program traced = strace.injected(program(trial), trace, call.name(), when, fault);
      trial.result = traced.run(command.command().split(" "));
      if (SystemCall.in(Files.readAllLines(trace), trial.name()).contains(now)) {
        return trial;
      }
      // The JVM opens other files since its class-data archive was made, say: count anew.
      now = rehearse(trial()).get(calls.indexOf(call));
    }
    return fail(command + " never came to " + call);
  }

  /** The program on a trial's registry. */
  Program program(Trial trial) {
    return Program.in(folder).with("MLCTL_REGISTRY", trial.registry().toString());
  }

  private Trial trial() throws IOException {
    Trial trial = new Trial("trial-" + trials.incrementAndGet());
    Path from = folder.resolve("pristine");
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Files.copy(file, folder.resolve(trial.name()).resolve(from.relativize(file)));
      }
    }
    return trial;
  }

  /** What is done for a call. */
  interface Attempt {
    void on(SystemCall call) throws Exception;
  }

  /** One run of the command on a registry of its own. */
  final class Trial {
    private final String name;
    private Program.Result result;

    private Trial(String name) {
      this.name = name;
    }

    private Path home() {
      return folder.resolve(name).resolve("home");
    }

    String name() {
      return name;
    }

    Path registry() {
      return home().resolve("registry");
    }

    Program.Result result() {
      return result;
    }

    LogState log() {
      return LogState.of(registry());
    }

    /** Makes another release with the program, which must follow on those that are there. */
    void nextCommandWorks() {
      int head = log().releases().size();
      program(this).run("deploy", "next.mlb", "--to", "prod").exits(0).says("");
      assertEquals(head + 1, log().releases().size());
    }

    /** The same in this process, which is quicker. */
    void nextDeployWorks() throws IOException {
      log().nextDeployWorks(registry(), Files.readAllBytes(folder.resolve("next.mlb")));
    }
  }
}
