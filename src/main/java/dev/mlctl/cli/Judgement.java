package dev.mlctl.cli;

import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.monitor.Records;
import dev.mlctl.monitor.Subject;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.ResolvedRelease;
import java.util.Optional;

/**
 * What one check came to, before anything is done about it.
 *
 * @param spec what was asked for
 * @param resolved what was judged
 * @param subject the same as monitoring knows it
 * @param records what it was judged by
 * @param report the judgement
 * @param verdict what became of the release in the registry, if that is new
 * @param recovered whether the release was condemned before and is ok now
 */
record Judgement(
    MonitorSpec spec,
    ResolvedRelease resolved,
    Subject subject,
    Records records,
    MonitorReport report,
    Optional<String> verdict,
    boolean recovered) {
  ReleaseRecord release() {
    return resolved.release().orElseThrow();
  }
}
