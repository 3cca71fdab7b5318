package dev.mlctl.release;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Looks whether everything in a registry is as mlctl wrote it: the format, every record with its
 * last line, its number, its names and its link to the one before, and every bundle with its size,
 * its digest and its golden rows.
 *
 * <p>The first fault ends it, as a {@link Failure} with its place: of kind INVALID when something
 * is wrong, of kind STORAGE when something cannot be read and so cannot be judged. What cannot
 * mislead any reader is no fault: it is told in {@link Verified#notes}. A verdict of monitoring
 * that cannot be read is a warning, because a rollback goes by it.
 */
public final class Verification {
  /** The names that mlctl writes beside each other in the folder of an environment. */
  private static final Set<String> OF_ENVIRONMENTS =
      Set.of("log", "runs", "verdicts", ChallengerNotes.FOLDER);

  private final Registry registry;
  private final ObjectStore store;
  private final BundleReader bundles;
  private final Blobs blobs;
  private final Releases releases;
  private final Progress progress;

  /**
   * Verification in one registry, which need not exist for a bundle file.
   *
   * @param progress told how many bundles are done
   */
  public Verification(Registry registry, Progress progress) {
    this(registry, progress, ModelBundles.READER);
  }

  Verification(Registry registry, Progress progress, BundleReader bundles) {
    Pause never = attempt -> {};
    Who nobody = new Who("", "", "");
    this.registry = registry;
    this.store = registry.store();
    this.progress = progress;
    this.bundles = bundles;
    this.blobs = new Blobs(store, never);
    this.releases =
        new Releases(registry, nobody, Clock.systemUTC(), new Random(0), bundles, never);
  }

  /**
   * Every model in every environment, and every bundle that a release refers to.
   *
   * @throws Failure NOT_FOUND when there is no registry; see above for the faults
   */
  public Verified registry() {
    registry.requirePresent();
    Verified.Tally tally = new Verified.Tally(registry.place());
    Set<String> ours = new HashSet<>(Registry.FOLDERS);
    ours.add(Registry.FORMAT_KEY);
    strangers("", ours, tally);
    Logs logs = Logs.of(store);
    logs.strangers().forEach(key -> tally.note(stranger(key)));
    List<Claim> claims = new ArrayList<>();
    for (ReleaseLog log : logs.logs()) {
      strangers(log.parent(), OF_ENVIRONMENTS, tally);
      claims.addAll(claims(log, tally));
    }
    prove(claims, tally);
    bundlesWithoutRelease(claims, tally);
    for (Leftover leftover : store.leftovers()) {
      tally.note("left by a writer that was killed, harmless: " + leftover.place());
    }
    return tally.verified();
  }

  /** A bundle that a release or a challenger refers to, and what it says of it. */
  private record Claim(String digest, long size, String model, String reference) {
    static Claim of(ReleaseRecord release) {
      return new Claim(release.digest(), release.size(), release.model(), release.reference());
    }

    static Claim of(Challenger challenger) {
      return new Claim(
          challenger.digest(), challenger.size(), challenger.model(), challenger.label());
    }
  }

  private void bundlesWithoutRelease(List<Claim> claims, Verified.Tally tally) {
    Set<String> used = new HashSet<>();
    claims.forEach(claim -> used.add(claim.digest()));
    for (String name : store.list(Blobs.FOLDER)) {
      String digest = "sha256:" + name;
      if (!Digest.isDigest(digest)) {
        tally.note(stranger(Blobs.FOLDER + "/" + name));
      } else if (!used.contains(digest)) {
        tally.unused(digest);
      }
    }
  }

  private void strangers(String folder, Set<String> known, Verified.Tally tally) {
    for (String name : store.list(folder)) {
      if (!known.contains(name)) {
        tally.note(stranger(folder.isEmpty() ? name : folder + "/" + name));
      }
    }
  }

  private String stranger(String key) {
    return "not made by mlctl, and never looked at: " + store.place(key);
  }

  private List<Claim> claims(ReleaseLog log, Verified.Tally tally) {
    ReleaseLog.View view = log.readAll();
    if (view.entries().isEmpty()) {
      tally.note("no release yet: " + log.reference());
      return List.of();
    }
    tally.log(view.entries().size());
    tally.warn(releases.verdicts(view.model(), view.env()).read().warnings());
    List<Claim> claims = new ArrayList<>(view.records().stream().map(Claim::of).toList());
    List<String> warnings = new ArrayList<>();
    for (ChallengerNotes.Entry tried :
        releases.challengers(view.model(), view.env()).all(view, warnings)) {
      if (tried.fate().isEmpty()) {
        claims.add(Claim.of(tried.challenger()));
      }
    }
    tally.warn(warnings);
    return claims;
  }

  /**
   * What a reference names: the whole log of {@code bikes@prod} with all its bundles, or one
   * release of it, or a bundle file.
   *
   * @throws Failure NOT_FOUND when there is no such thing; see above for the faults
   */
  public Verified of(Reference reference) {
    Verified.Tally tally = new Verified.Tally(reference.toString());
    if (reference instanceof Reference.BundleFile file) {
      byte[] bytes = BundleFiles.read(file.path());
      bundles.read(file.path().toString(), bytes).prove();
      tally.bundle(bytes.length);
      return tally.verified();
    }
    Reference.Release named = (Reference.Release) reference;
    ReleaseRecord release = releases.find(named);
    if (named.number().isPresent()) {
      tally.log(1);
      prove(List.of(Claim.of(release)), tally);
      return tally.verified();
    }
    prove(claims(new ReleaseLog(store, named.model(), named.env()), tally), tally);
    return tally.verified();
  }

  /** Each bundle once, unless two records disagree on what it is. */
  private void prove(List<Claim> claims, Verified.Tally tally) {
    Map<List<Object>, Claim> different = new LinkedHashMap<>();
    for (Claim claim : claims) {
      different.putIfAbsent(List.of(claim.digest(), claim.size(), claim.model()), claim);
    }
    int done = 0;
    for (Claim claim : different.values()) {
      progress.at("bundles verified", done++, different.size());
      prove(claim);
      tally.bundle(claim.size());
    }
  }

  private void prove(Claim claim) {
    String place = store.place(Blobs.key(claim.digest()));
    try {
      byte[] bytes = blobs.read(claim.digest(), claim.size(), claim.reference());
      BundleReader.Candidate bundle = bundles.read(place, bytes);
      bundle.prove();
      if (!bundle.name().equals(claim.model())) {
        throw Failure.of(FailureKind.INVALID, "this is a bundle of the model " + bundle.name());
      }
    } catch (Failure e) {
      throw about(claim, place, e);
    }
  }

  private static Failure about(Claim claim, String place, Failure e) {
    Problem problem = e.problems().get(0);
    String message = problem.message();
    String whose = message.contains(claim.reference()) ? "" : " (" + claim.reference() + ")";
    Failure fault =
        Failure.of(e.kind(), "%s", message + whose)
            .at(problem.at().isEmpty() ? place : problem.at());
    String hint = "restore the file from a copy, or roll back or deploy another bundle";
    return fault.hint(problem.hint().isEmpty() ? hint : problem.hint()).causedBy(e);
  }
}
