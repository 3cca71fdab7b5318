package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The program killed with signal 9 at each of its file-system calls in turn. The signal comes
 * before the call is done, so these are all the states that a killed program can leave.
 */
class KilledCallsIT {
  private static final int KILLED = 128 + 9;

  @TempDir Path folder;

  static List<CommandAtRisk> commands() throws IOException {
    return CommandAtRisk.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void leaves_the_old_or_the_new_state_and_the_next_command_works(CommandAtRisk command)
      throws Exception {
    assumeTrue(Strace.isHere(), "strace is missing, or may not trace");
    CrashRig rig = new CrashRig(folder, command);
    Set<LogState> seen = ConcurrentHashMap.newKeySet();
    rig.forEach(
        rig.calls(),
        call -> {
          CrashRig.Trial trial = rig.run(call, false, "signal=KILL");
          Program.Result killed = trial.result().exits(KILLED).says("");
          LogState log = trial.log();
          assertTrue(
              List.of(rig.after(), killed.out().isEmpty() ? rig.before() : rig.after())
                  .contains(log),
              () -> "killed at " + call + "\n" + killed + "\n" + log);
          seen.add(log);
          trial.nextCommandWorks();
        });
    assertEquals(new HashSet<>(List.of(rig.before(), rig.after())), seen);
  }
}
