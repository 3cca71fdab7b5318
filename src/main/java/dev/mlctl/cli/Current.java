package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Reference;
import dev.mlctl.release.Releases;
import dev.mlctl.release.ResolvedRelease;
import java.util.Map;
import java.util.OptionalLong;

/** The release that is current now. */
final class Current {
  private Current() {}

  /** Its metrics, or null when there is none yet. */
  static Map<String, Double> metrics(Releases releases, String model, String env) {
    try {
      ResolvedRelease current =
          releases.inspect(new Reference.Release(model, env, OptionalLong.empty()));
      return BundleView.parse(current.pinned(), current.bundle()).metrics();
    } catch (Failure f) {
      if (f.kind() == FailureKind.NOT_FOUND) {
        return null;
      }
      throw f;
    }
  }
}
