package dev.mlctl.cli;

import dev.mlctl.monitor.MonitorReport;
import dev.mlctl.monitor.MonitorSpec;
import dev.mlctl.release.ReleaseRecord;
import java.util.Optional;

/**
 * What one check came to, before anything is done about it.
 *
 * @param spec what was asked for
 * @param release what was judged
 * @param report the judgement
 * @param verdict what became of the release in the registry, if that is new
 * @param recovered whether the release was condemned before and is ok now
 */
record Judgement(
    MonitorSpec spec,
    ReleaseRecord release,
    MonitorReport report,
    Optional<String> verdict,
    boolean recovered) {}
