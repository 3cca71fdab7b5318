package dev.mlctl.score;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Beam's file systems in this process, from the jars of the packaged program. Beam looks for them
 * once in a process, so all are loaded even where one is wanted.
 */
final class RemoteRig {
  private static int roots;

  private RemoteRig() {}

  /**
   * Starts the file systems, in place of those started before.
   *
   * @param scheme the one the options are for
   * @param arguments options of Beam
   */
  static synchronized void start(RemoteScheme scheme, String... arguments) {
    RemoteFileSystems.load(EnumSet.allOf(RemoteScheme.class));
    RemoteFileSystems.registerOptions(EnumSet.of(scheme));
    List<String> given = new ArrayList<>(List.of(arguments));
    if (scheme != RemoteScheme.S3) {
      given.add("--awsRegion=us-east-1"); // or else S3's looks for it in the network
    }
    List<String> all =
        RemoteDefaults.of(Set.of(scheme), List.of(), BeamArguments.names(given), System.getenv());
    all.addAll(given);
    RemoteFileSystems.start(BeamOptions.of(Runner.DIRECT, all, List.of(), List.of()));
  }

  /** A directory that nobody had before. */
  static synchronized String newRoot(String bucket) {
    return bucket + "/root-" + ++roots;
  }
}
