package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file-system call of the program fails in turn: syncs and links with an I/O error and with a
 * full disk that stays full, the others with one of the two by turns. The exit code must be the
 * truth: 8 when the log does not have the release, 9 only when that cannot be told, 0 only when it
 * is there for good. Prune makes no release, so it is not among the commands.
 */
class FailingCallsIT {
  private static final String LOG = "home/registry/models/line/prod/log";

  @TempDir Path folder;

  static List<CommandAtRisk> commands() throws IOException {
    return CommandAtRisk.all().stream().filter(c -> !c.command().equals("prune")).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void ends_with_the_truth_and_the_next_command_works(CommandAtRisk command) throws Exception {
    assumeTrue(Strace.isHere(), "strace is missing, or may not trace");
    CrashRig rig = new CrashRig(folder, command);
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    AtomicInteger turn = new AtomicInteger();
    rig.forEach(
        rig.calls(),
        call -> {
          boolean forGood = call.isSync() || call.name().startsWith("link");
          boolean first = turn.getAndIncrement() % 2 == 0;
          if (forGood || first) {
            seen.add(checked(rig, call, rig.run(call, false, "error=EIO"), first));
          }
          if (forGood || !first) {
            seen.add(checked(rig, call, rig.run(call, forGood, "error=ENOSPC"), !first));
          }
        });
    assertEquals(Set.of(0, 8, 9), seen);
  }

  /** Returns the exit code. */
  private static int checked(CrashRig rig, SystemCall call, CrashRig.Trial trial, boolean goOn)
      throws Exception {
    check(rig, call, trial);
    if (goOn) {
      trial.nextDeployWorks();
    }
    return trial.result().exit();
  }

  private static void check(CrashRig rig, SystemCall call, CrashRig.Trial trial)
      throws IOException {
    Program.Result result = trial.result();
    String what = call + "\n" + result + "\n" + trial.log();
    switch (result.exit()) {
      case 0 -> {
        assertEquals(rig.after(), trial.log(), what);
        assertFalse(call.isSync() || call.isHardToUndo(), what);
      }
      case 8 -> {
        assertEquals(rig.before(), trial.log(), what);
        assertTrue(result.err().startsWith("error: cannot "), what);
      }
      case 9 -> {
        // Only the name of the record is ever in doubt: what is linked is already on the disk.
        assertTrue(call.isSync() && call.path().equals(LOG), what);
        assertEquals(rig.after(), trial.log(), what);
        assertFalse(result.err().contains("nothing was committed"), what);
      }
      default -> fail(what);
    }
  }
}
