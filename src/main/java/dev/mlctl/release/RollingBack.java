package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One rollback: which release it goes back to, and its preconditions, checked against a view of the
 * whole log and again after a lost race.
 */
final class RollingBack implements Function<ReleaseLog.View, Commit.Step> {
  private final RollbackRequest request;
  private final Draft draft;
  private final Supplier<Verdicts.View> verdicts;
  private final Consumer<ReleaseRecord> prove;
  private final String name;

  private Optional<ReleaseRecord> firstTarget = Optional.empty();
  private OptionalLong firstCurrent = OptionalLong.empty();
  private String proven = "";
  private List<String> warnings = List.of();

  /**
   * A rollback.
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
  }

  @Override
  public Commit.Step apply(ReleaseLog.View log) {
    Optional<ReleaseRecord> earlier = draft.alreadyMade(log);
    if (earlier.isPresent()) {
      return repeated(earlier.get());
    }
    Draft.expect("roll back " + name, request.expectCurrent, log);
    ReleaseRecord current =
        log.current()
            .orElseThrow(
                () -> Failure.of(FailureKind.NOT_FOUND, "cannot roll back %s: no release", name));
    ReleaseRecord target =
        request.to.isPresent() ? named(log, request.to.getAsLong()) : lastGood(log, current);
    if (target.digest().equals(current.digest())) {
      return new Commit.Step(current, false);
    }
    if (!target.digest().equals(proven)) {
      proveTarget(target);
      proven = target.digest();
    }
    return new Commit.Step(draft.rollback(log, target), true);
  }

  private Commit.Step repeated(ReleaseRecord earlier) {
    boolean same =
        earlier.kind() == ReleaseRecord.Kind.ROLLBACK
            && (request.to.isEmpty() || request.to.equals(earlier.to()));
    if (!same) {
      throw draft.keyTaken("roll back " + name, earlier);
    }
    return new Commit.Step(earlier, false);
  }

  private ReleaseRecord named(ReleaseLog.View log, long number) {
    List<ReleaseRecord> releases = log.records();
    if (number > releases.size()) {
      throw Failure.of(
              FailureKind.NOT_FOUND,
              "cannot roll back %s to release %d: the newest is %d",
              name,
              number,
              releases.size())
          .hint("see \"mlctl history " + name + "\"");
    }
    if (number < 1) {
      throw Failure.of(
          FailureKind.USAGE, "cannot roll back %s to release %d: the first is 1", name, number);
    }
    return releases.get((int) number - 1);
  }

  /**
   * The default target is chosen once, for the release that was current when we were asked: if
   * somebody else rolled back meanwhile, going back one further is not what was meant.
   */
  private ReleaseRecord lastGood(ReleaseLog.View log, ReleaseRecord current) {
    if (firstTarget.isEmpty()) {
      Verdicts.View view = verdicts.get();
      warnings = view.warnings();
      firstTarget =
          Optional.of(
              LastGood.of(log.records(), view.condemned().values())
                  .orElseThrow(() -> nothing(current)));
      firstCurrent = log.currentNumber();
    }
    ReleaseRecord target = firstTarget.get();
    boolean moved = current.number() != firstCurrent.getAsLong();
    if (moved && !current.digest().equals(target.digest())) {
      throw Failure.of(
              FailureKind.CONFLICT,
              "cannot roll back %s: release %d became current meanwhile (a %s by %s)",
              name,
              current.number(),
              current.kind().word(),
              current.who())
          .hint("look at \"mlctl history " + name + "\" and, if it is still wanted, try again");
    }
    return target;
  }

  private Failure nothing(ReleaseRecord current) {
    if (current.number() == 1) {
      return Failure.of(FailureKind.NOT_FOUND, "cannot roll back %s: release 1 is the first", name);
    }
    return Failure.of(
            FailureKind.NOT_FOUND,
            "cannot roll back %s: every earlier release holds the same bundle as release %d"
                + " or was rolled back from or condemned by monitoring",
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
      Problem problem = e.problems().get(0);
      throw Failure.of(
              e.kind(),
              "cannot roll back %s to release %d: %s",
              name,
              target.number(),
              problem.message())
          .at(problem.at())
          .hint("name another release with --to; see \"mlctl history " + name + "\"")
          .causedBy(e);
    }
  }
}
