package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.release.TrustPolicy.Requirement;
import dev.mlctl.release.signing.ModelSignature;
import dev.mlctl.release.signing.Verdict;
import dev.mlctl.release.signing.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds the bundles of one registry against a policy. */
final class Trust {
  private final TrustPolicy policy;
  private final Signatures signatures;

  Trust(TrustPolicy policy, Signatures signatures) {
    this.policy = policy;
    this.signatures = signatures;
  }

  /**
   * Refuses a bundle that an environment must not use.
   *
   * @param act what was to be done with it, for the message, or empty
   * @param brought signatures that came with the bundle, beside those in the registry
   * @throws Failure of kind TRUST with one problem for each signature that does not count
   */
  void require(String act, String env, String digest, List<SignatureFile> brought) {
    List<List<Requirement>> all = policy.forEnvironment(env);
    if (!all.isEmpty()) {
      List<SignatureFile> found = new ArrayList<>(brought);
      found.addAll(signatures.of(digest));
      require(act.isEmpty() ? "" : "cannot " + act + ": ", all, digest, found);
    }
  }

  /**
   * Refuses what must not be used where it comes from.
   *
   * @throws Failure of kind TRUST when it was revoked or a signature is missing
   */
  void requireUsable(ResolvedRelease resolved) {
    String act = "use " + resolved.pinned();
    if (resolved.revoked()) {
      throw Failure.of(FailureKind.TRUST, "cannot %s: its bundle was revoked", act)
          .hint(
              resolved
                  .release()
                  .map(
                      release ->
                          "see \"mlctl history %s@%s\"".formatted(release.model(), release.env()))
                  .orElse(""));
    }
    List<List<Requirement>> all = requirements(resolved);
    if (!all.isEmpty()) {
      require("cannot " + act + ": ", all, resolved.digest(), found(resolved));
    }
  }

  /** Those in the registry for a release, those beside it for a file. */
  private List<SignatureFile> found(ResolvedRelease resolved) {
    return resolved.release().isPresent()
        ? signatures.of(resolved.digest())
        : resolved.signaturesBeside();
  }

  private List<List<Requirement>> requirements(ResolvedRelease resolved) {
    return resolved
        .release()
        .map(release -> policy.forEnvironment(release.env()))
        .orElseGet(policy::forFile);
  }

  private static void require(
      String start, List<List<Requirement>> all, String digest, List<SignatureFile> found) {
    for (List<Requirement> oneOf : all) {
      if (oneOf.stream().noneMatch(requirement -> isMet(requirement, digest, found))) {
        throw refused(start, oneOf, digest, found);
      }
    }
  }

  private static boolean isMet(Requirement requirement, String digest, List<SignatureFile> found) {
    return signers(verdicts(requirement.keys(), digest, found)).size() >= requirement.threshold();
  }

  private static Set<String> signers(List<Verdict> verdicts) {
    Set<String> ids = new TreeSet<>();
    verdicts.stream()
        .filter(Verdict::trusted)
        .flatMap(verdict -> verdict.signer().stream())
        .forEach(key -> ids.add(key.id()));
    return ids;
  }

  private static List<Verdict> verdicts(
      List<VerifyingKey> keys, String digest, List<SignatureFile> found) {
    String hex = Digest.hex(digest);
    return found.stream().map(file -> ModelSignature.check(file.bytes(), hex, keys)).toList();
  }

  private static Failure refused(
      String start, List<Requirement> oneOf, String digest, List<SignatureFile> found) {
    List<Problem> problems = new ArrayList<>();
    Requirement first = oneOf.get(0);
    List<VerifyingKey> keys =
        oneOf.stream().flatMap(requirement -> requirement.keys().stream()).toList();
    List<Verdict> verdicts = verdicts(keys, digest, found);
    for (int i = 0; i < found.size(); i++) {
      if (!verdicts.get(i).trusted()) {
        problems.add(Problem.of(start + verdicts.get(i).problem()).at(found.get(i).place()));
      }
    }
    if (found.isEmpty()) {
      problems.add(Problem.of(start + "the bundle is not signed").at(first.place()));
    } else if (problems.size() < found.size()) {
      String few =
          "%d of the needed %d keys signed the bundle"
              .formatted(signers(verdicts).size(), first.threshold());
      problems.add(Problem.of(start + few).at(first.place()));
    }
    int last = problems.size() - 1;
    problems.set(last, problems.get(last).hint(remedy(first)));
    return new Failure(FailureKind.TRUST, problems, null);
  }

  private static String remedy(Requirement requirement) {
    return "sign it with %s: mlctl serialize BUNDLE.mlb --sign-key PRIVATE_KEY, then deploy it"
        .formatted(
            requirement.keyFiles().size() == 1
                ? "the private half of " + requirement.names()
                : "the private halves of %d of %s"
                    .formatted(requirement.threshold(), requirement.names()));
  }

  /** What every signature of a bundle is worth to those who would use it there. */
  List<CheckedSignature> check(ResolvedRelease resolved) {
    List<VerifyingKey> keys =
        requirements(resolved).stream()
            .flatMap(List::stream)
            .flatMap(entry -> entry.keys().stream())
            .toList();
    List<SignatureFile> found = found(resolved);
    List<Verdict> verdicts = verdicts(keys, resolved.digest(), found);
    List<CheckedSignature> checked = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      checked.add(new CheckedSignature(found.get(i).place(), verdicts.get(i)));
    }
    return checked;
  }

  /**
   * Keeps the signatures that came with a bundle.
   *
   * @return what was not kept, one line each
   */
  List<String> keep(String digest, List<SignatureFile> brought) {
    List<String> warnings = new ArrayList<>();
    for (SignatureFile file : brought) {
      if (ModelSignature.claims(file.bytes(), Digest.hex(digest))) {
        signatures.put(digest, file.bytes());
      } else {
        warnings.add(file.place() + " is not a signature of this bundle and was left behind");
      }
    }
    return warnings;
  }
}
