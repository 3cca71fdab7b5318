package dev.mlctl.score;

import dev.mlctl.data.Progress;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One run of score, from checking the files to publishing the output.
 *
 * <p>Call {@link #run} once. {@link #close} may be called from any thread, also while it runs (a
 * shutdown hook): it removes what the run has written so far and not published.
 */
public final class Scoring implements AutoCloseable {
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * So many for each processor, should the user ask the runner for more threads than processors.
   */
  private static final int TICKETS = 4;

  private final ScoreSpec spec;
  private final ScoreHost host;
  private final long rangeBytes;
  private final Engine engine;
  private final Instant started;
  private final String id;
  private final Waiting waiting;
  private ScoredModel model;
  private WorkClaim claim;
  private EngineJob running;
  private boolean closed;
  private boolean finished;
  private boolean recorded;
  private int parts;
  private int resumed;
  private Tally total;

  /** A run that starts now. */
  public Scoring(ScoreSpec spec, ScoredModel model, ScoreHost host, Waiting waiting) {
    this(spec, model, host, waiting, 0, false);
  }

  /**
   * A run with the knobs that tests turn.
   *
   * @param rangeBytes how long a part of the input shall be; 0 to choose by its size
   * @param enforce whether Beam's direct runner checks every step
   */
  Scoring(
      ScoreSpec spec,
      ScoredModel model,
      ScoreHost host,
      Waiting waiting,
      long rangeBytes,
      boolean enforce) {
    this.spec = spec;
    this.model = model;
    this.host = host;
    this.rangeBytes = rangeBytes;
    this.waiting = waiting;
    this.started = host.clock().instant();
    this.id = ID_TIME.format(started) + String.format("-%08x", host.random().nextInt());
    this.engine = Engine.of(spec.execution(), host, id, enforce);
  }

  /** The run's id. Ids sort by time. */
  public String id() {
    return id;
  }

  /**
   * Scores everything and publishes the output, or hands the run over to an engine and leaves it
   * there, as the waiting says. When an earlier run like this one was killed, what it had finished
   * is not done again.
   *
   * @return what it came to; empty when it was left to the engine: see {@link #submission}
   * @throws Failure of kind USAGE when the configuration cannot be met, NOT_FOUND when an input is
   *     not there, INPUT when one cannot be used or too many rows are rejected, CONFLICT when the
   *     output exists or another run is writing it, STORAGE when it cannot be written, PIPELINE
   *     when Beam or the engine fails or the time is over. In every case the output is as it was
   *     before. UNKNOWN_OUTCOME when an engine cannot be asked any more how the job ended
   */
  public Optional<ScoreSummary> run(Progress progress) {
    RunOptions run = new RunOptions(spec, model, engine);
    Set<RemoteScheme> stores = run.stores();
    RemoteFileSystems.load(stores);
    new Reach(spec, model, engine, waiting).check();
    engine.check();
    // Beam takes a second to find its options; meanwhile the input is looked at.
    FutureTask<PipelineOptions> options = new FutureTask<>(run::make);
    Thread finder = new Thread(options, "beam-options");
    finder.setDaemon(true);
    finder.start();
    Failure failure = null;
    try {
      if (!stores.isEmpty()) {
        RemoteFileSystems.start(got(options));
      }
      Inputs inputs = Inputs.of(spec.source());
      String fingerprint = Fingerprint.of(spec, model, inputs.versions(), rangeBytes);
      take(inputs, fingerprint);
      WorkDirectory work = claim.directory();
      InputOpener opener = new InputOpener(spec.source(), signature().featureNames());
      InputPlan plan = InputPlan.of(inputs.open(opener, host.stdin(), work), rangeBytes());
      model = model.facing(spec.source(), plan.files());
      JobRecord record = isOnEngine() ? JobRecord.of(spec, model, id, started) : null;
      ScoreJob job = ScoreJob.of(spec, model, plan, id, fingerprint, work, record);
      Map<Integer, PartResult> done = FinishedParts.of(work, plan.units());
      parts = plan.units().size();
      resumed = done.size();
      try {
        if (!score(job, plan, done, options, progress)) {
          leave();
          return Optional.empty();
        }
      } finally {
        readTotal();
      }
      requireTotal();
      new StandardOutput(spec, host.stdout()).copy(work);
      return Optional.of(summary(plan.files().size()));
    } catch (IOException e) {
      failure = IoFailure.writing(spec.sink().path(), e);
      throw failure;
    } catch (Failure e) {
      failure = e;
      throw e;
    } finally {
      end(failure == null || !isResumable(failure));
    }
  }

  /** Whether the same command can go on from the parts that are finished. */
  private static boolean isResumable(Failure failure) {
    return failure.kind() == FailureKind.INTERRUPTED
        || failure.getCause() instanceof TimeoutException;
  }

  private boolean isOnEngine() {
    return spec.execution().runner() != Runner.DIRECT;
  }

  /** Finds or makes the work directory and holds it, once nothing speaks against the targets. */
  private void take(Inputs inputs, String fingerprint) throws IOException {
    ScoreSink sink = spec.sink();
    String name = inputs.haveStreams() ? id : fingerprint;
    WorkDirectory directory =
        sink.isStdout()
            ? WorkDirectory.at(host.temporary().resolve("mlctl-" + id).toString())
            : WorkClaim.directoryOf(sink.target(), name);
    new Targets(spec, directory).check(inputs.paths());
    WorkClaim taken =
        sink.isStdout()
            ? WorkClaim.inside(host.temporary(), id)
            : WorkClaim.of(directory, sink.target());
    synchronized (this) {
      claim = taken;
      if (closed) {
        throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
      }
    }
    if (!sink.isStdout()) {
      JobNote.requireNone(directory, sink.target());
      claim.sweep(sink.target());
    }
  }

  /** A part that becomes a file of its own, or comes from or goes to a store, is a long one. */
  private long rangeBytes() {
    boolean alone = spec.sink().isDirectory() || !RemoteScheme.all(spec.paths()).isEmpty();
    return rangeBytes > 0 || !alone ? rangeBytes : InputPlan.SHARD_BYTES;
  }

  /** Scores and publishes; false when the job was left to its engine. */
  private boolean score(
      ScoreJob job,
      InputPlan plan,
      Map<Integer, PartResult> done,
      FutureTask<PipelineOptions> options,
      Progress progress)
      throws IOException {
    if (model.home().isEmpty() || !isOnEngine()) {
      claim.directory().putBundle(model.bytes());
      if (model.rival().isPresent()) {
        claim.directory().putChallenger(model.rival().get().bytes());
      }
    }
    model.share();
    LiveRun run = LiveRun.start(id, progress, plan.bytes());
    try (OrderedOutput output = ordered(job, plan, done)) {
      run.share(output);
      List<WorkUnit> units =
          output != null
              ? output.unfinished()
              : plan.units().stream().filter(unit -> !done.containsKey(unit.part())).toList();
      run.advance(plan.bytes() - units.stream().mapToLong(u -> u.end() - u.start()).sum());
      if (units.isEmpty()) {
        new Publisher(job).publish(List.of());
        return true;
      }
      List<WorkUnit> elements = output != null ? tickets(units) : units;
      Pipeline pipeline = ScorePipeline.build(got(options), job, elements);
      return drive(pipeline, plan, run, progress);
    }
  }

  private boolean drive(Pipeline pipeline, InputPlan plan, LiveRun run, Progress progress)
      throws IOException {
    EngineWatch watch = new EngineWatch(engine, claim.directory(), waiting, progress, run, plan);
    // An interruption in the middle of it waits, or nobody would know which job to cancel.
    synchronized (this) {
      if (closed) {
        throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
      }
      running = watch.submit(pipeline, resumed);
    }
    if (!waiting.untilEnd()) {
      return false;
    }
    watch.await();
    return true;
  }

  /**
   * A few units in the place of all: each lets a worker of this process take parts until none is
   * left. The direct runner's bookkeeping for an element costs as much as some thousand rows.
   */
  private List<WorkUnit> tickets(List<WorkUnit> units) {
    return units.subList(0, Math.min(units.size(), TICKETS * host.parallelism()));
  }

  /** The output all workers write to together; null when each part has a file of its own. */
  private OrderedOutput ordered(ScoreJob job, InputPlan plan, Map<Integer, PartResult> done)
      throws IOException {
    boolean together =
        !isOnEngine()
            && !job.publication().isDirectory()
            && job.publication().format().isText()
            && claim.directory().storage() instanceof LocalStorage;
    return together ? new OrderedOutput(job, plan.units(), done) : null;
  }

  private static PipelineOptions got(FutureTask<PipelineOptions> options) {
    try {
      return options.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure
          ? failure
          : new IllegalStateException("Beam's options", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "the run was interrupted").causedBy(e);
    }
  }

  private Signature signature() {
    return model.bundle().signature();
  }

  private void readTotal() throws IOException {
    if (claim.directory().exists()) {
      total = claim.directory().total();
      recorded = claim.directory().has(WorkDirectory.RECORDED);
    }
  }

  private void requireTotal() {
    if (total == null) {
      throw Failure.of(
              FailureKind.UNKNOWN_OUTCOME,
              "the job has ended well, says %s, but left no result",
              spec.execution().runner().title())
          .at(claim.directory().path())
          .hint("see whether the output is there before you run it again");
    }
  }

  private ScoreSummary summary(int inputs) {
    return new ScoreSummary(
        id,
        model.reference(),
        model.release(),
        model.digest(),
        spec.execution().runner().text(),
        total.rowsIn(),
        total.rowsOut(),
        total.rejected(),
        total.digest(),
        Duration.between(started, host.clock().instant()),
        inputs,
        parts,
        resumed,
        spec.sink().path(),
        deadLetterPath(),
        total.reasons(),
        total.problems(),
        total.profile().whole(),
        model.challenger().map(tried -> ChallengerSummary.of(tried, total.challenger())));
  }

  private String deadLetterPath() {
    return spec.deadLetter().map(dead -> dead.sink().path()).orElse("");
  }

  /**
   * The record of this run for the registry, after {@link #run} has returned or thrown.
   *
   * @param failure what it threw, or null
   * @return empty when the job has written it itself, or will
   */
  public Optional<Map<String, Object>> record(Failure failure) {
    if (recorded) {
      return Optional.empty();
    }
    Map<String, Object> map = new ScoreRecord(spec, model).head(id, started);
    ScoreRecord.finish(map, host.clock().instant(), failure, total);
    return Optional.of(map);
  }

  /** The job that was left to its engine, after {@link #run} has come back without a summary. */
  public Submission submission() {
    return new Submission(
        id,
        model.reference(),
        spec.execution().runner().text(),
        running.id(),
        running.url(),
        spec.sink().path());
  }

  /**
   * Stops the run if it is still going, or leaves it to its engine, as the waiting says. What it
   * has finished stays for the next run like it, unless there is nothing to gain from it.
   */
  @Override
  public synchronized void close() {
    if (running != null && !finished && engine.outlivesUs()) {
      if (!waiting.cancel()) {
        leave();
        return;
      }
      running.cancel();
    }
    LiveRun.end(id);
    end(false);
  }

  /** Lets go of a job that goes on by itself, and cleans up by itself. */
  private synchronized void leave() {
    try {
      JobNote.leaveAlone(claim.directory());
      claim.close();
    } catch (IOException e) {
      throw IoFailure.writing(spec.sink().path(), e);
    }
    finished = true;
    recorded = true;
    LiveRun.end(id);
  }

  /** How many parts of the input a run that was stopped has finished and kept. */
  public synchronized int kept() {
    return finished ? 0 : resumed;
  }

  private synchronized void end(boolean whole) {
    closed = true;
    LiveRun.end(id);
    if (claim == null || finished) {
      return;
    }
    try {
      int kept = whole || spec.sink().isStdout() ? 0 : claim.directory().results().size();
      if (kept == 0) {
        finished = true;
        claim.delete();
      } else {
        resumed = kept;
        JobNote.remove(claim.directory());
        claim.close();
      }
    } catch (IOException | Failure e) {
      // Hidden files are left over; they can confuse nobody, and the next run removes them.
      return;
    }
  }
}
