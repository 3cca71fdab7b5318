package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Deploy, roll back and look up releases in one registry. Every verb reads the log anew, so two
 * callers, or one caller a second later, see what is there then.
 *
 * <p>All failures are {@link Failure}s; when one of kind STORAGE is thrown nothing was committed,
 * and when it cannot be told whether something was, the kind is UNKNOWN_OUTCOME. Safe for use by
 * several threads if the random generator is.
 */
public final class Releases {
  private final Registry registry;
  private final Who who;
  private final Clock clock;
  private final RandomGenerator random;
  private final BundleReader bundles;
  private final Blobs blobs;
  private final Trust trust;
  private final Commit commit;
  private final Pause pause;

  /**
   * The releases of a registry.
   *
   * @param who who deploys and rolls back, for the records
   * @param clock what time it is, for the records
   * @param random where operation ids and the jitter of retries come from; two processes must not
   *     draw the same numbers, so outside tests use a {@link java.security.SecureRandom}
   * @param policy whose signatures are required, checked before a bundle is deployed, gone back to
   *     or handed out
   */
  public Releases(
      Registry registry, Who who, Clock clock, RandomGenerator random, TrustPolicy policy) {
    this(registry, who, clock, random, ModelBundles.READER, Pause.jittered(random), policy);
  }

  Releases(
      Registry registry,
      Who who,
      Clock clock,
      RandomGenerator random,
      BundleReader bundles,
      Pause pause) {
    this(registry, who, clock, random, bundles, pause, TrustPolicy.NONE);
  }

  Releases(
      Registry registry,
      Who who,
      Clock clock,
      RandomGenerator random,
      BundleReader bundles,
      Pause pause,
      TrustPolicy policy) {
    this.registry = registry;
    this.who = who;
    this.clock = clock;
    this.random = random;
    this.bundles = bundles;
    this.pause = pause;
    this.blobs = new Blobs(registry.store(), pause);
    this.trust = new Trust(policy, new Signatures(registry.store(), pause));
    this.commit = new Commit(registry.store(), pause);
  }

  /**
   * Makes a bundle the current release of its model in an environment. The bundle is proven first.
   *
   * @return the new release; or, unchanged, the current one when it holds this bundle already or
   *     the one that an earlier request with the same idempotency key made
   * @throws Failure INVALID when the bundle is damaged or fails its golden rows, GATE when a gate
   *     does not hold, USAGE when it cannot be read or asks for what is not there, INPUT when the
   *     file of rows cannot be used, CONFLICT when the expected release is not current or callers
   *     would break, TRUST when a required signature is missing or the bundle was revoked
   */
  public Deployed deploy(DeployRequest request) {
    Draft draft = begin(request.idempotencyKey, request.reason);
    String digest = Digest.of(request.bundle);
    BundleReader.Candidate candidate = proven(request, digest);
    Deploying deploying = new Deploying(request, candidate, digest, draft, this::load);
    ReleaseLog log = log(candidate.name(), request.env);
    // Only a key can be anywhere in the log; everything else looks at the head.
    Supplier<ReleaseLog.View> read =
        request.idempotencyKey.isPresent() ? log::readAll : log::readRecent;

    Commit.Step step = deploying.apply(registry.exists() ? read.get() : log.empty());
    List<String> warnings = new ArrayList<>();
    if (!request.dryRun) {
      if (step.needed()) {
        registry.requireOrCreate();
        store(request, candidate, digest, draft);
      }
      // Also when nothing else changes: so a bundle gets the signature of one more key.
      warnings.addAll(trust.keep(digest, request.signatures));
      step = step.needed() ? commit.append(log, read, deploying) : step;
    }
    if (step.needed()) {
      warnings.addAll(deploying.warnings(step.release().gates()));
    }
    return deployed(log, step, request.dryRun, warnings);
  }

  private BundleReader.Candidate proven(DeployRequest request, String digest) {
    Names.check("environment", request.env);
    if (request.bundle.length > Blobs.LARGEST) {
      throw Failure.of(FailureKind.INVALID, "the bundle is larger than 1 GiB").at(request.place);
    }
    BundleReader.Candidate candidate = bundles.read(request.place, request.bundle);
    Names.check("model", candidate.name());
    candidate.prove();
    trust.require(Deploying.act(candidate, request.env), request.env, digest, request.signatures);
    return candidate;
  }

  private void store(
      DeployRequest request, BundleReader.Candidate candidate, String digest, Draft draft) {
    fate(digest, draft).keep(Deploying.act(candidate, request.env));
    blobs.put(digest, request.bundle);
  }

  /**
   * Tries a bundle beside the current release of its model in an environment. It is proven as for a
   * deploy, which this is not: the current release stays what it was.
   *
   * @return the challenger; or, unchanged, the one that tries this bundle in this way already, or
   *     none when the current release holds it
   * @throws Failure as for {@link #deploy}; NOT_FOUND when there is no release to challenge,
   *     CONFLICT when another bundle is tried there, or this one predicts something else than the
   *     current release
   */
  public Challenged challenge(DeployRequest request, Challenge challenge) {
    Draft draft = begin(request.idempotencyKey, request.reason);
    String digest = Digest.of(request.bundle);
    BundleReader.Candidate candidate = proven(request, digest);
    Deploying deploying = new Deploying(request, candidate, digest, draft, this::load);
    Challenging challenging =
        new Challenging(request, challenge, candidate, digest, draft, deploying);
    ReleaseLog log = log(candidate.name(), request.env);
    Supplier<ReleaseLog.View> read = () -> registry.exists() ? log.readRecent() : log.empty();
    List<String> warnings = new ArrayList<>();
    Runnable keepSignatures = () -> warnings.addAll(trust.keep(digest, request.signatures));
    Runnable keep =
        () -> {
          store(request, candidate, digest, draft);
          keepSignatures.run();
        };
    Challenged done = challengers(log, read).start(challenging, keep);
    if (!request.dryRun && !done.changed()) {
      keepSignatures.run();
    }
    warnings.addAll(done.warnings());
    return new Challenged(
        done.champion(), done.challenger(), false, done.changed(), done.dryRun(), warnings);
  }

  /**
   * Drops the challenger of a model in an environment, and leaves the current release alone.
   *
   * @param request its target, reason and expectations count, and {@link
   *     RollbackRequest#challenger}
   * @return what was dropped; or, unchanged, nothing when there is no challenger
   * @throws Failure NOT_FOUND when there is no release, CONFLICT when the expected release is not
   *     current, or another challenger is there than was meant
   */
  public Challenged drop(RollbackRequest request) {
    Draft draft = begin(Optional.empty(), request.reason);
    return challengers(request.target.model(), request.target.env()).drop(request, draft);
  }

  /** What is tried beside the current release of a model in an environment. */
  public Challengers challengers(String model, String env) {
    ReleaseLog log = log(Names.check("model", model), Names.check("environment", env));
    registry.requirePresent();
    return challengers(log, () -> present(log, log.readRecent()));
  }

  private Challengers challengers(ReleaseLog log, Supplier<ReleaseLog.View> read) {
    ChallengerNotes notes = new ChallengerNotes(registry.store(), pause, log);
    return new Challengers(read, notes, blobs, trust, registry.store());
  }

  /**
   * Makes the bundle of an earlier release current again, or revokes one, as a new release. A
   * bundle that becomes current is proven first.
   *
   * @return the new release; or, unchanged, the current one when all is as it was wanted
   * @throws Failure NOT_FOUND when there is nothing to go back to, INVALID when the bundle to go
   *     back to is damaged, CONFLICT when another release became current meanwhile, TRUST when the
   *     bundle to go back to was revoked or lacks a required signature
   */
  public Deployed rollback(RollbackRequest request) {
    Draft draft = begin(request.idempotencyKey, request.reason);
    registry.requirePresent();
    ReleaseLog log = log(request.target.model(), request.target.env());
    Supplier<Verdicts.View> verdicts = verdicts(log, draft.operation())::read;
    RollingBack rollingBack = new RollingBack(request, draft, verdicts, this::prove);
    Commit.Step step = rollingBack.apply(present(log, log.readAll()));
    if (step.needed() && !request.dryRun) {
      step = commit.append(log, log::readAll, rollingBack);
    }
    return deployed(log, step, request.dryRun, rollingBack.warnings());
  }

  private Draft begin(Optional<String> idempotencyKey, String reason) {
    return Draft.begin(operation(random), idempotencyKey, who, clock, reason);
  }

  /** A version 4 UUID (RFC 9562). */
  static String operation(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low).toString();
  }

  private Fate fate(String digest, Draft draft) {
    return new Fate(registry.store(), pause, digest, who, clock, draft.operation());
  }

  private BundleReader.Candidate load(ReleaseRecord release) {
    byte[] bytes = blobs.read(release);
    return bundles.read(registry.store().place(Blobs.key(release.digest())), bytes);
  }

  private void prove(ReleaseRecord target) {
    load(target).prove();
    trust.require("", target.env(), target.digest(), List.of());
  }

  private static Deployed deployed(
      ReleaseLog log, Commit.Step step, boolean dryRun, List<String> warnings) {
    ReleaseRecord release = step.release();
    if (!step.needed() && !dryRun) {
      log.settle(release.number());
    }
    OptionalLong before =
        release.number() == 1 ? OptionalLong.empty() : OptionalLong.of(release.number() - 1);
    return new Deployed(release, before, step.needed(), dryRun, warnings);
  }

  /**
   * Every release of a model in an environment, the whole log verified.
   *
   * @throws Failure NOT_FOUND when there is none, INVALID when the log is damaged
   */
  public History history(String model, String env) {
    registry.requirePresent();
    ReleaseLog log = log(Names.check("model", model), Names.check("environment", env));
    ReleaseLog.View view = present(log, log.readAll());
    List<String> warnings = new ArrayList<>();
    List<ChallengerNotes.Entry> challengers = challengers(log, () -> view).all(view, warnings);
    Verdicts.View verdicts = verdicts(log, "").read();
    warnings.addAll(0, verdicts.warnings());
    return History.of(view.records(), verdicts, challengers, warnings);
  }

  /**
   * Every model in every environment with its current release, sorted by name.
   *
   * @throws Failure NOT_FOUND when there is no registry, INVALID when a log is damaged
   */
  public List<ModelEntry> list() {
    registry.requirePresent();
    List<ModelEntry> entries = new ArrayList<>();
    for (String model : names("models")) {
      for (String env : names("models/" + model)) {
        ReleaseLog log = log(model, env);
        ReleaseLog.View view = log.readRecent();
        view.current().map(current -> entry(log, view, current)).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private ModelEntry entry(ReleaseLog log, ReleaseLog.View view, ReleaseRecord current) {
    return new ModelEntry(
        current,
        verdicts(log, "").of(current.number()),
        challengers(log, () -> view).active(view, warning -> {}));
  }

  private List<String> names(String folder) {
    return registry.store().list(folder).stream().filter(Names::isName).toList();
  }

  /**
   * The record of a release, without reading its bundle: cheap enough to ask again and again.
   *
   * @throws Failure NOT_FOUND when there is no such release, INVALID when the log is damaged
   */
  public ReleaseRecord find(Reference.Release reference) {
    return find(reference, view(reference));
  }

  private ReleaseLog.View view(Reference.Release reference) {
    registry.requirePresent();
    ReleaseLog log = log(reference.model(), reference.env());
    return present(log, log.readRecent());
  }

  private ReleaseRecord find(Reference.Release reference, ReleaseLog.View view) {
    if (reference.number().isEmpty()) {
      return view.current().orElseThrow();
    }
    long number = reference.number().getAsLong();
    if (number > view.head()) {
      throw Failure.of(
              FailureKind.NOT_FOUND, "no release %s: the newest is %d", reference, view.head())
          .hint("see \"mlctl history %s@%s\"".formatted(view.model(), view.env()));
    }
    return log(view.model(), view.env()).readOne(number, view.head()).record();
  }

  /**
   * The bundle that a reference names now, for use: its bytes hashed and compared with the record,
   * its signatures checked as the policy wants it.
   *
   * @throws Failure NOT_FOUND when there is no such release or file, INVALID when it is damaged,
   *     TRUST when it was revoked or lacks a required signature
   */
  public ResolvedRelease resolve(Reference reference) {
    ResolvedRelease resolved = inspect(reference);
    trust.requireUsable(resolved);
    return resolved;
  }

  /**
   * The bundle that a reference names now, for looking at: revoked or unsigned as it may be. It is
   * hashed and compared with the record all the same.
   *
   * @throws Failure NOT_FOUND when there is no such release or file, INVALID when it is damaged
   */
  public ResolvedRelease inspect(Reference reference) {
    if (reference instanceof Reference.BundleFile file) {
      byte[] bytes = BundleFiles.read(file.path());
      return new ResolvedRelease(reference, Optional.empty(), Digest.of(bytes), bytes, false);
    }
    ReleaseLog.View view = view((Reference.Release) reference);
    ReleaseRecord release = find((Reference.Release) reference, view);
    return new ResolvedRelease(
        reference,
        Optional.of(release),
        release.digest(),
        blobs.read(release),
        view.revoked().contains(release.digest()));
  }

  /** Every signature of a bundle, checked with the keys that the policy names for it. */
  public List<CheckedSignature> signatures(ResolvedRelease resolved) {
    return trust.check(resolved);
  }

  /** Where a release's bundle lies, for workers that read it themselves. */
  public String place(ResolvedRelease resolved) {
    return registry.store().place(Blobs.key(resolved.digest()));
  }

  /** The run records of a model in an environment. */
  public Runs runs(String model, String env) {
    Names.check("model", model);
    Names.check("environment", env);
    registry.requirePresent();
    return new Runs(registry.store(), pause, model, env);
  }

  /** What monitoring thinks of the releases of a model in an environment. */
  public Verdicts verdicts(String model, String env) {
    Names.check("model", model);
    Names.check("environment", env);
    registry.requirePresent();
    return verdicts(log(model, env), operation(random));
  }

  private Verdicts verdicts(ReleaseLog log, String operation) {
    return new Verdicts(registry.store(), pause, who, clock, operation, log);
  }

  private ReleaseLog log(String model, String env) {
    return new ReleaseLog(registry.store(), model, env);
  }

  private ReleaseLog.View present(ReleaseLog log, ReleaseLog.View view) {
    if (view.head() > 0) {
      return view;
    }
    String envs = String.join(", ", names("models/" + view.model()));
    String models = String.join(", ", names("models"));
    Failure failure =
        Failure.of(FailureKind.NOT_FOUND, "no release of %s", log.reference()).at(registry.place());
    if (!envs.isEmpty()) {
      throw failure.hint(view.model() + " is released to: " + envs);
    }
    throw models.isEmpty()
        ? failure.hint("the registry is empty: \"mlctl deploy\" makes the first release")
        : failure.hint("the registry holds: " + models);
  }
}
