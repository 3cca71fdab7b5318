package dev.mlctl.cli;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.monitor.Records;
import dev.mlctl.monitor.ReleaseEvent;
import dev.mlctl.release.Challenger;
import dev.mlctl.release.ChallengerFate;
import dev.mlctl.release.History;
import dev.mlctl.release.Reference;
import dev.mlctl.release.ReleaseRecord;
import dev.mlctl.release.Releases;
import dev.mlctl.release.Runs;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the registry keeps of a model in an environment, for monitoring. */
final class RegistryRecords implements Records {
  private final Releases releases;
  private final Runs runs;
  private final List<ReleaseRecord> log;
  private final History history;

  RegistryRecords(Releases releases, String model, String env) {
    this.releases = releases;
    this.runs = releases.runs(model, env);
    this.history = releases.history(model, env);
    this.log = history.entries().stream().map(History.Entry::release).toList();
  }

  @Override
  public List<String> ids() {
    return runs.list();
  }

  @Override
  public Map<String, Object> read(String id) {
    return Json.readObject("run " + id, runs.read(id));
  }

  @Override
  public Optional<Bundle> bundle(String digest) {
    return log.stream()
        .filter(release -> hex(release.digest()).equals(digest))
        .findFirst()
        .flatMap(this::bundle);
  }

  /** A release that may not be used any more, or is gone, is no reason not to judge another. */
  private Optional<Bundle> bundle(ReleaseRecord release) {
    try {
      Reference reference = Reference.parse(release.reference());
      return Optional.of(Bundle.parse(releases.resolve(reference).bundle()));
    } catch (Failure e) {
      if (e.kind() == FailureKind.INTERRUPTED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public List<ReleaseEvent> events() {
    Stream<ReleaseEvent> tried = history.challengers().stream().flatMap(RegistryRecords::events);
    return Stream.concat(log.stream().map(RegistryRecords::event), tried)
        .sorted(Comparator.comparing(ReleaseEvent::at))
        .toList();
  }

  /** Its promotion is a deploy of the log, and its revocation one there, too. */
  private static Stream<ReleaseEvent> events(History.Tried tried) {
    Challenger challenger = tried.challenger();
    ReleaseEvent start =
        new ReleaseEvent(
            challenger.when(),
            challenger.asOf(),
            challenger.challenge().mode().word(),
            hex(challenger.digest()),
            challenger.reason());
    Stream<ReleaseEvent> dropped =
        tried.fate().stream()
            .filter(fate -> fate.outcome() == ChallengerFate.Outcome.DROPPED)
            .map(
                fate ->
                    new ReleaseEvent(
                        fate.when(),
                        challenger.asOf(),
                        "drop",
                        hex(challenger.digest()),
                        fate.reason()));
    return Stream.concat(Stream.of(start), dropped);
  }

  private static ReleaseEvent event(ReleaseRecord release) {
    return new ReleaseEvent(
        release.when(),
        release.number(),
        release.kind().word(),
        hex(release.digest()),
        release.reason());
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }
}
