package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.GateResult;
import java.util.List;
import java.util.Optional;

/**
 * One wish for a challenger: its preconditions, checked against a view of the log and the
 * challenger of that moment, and again after a lost race.
 */
final class Challenging {
  private final DeployRequest request;
  private final Challenge challenge;
  private final BundleReader.Candidate candidate;
  private final String digest;
  private final Draft draft;
  private final Deploying deploying;
  private final String act;

  /** The wish to try a bundle that was proven; {@code deploying} is the same wish to deploy it. */
  Challenging(
      DeployRequest request,
      Challenge challenge,
      BundleReader.Candidate candidate,
      String digest,
      Draft draft,
      Deploying deploying) {
    this.request = request;
    this.challenge = challenge;
    this.candidate = candidate;
    this.digest = digest;
    this.draft = draft;
    this.deploying = deploying;
    this.act = Deploying.act(candidate, request.env) + " as a " + challenge.mode().word();
  }

  /**
   * What is to be done.
   *
   * @param challenger the one to begin, or the one that is there already
   * @param needed false when there is nothing to do
   */
  record Step(Optional<Challenger> challenger, boolean needed) {}

  boolean hasKey() {
    return request.idempotencyKey.isPresent();
  }

  boolean isDry() {
    return request.dryRun;
  }

  /**
   * Checks the preconditions.
   *
   * @param newest the number of the newest note
   * @param active the challenger that goes on
   * @param known every challenger there was, if they may hold this wish's key
   */
  Step next(
      ReleaseLog.View log,
      long newest,
      Optional<Challenger> active,
      List<ChallengerNotes.Entry> known) {
    for (ChallengerNotes.Entry earlier : known) {
      if (earlier.challenger().idempotencyKey().equals(request.idempotencyKey)) {
        return repeated(earlier.challenger());
      }
    }
    ReleaseRecord champion = champion(log);
    deploying.require(log);
    if (champion.digest().equals(digest)) {
      return new Step(Optional.empty(), false);
    }
    if (active.isPresent() && !active.get().digest().equals(digest)) {
      throw taken(active.get());
    }
    if (active.isPresent() && active.get().challenge().equals(challenge)) {
      return new Step(active, false);
    }
    List<GateResult> gates = deploying.judge(Optional.of(champion));
    requireLike(champion);
    return new Step(Optional.of(challenger(champion, newest + 1, gates)), true);
  }

  private Step repeated(Challenger earlier) {
    if (!earlier.digest().equals(digest) || !earlier.challenge().equals(challenge)) {
      throw Failure.of(
              FailureKind.CONFLICT,
              "cannot %s: the idempotency key \"%s\" was used for %s (%s), which differs",
              act,
              request.idempotencyKey.orElseThrow(),
              earlier.label(),
              earlier.challenge())
          .hint("use a new key for a new request");
    }
    return new Step(Optional.of(earlier), false);
  }

  private ReleaseRecord champion(ReleaseLog.View log) {
    return log.current()
        .orElseThrow(
            () ->
                Failure.of(
                        FailureKind.NOT_FOUND,
                        "cannot %s: there is no release of %s@%s to challenge",
                        act,
                        log.model(),
                        log.env())
                    .hint("the first release is deployed without --shadow and --canary"));
  }

  private Failure taken(Challenger active) {
    String target = active.model() + "@" + active.env();
    return Failure.of(
            FailureKind.CONFLICT,
            "cannot %s: %s is tried there already (%s, since %s by %s)",
            act,
            active.label(),
            active.challenge(),
            active.when(),
            active.who())
        .hint(
            ("\"mlctl rollback %s --challenger\" drops it; deploying its bundle without --shadow"
                    + " and --canary promotes it")
                .formatted(target));
  }

  /**
   * Even who allows callers to break gets no answers of another kind among those of the champion.
   */
  private void requireLike(ReleaseRecord champion) {
    boolean alike = deploying.compared().map(candidate::answersLike).orElse(false);
    if (!alike) {
      throw Failure.of(
              FailureKind.CONFLICT,
              "cannot %s: its task or its classes are not those of %s, so nothing can be compared",
              act,
              champion.reference())
          .hint("deploy it without --shadow and --canary, with --allow-incompatible");
    }
  }

  private Challenger challenger(ReleaseRecord champion, long number, List<GateResult> gates) {
    return new Challenger(
        number,
        champion.model(),
        champion.env(),
        challenge,
        digest,
        request.bundle.length,
        champion.number(),
        gates,
        draft.reason(),
        draft.who(),
        draft.when(),
        draft.operation(),
        draft.idempotencyKey());
  }

  Challenged outcome(ReleaseLog.View log, Step step) {
    List<String> warnings =
        step.needed() ? deploying.warnings(step.challenger().orElseThrow().gates()) : List.of();
    return new Challenged(
        log.current().orElseThrow(),
        step.challenger(),
        false,
        step.needed(),
        request.dryRun,
        warnings);
  }
}
