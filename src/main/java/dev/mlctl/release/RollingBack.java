package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One rollback or revocation: which release it goes back to, which bundle is never to be used
 * again, and its preconditions, checked against a view of the whole log and again after a lost
 * race.
 */
final class RollingBack implements Function<ReleaseLog.View, Commit.Step> {
  private final RollbackRequest request;
  private final Draft draft;
  private final Supplier<Verdicts.View> verdicts;
  private final Consumer<ReleaseRecord> prove;
  private final String name;
  private final String act;

  private Optional<ReleaseRecord> firstTarget = Optional.empty();
  private OptionalLong firstCurrent = OptionalLong.empty();
  private OptionalLong firstRevoked = OptionalLong.empty();
  private String proven = "";
  private List<String> warnings = List.of();

  /**
   * A rollback, or a revocation.
   *
   * @param verdicts what monitoring thinks; asked only when nobody named a target
   * @param prove reads and proves the bundle of a release; throws when it does not work
   */
  RollingBack(
      RollbackRequest request,
      Draft draft,
      Supplier<Verdicts.View> verdicts,
      Consumer<ReleaseRecord> prove) {
    this.request = request;
    this.draft = draft;
    this.verdicts = verdicts;
    this.prove = prove;
    this.name = request.target.toString();
    this.act = "roll back " + name;
  }

  @Override
  public Commit.Step apply(ReleaseLog.View log) {
    Optional<ReleaseRecord> earlier = draft.alreadyMade(log);
    if (earlier.isPresent()) {
      return repeated(earlier.get());
    }
    Draft.expect(act, request.expectCurrent, log);
    ReleaseRecord current =
        log.current()
            .orElseThrow(
                () -> Failure.of(FailureKind.NOT_FOUND, "cannot roll back %s: no release", name));
    return request.revoke ? revoke(log, current) : goBack(log, current);
  }

  private Commit.Step goBack(ReleaseLog.View log, ReleaseRecord current) {
    ReleaseRecord target =
        request.to.isPresent()
            ? namedTarget(log)
            : lastGood(log, current).orElseThrow(() -> nothing(current));
    Revocations.refuse(act + " to release " + target.number(), log, target.digest());
    if (target.digest().equals(current.digest())) {
      return new Commit.Step(current, false);
    }
    proveOnce(target);
    return new Commit.Step(draft.rollback(log, target), true);
  }

  private Commit.Step revoke(ReleaseLog.View log, ReleaseRecord current) {
    if (firstRevoked.isEmpty()) {
      // The release that was current when we were asked, whatever became so in the meantime.
      firstRevoked = OptionalLong.of(request.revokes.orElse(current.number()));
    }
    long revokes = firstRevoked.getAsLong();
    ReleaseRecord condemned = named(log, revokes, "revoke release " + revokes + " of " + name);
    ReleaseRecord target = target(log, current, condemned);
    boolean moves = !target.digest().equals(current.digest());
    if (log.revoked().contains(condemned.digest())) {
      return moves ? goBack(log, current) : new Commit.Step(current, false);
    }
    if (moves) {
      proveOnce(target);
    }
    return new Commit.Step(draft.revoke(log, condemned, target), true);
  }

  /** The release whose bundle is current afterwards; the condemned one when there is none. */
  private ReleaseRecord target(
      ReleaseLog.View log, ReleaseRecord current, ReleaseRecord condemned) {
    if (request.to.isPresent()) {
      ReleaseRecord target = namedTarget(log);
      Revocations.refuse(act + " to release " + target.number(), log, target.digest());
      if (target.digest().equals(condemned.digest())) {
        throw Failure.of(
            FailureKind.USAGE,
            "cannot %s to release %d: it holds the bundle that is to be revoked",
            act,
            target.number());
      }
      return target;
    }
    if (current.isRevoked() || !current.digest().equals(condemned.digest())) {
      return current;
    }
    Optional<ReleaseRecord> good = lastGood(log, current);
    if (good.isEmpty() && !request.allowNone) {
      throw nothingButRevoked(current);
    }
    return good.orElse(current);
  }

  private Failure nothingButRevoked(ReleaseRecord current) {
    return Failure.of(
            FailureKind.NOT_FOUND,
            "cannot revoke %s: no good release is left to go back to; nothing was revoked",
            current.reference())
        .hint(
            "deploy a good bundle, then give --revoke "
                + current.number()
                + "; --allow-none revokes it now and leaves nothing to score with");
  }

  private void proveOnce(ReleaseRecord target) {
    if (!target.digest().equals(proven)) {
      proveTarget(target);
      proven = target.digest();
    }
  }

  private Commit.Step repeated(ReleaseRecord earlier) {
    ReleaseRecord.Kind kind =
        request.revoke ? ReleaseRecord.Kind.REVOKE : ReleaseRecord.Kind.ROLLBACK;
    boolean same =
        earlier.kind() == kind
            && (request.to.isEmpty() || request.to.equals(earlier.to()))
            && (request.revokes.isEmpty() || request.revokes.equals(earlier.revokes()));
    if (!same) {
      throw draft.keyTaken(act, earlier);
    }
    return new Commit.Step(earlier, false);
  }

  private ReleaseRecord namedTarget(ReleaseLog.View log) {
    long number = request.to.getAsLong();
    return named(log, number, act + " to release " + number);
  }

  private ReleaseRecord named(ReleaseLog.View log, long number, String what) {
    List<ReleaseRecord> releases = log.records();
    if (number > releases.size()) {
      throw Failure.of(FailureKind.NOT_FOUND, "cannot %s: the newest is %d", what, releases.size())
          .hint("see \"mlctl history " + name + "\"");
    }
    if (number < 1) {
      throw Failure.of(FailureKind.USAGE, "cannot %s: the first is 1", what);
    }
    return releases.get((int) number - 1);
  }

  /**
   * The default target is chosen once, for the release that was current when we were asked: if
   * somebody else rolled back meanwhile, going back one further is not what was meant.
   */
  private Optional<ReleaseRecord> lastGood(ReleaseLog.View log, ReleaseRecord current) {
    if (firstCurrent.isEmpty()) {
      Verdicts.View view = verdicts.get();
      warnings = view.warnings();
      firstTarget = LastGood.of(log.records(), view.condemned().values());
      firstCurrent = log.currentNumber();
    }
    boolean moved = current.number() != firstCurrent.getAsLong();
    if (moved
        && !firstTarget.map(target -> target.digest().equals(current.digest())).orElse(false)) {
      throw Failure.of(
              FailureKind.CONFLICT,
              "cannot roll back %s: release %d became current meanwhile (a %s by %s)",
              name,
              current.number(),
              current.kind().word(),
              current.who())
          .hint("look at \"mlctl history " + name + "\" and, if it is still wanted, try again");
    }
    return firstTarget;
  }

  private Failure nothing(ReleaseRecord current) {
    if (current.number() == 1) {
      return Failure.of(FailureKind.NOT_FOUND, "cannot roll back %s: release 1 is the first", name);
    }
    return Failure.of(
            FailureKind.NOT_FOUND,
            "cannot roll back %s: every earlier release holds the same bundle as release %d"
                + " or was rolled back from, condemned by monitoring or revoked",
            name,
            current.number())
        .hint("name one with --to; see \"mlctl history " + name + "\"");
  }

  /** What the user should know of the verdicts that were asked for. */
  List<String> warnings() {
    return warnings;
  }

  private void proveTarget(ReleaseRecord target) {
    try {
      prove.accept(target);
    } catch (Failure e) {
      String start = "cannot %s to release %d: ".formatted(act, target.number());
      List<Problem> problems = new ArrayList<>();
      e.problems().forEach(p -> problems.add(Problem.of(start + p.message()).at(p.at())));
      int last = problems.size() - 1;
      String hint = "name another release with --to; see \"mlctl history " + name + "\"";
      problems.set(last, problems.get(last).hint(hint));
      throw new Failure(e.kind(), problems, e);
    }
  }
}
