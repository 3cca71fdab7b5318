package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.model.GateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One deploy: its preconditions, checked against a view of the log, and again against the next one
 * after a lost race.
 */
final class Deploying implements Function<ReleaseLog.View, Commit.Step> {
  private final DeployRequest request;
  private final BundleReader.Candidate candidate;
  private final String digest;
  private final Draft draft;
  private final String act;
  private final Function<ReleaseRecord, BundleReader.Candidate> load;
  private final Gates gates;

  private String comparedWith = "";
  private Optional<BundleReader.Candidate> compared = Optional.empty();
  private List<String> incompatibilities = List.of();

  /**
   * A deploy of a bundle that was proven.
   *
   * @param load reads the bundle of a release; called only when there is something to compare
   */
  Deploying(
      DeployRequest request,
      BundleReader.Candidate candidate,
      String digest,
      Draft draft,
      Function<ReleaseRecord, BundleReader.Candidate> load) {
    this.request = request;
    this.candidate = candidate;
    this.digest = digest;
    this.draft = draft;
    this.act = act(candidate, request.env);
    this.load = load;
    this.gates = new Gates(request);
  }

  /** What is done, in the words of messages. */
  static String act(BundleReader.Candidate candidate, String env) {
    return "deploy " + candidate.name() + " to " + env;
  }

  @Override
  public Commit.Step apply(ReleaseLog.View log) {
    Optional<ReleaseRecord> earlier = draft.alreadyMade(log);
    if (earlier.isPresent()) {
      return repeated(earlier.get());
    }
    require(log);
    Optional<ReleaseRecord> current = log.current();
    if (current.isPresent() && current.get().digest().equals(digest)) {
      // Before the gates: a script that is run again must end as it did the first time, even where
      // a gate compares with the release before, or the rows it was judged on are gone.
      return new Commit.Step(current.get(), false);
    }
    List<GateResult> passed = judge(current);
    return new Commit.Step(draft.deploy(log, digest, request.bundle.length, passed), true);
  }

  /** Refuses when another release is current than was expected, or the bundle was revoked. */
  void require(ReleaseLog.View log) {
    Draft.expect(act, request.expectCurrent, log);
    Revocations.refuse(act, log, digest);
  }

  /** What came of the gates, once nothing speaks against the bundle in the current one's place. */
  List<GateResult> judge(Optional<ReleaseRecord> current) {
    compareWith(current);
    return passGates();
  }

  /** The current bundle, as far as there is one and it could be read. */
  Optional<BundleReader.Candidate> compared() {
    return compared;
  }

  private Commit.Step repeated(ReleaseRecord earlier) {
    if (earlier.kind() != ReleaseRecord.Kind.DEPLOY || !earlier.digest().equals(digest)) {
      throw draft.keyTaken(act, earlier);
    }
    return new Commit.Step(earlier, false);
  }

  /** Loads the current bundle once, and again only when another release became current. */
  private void compareWith(Optional<ReleaseRecord> current) {
    String other = current.map(ReleaseRecord::digest).orElse("");
    if (!other.equals(comparedWith)) {
      compared = current.flatMap(this::loadCurrent);
      comparedWith = other;
    }
    incompatibilities = compared.map(candidate::incompatibilities).orElse(List.of());
    if (!incompatibilities.isEmpty() && !request.allowIncompatible) {
      throw incompatible(current.orElseThrow());
    }
  }

  private Optional<BundleReader.Candidate> loadCurrent(ReleaseRecord current) {
    try {
      return Optional.of(load.apply(current));
    } catch (Failure e) {
      if (request.allowIncompatible && !gates.compareWithCurrent()) {
        // The way out of a registry whose current bundle was lost: deploy one that works.
        return Optional.empty();
      }
      Problem problem = e.problems().get(0);
      throw Failure.of(
              e.kind(),
              "cannot %s: cannot compare it with %s: %s",
              act,
              current.reference(),
              problem.message())
          .at(problem.at())
          .hint("--allow-incompatible deploys without the comparison")
          .causedBy(e);
    }
  }

  private Failure incompatible(ReleaseRecord current) {
    List<Problem> problems = new ArrayList<>();
    problems.add(
        Problem.of(
                "cannot "
                    + act
                    + ": it would break callers of "
                    + current.reference()
                    + ": "
                    + String.join("; ", incompatibilities))
            .hint("change the callers, then deploy with --allow-incompatible"));
    return new Failure(FailureKind.CONFLICT, problems, null);
  }

  private List<GateResult> passGates() {
    List<GateResult> outcomes = gates.judge(candidate, comparedWith, compared);
    List<Problem> failed = new ArrayList<>();
    for (GateResult result : outcomes) {
      if (result.outcome() == GateResult.Outcome.FAILED) {
        failed.add(Problem.of("cannot " + act + ": " + inWords(result)).hint(gates.leftOut()));
      }
    }
    if (!failed.isEmpty()) {
      throw new Failure(FailureKind.GATE, failed, null);
    }
    return outcomes;
  }

  private static String inWords(GateResult gate) {
    String rows =
        gate.rows().map(r -> String.format(Locale.ROOT, " on %,d rows", r.count())).orElse("");
    return "the gate \"%s\" does not hold: %s against %s%s"
        .formatted(gate.text(), gate.left(), gate.right(), rows);
  }

  /** What the user should know of a deploy that went through. */
  List<String> warnings(List<GateResult> outcomes) {
    List<String> warnings = new ArrayList<>();
    for (String each : incompatibilities) {
      warnings.add("callers of the release before must change: " + each);
    }
    for (GateResult gate : outcomes) {
      if (gate.outcome() == GateResult.Outcome.SKIPPED) {
        warnings.add("the gate \"" + gate.text() + "\" was skipped: " + gate.note());
      }
    }
    if (!gates.leftOut().isEmpty()) {
      warnings.add(gates.leftOut());
    }
    return warnings;
  }
}
