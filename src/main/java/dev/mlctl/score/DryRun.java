package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A run that is checked as far as that goes without running it: the configuration, the input's
 * columns, whether the output can be written, the engine and what it would be sent; and the first
 * rows are scored, in this process and into memory. Starts nothing, and leaves nothing behind.
 */
public final class DryRun {
  /** How much of the input is scored. */
  private static final long SAMPLE_BYTES = 1 << 20;

  private final ScoreSpec spec;
  private final ScoredModel model;
  private final ScoreHost host;
  private final Engine engine;
  private final Waiting waiting;

  /** A dry run of what {@link Scoring} would do. */
  public DryRun(ScoreSpec spec, ScoredModel model, ScoreHost host, Waiting waiting) {
    this.spec = spec;
    this.model = model;
    this.host = host;
    this.waiting = waiting;
    this.engine = Engine.of(spec.execution(), host, "dry-run", false);
  }

  /**
   * Checks everything.
   *
   * @throws Failure what {@link Scoring#run} would fail with, as far as that can be known
   */
  public DryRunReport check() {
    RunOptions run = new RunOptions(spec, model, engine);
    Set<RemoteScheme> stores = run.stores();
    RemoteFileSystems.load(stores);
    new Reach(spec, model, engine, waiting).check();
    engine.check();
    PipelineOptions options = run.make();
    if (!stores.isEmpty()) {
      RemoteFileSystems.start(options);
    }
    Inputs inputs = Inputs.of(spec.source());
    if (inputs.haveStreams()) {
      throw Failure.of(FailureKind.USAGE, "a dry run cannot look at a stream: it can be read once")
          .hint("name a file of rows like those that will come");
    }
    try {
      WorkDirectory work = workDirectory();
      new Targets(spec, work).check(inputs.paths());
      requireWritable();
      return report(inputs, work, options);
    } catch (IOException e) {
      throw IoFailure.writing(spec.sink().path(), e);
    }
  }

  private WorkDirectory workDirectory() {
    return spec.sink().isStdout()
        ? WorkDirectory.at(host.temporary().resolve("mlctl-dry-run").toString())
        : WorkClaim.directoryOf(spec.sink().target(), "dry-run");
  }

  private DryRunReport report(Inputs inputs, WorkDirectory work, PipelineOptions options)
      throws IOException {
    List<String> features = model.bundle().signature().featureNames();
    InputOpener opener = new InputOpener(spec.source(), features);
    InputPlan plan = InputPlan.of(inputs.open(opener, host.stdin(), work), 0);
    JobRecord record = spec.execution().runner() == Runner.DIRECT ? null : new JobRecord("{}", "");
    ScoredModel facing = model.facing(spec.source(), plan.files());
    facing.share();
    ScoreJob job = ScoreJob.of(spec, facing, plan, "dry-run", "dry-run", work, record);
    ScorePipeline.build(options, job, plan.units());
    Tally tally = sample(job, plan);
    List<String> shipped =
        engine.workersElsewhere() ? RunnerJars.shipped(spec.execution().runner()) : List.of();
    long bytes = 0;
    for (String jar : shipped) {
      bytes += Files.size(Path.of(jar));
    }
    return new DryRunReport(
        model.reference(),
        spec.execution().runner().text(),
        plan.files().size(),
        plan.bytes(),
        plan.units().size(),
        tally.rowsIn(),
        tally.rejected(),
        tally.problems(),
        spec.sink().path(),
        shipped.size(),
        bytes);
  }

  /** The first rows; those that cannot be scored fail the run as they would later. */
  private Tally sample(ScoreJob job, InputPlan plan) throws IOException {
    InputFile first = plan.files().get(0);
    SliceScorer scorer = new SliceScorer(job, model.bundle(), SAMPLE_BYTES);
    Tally tally = scorer.score(plan.units().get(0)).tally().below(first.headerLines());
    if (tally.rejected() > 0 && spec.deadLetter().isEmpty()) {
      throw Publisher.tooManyRejects(tally, "the run would fail");
    }
    return tally;
  }

  /** Writes a file where the work directory would be, and removes it. */
  private void requireWritable() throws IOException {
    if (spec.sink().isStdout()) {
      return;
    }
    String target = spec.sink().target();
    Storage storage = Storage.of(target);
    String parent = storage.parent(target);
    while (storage instanceof LocalStorage && !storage.exists(parent)) {
      parent = storage.parent(parent); // a run makes the directories that are missing
    }
    String probe = storage.resolve(parent, "." + storage.name(target) + ".mlctl-dry-run");
    storage.put(probe, new byte[0]);
    storage.delete(probe);
  }
}
