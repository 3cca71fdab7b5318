package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.data.Progress;
import dev.mlctl.data.TextFormat;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

  private final ScoreSpec spec;
  private final ScoredModel model;
  private final ScoreHost host;
  private final long rangeBytes;
  private final boolean enforce;
  private final Instant started;
  private final String id;
  private volatile WorkDirectory work;
  private volatile boolean closed;
  private Tally total;

  /** A run that starts now. */
  public Scoring(ScoreSpec spec, ScoredModel model, ScoreHost host) {
    this(spec, model, host, 0, false);
  }

  /**
   * A run with the knobs that tests turn.
   *
   * @param rangeBytes how long a part of the input shall be; 0 to choose by its size
   * @param enforce whether Beam's direct runner checks every step
   */
  Scoring(ScoreSpec spec, ScoredModel model, ScoreHost host, long rangeBytes, boolean enforce) {
    this.spec = spec;
    this.model = model;
    this.host = host;
    this.rangeBytes = rangeBytes;
    this.enforce = enforce;
    this.started = host.clock().instant();
    this.id = ID_TIME.format(started) + String.format("-%08x", host.random().nextInt());
  }

  /** The run's id. Ids sort by time. */
  public String id() {
    return id;
  }

  /**
   * Scores everything and publishes the output.
   *
   * @throws Failure of kind USAGE when the configuration cannot be met, NOT_FOUND when an input is
   *     not there, INPUT when one cannot be used or too many rows are rejected, CONFLICT when the
   *     output exists, STORAGE when it cannot be written, PIPELINE when Beam fails. In every case
   *     the output is as it was before
   */
  public ScoreSummary run(Progress progress) {
    List<Path> paths =
        spec.source().isStdin() ? List.of() : InputPaths.expand(spec.source().paths());
    Targets.check(spec, paths);
    // Beam takes a second to find its options; meanwhile the input is walked through.
    FutureTask<PipelineOptions> options =
        new FutureTask<>(
            () -> BeamOptions.direct(spec.options(), Map.of(), host.parallelism(), enforce));
    Thread finder = new Thread(options, "beam-options");
    finder.setDaemon(true);
    finder.start();
    try {
      work = newWorkDirectory();
      InputPlan plan =
          InputPlan.of(opened(paths), spec.source(), signature().featureNames(), rangeBytes);
      ScoreJob job = job(plan);
      Files.write(work.bundle(), model.bytes());
      Models.share(job.digest(), model.bundle());
      LiveRun.start(id, progress, plan.bytes());
      if (closed) {
        throw Failure.of(FailureKind.INTERRUPTED, "the run was stopped");
      }
      try {
        ScorePipeline.run(ScorePipeline.build(got(options), job, plan.units()));
      } finally {
        readTotal();
      }
      copyToStdout();
      return summary(plan.files().size());
    } catch (IOException e) {
      throw IoFailure.writing(spec.sink().path(), e);
    } finally {
      close();
    }
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

  private WorkDirectory newWorkDirectory() throws IOException {
    return spec.sink().isStdout()
        ? WorkDirectory.in(host.temporary(), id)
        : WorkDirectory.beside(Path.of(spec.sink().path()), id);
  }

  /** The inputs as files that can be read more than once: streams are copied first. */
  private List<InputPlan.Opened> opened(List<Path> paths) throws IOException {
    if (spec.source().isStdin()) {
      Files.copy(host.stdin(), work.spool(0));
      return List.of(new InputPlan.Opened(work.spool(0), "stdin"));
    }
    List<InputPlan.Opened> opened = new ArrayList<>();
    for (Path path : paths) {
      Path file = path;
      if (!Files.isRegularFile(path)) {
        file = work.spool(opened.size());
        try (InputStream in = Files.newInputStream(path)) {
          Files.copy(in, file);
        }
      }
      opened.add(new InputPlan.Opened(file, path.toString()));
    }
    return opened;
  }

  private ScoreJob job(InputPlan plan) {
    OutputLayout layout =
        OutputLayout.of(spec, plan.files(), signature().featureNames(), signature().classes());
    return new ScoreJob(
        id,
        work.path().toString(),
        model.hexDigest(),
        spec.source().format(),
        spec.source().delimiter(),
        spec.source().nullValues(),
        plan.files(),
        plan.units().size(),
        layout,
        spec.output().probabilities(),
        spec.output().release(),
        model.label(),
        Publication.of(spec));
  }

  private void readTotal() throws IOException {
    if (Files.exists(work.total())) {
      byte[] json = Files.readAllBytes(work.total());
      total = Tally.fromMap(Json.readObject(work.total().toString(), json));
    }
  }

  private void copyToStdout() {
    try {
      if (spec.sink().isStdout()) {
        Files.copy(work.output(), host.stdout());
        host.stdout().flush();
      } else if (spec.deadLetter().filter(d -> d.sink().isStdout()).isPresent()) {
        Files.copy(work.deadLetter(), host.stdout());
        host.stdout().flush();
      }
    } catch (IOException e) {
      throw Failure.of(FailureKind.STORAGE, "cannot write to standard output: %s", e.getMessage())
          .causedBy(e);
    }
  }

  private ScoreSummary summary(int inputs) {
    return new ScoreSummary(
        id,
        model.reference(),
        model.release(),
        model.digest(),
        total.rowsIn(),
        total.rowsOut(),
        total.rejected(),
        Duration.between(started, host.clock().instant()),
        inputs,
        spec.sink().path(),
        deadLetterPath(),
        total.reasons(),
        total.first(),
        total.profile());
  }

  private String deadLetterPath() {
    return spec.deadLetter().map(dead -> dead.sink().path()).orElse("");
  }

  /**
   * The record of this run for the registry, after {@link #run} has returned or thrown.
   *
   * @param failure what it threw, or null
   */
  public Map<String, Object> record(Failure failure) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("kind", "score");
    map.put("id", id);
    map.put("model", model.bundle().name());
    map.put("reference", model.reference());
    if (model.release().isPresent()) {
      map.put("environment", model.environment());
      map.put("release", model.release().getAsLong());
    }
    map.put("digest", model.digest());
    map.put("started", started.toString());
    map.put("finished", host.clock().instant().toString());
    map.put("status", failure == null ? "ok" : "failed");
    if (failure != null) {
      map.put("failure", failure.problems().get(0).message());
    }
    map.put("seconds", Duration.between(started, host.clock().instant()).toMillis() / 1e3);
    map.put("source", spec.source().paths());
    map.put("sink", sinkMap());
    map.put("output", Map.of("prediction", spec.output().prediction()));
    if (!deadLetterPath().isEmpty()) {
      map.put("dead_letter", deadLetterPath());
    }
    if (total != null) {
      map.put("rows_in", total.rowsIn());
      map.put("rows_out", total.rowsOut());
      map.put("rows_rejected", total.rejected());
      map.put("reasons", total.reasons());
      map.put("profile", Tally.profileMap(total.profile()));
    }
    return map;
  }

  /** Where the rows went, in a form that still names the file from another directory. */
  private Map<String, Object> sinkMap() {
    ScoreSink sink = spec.sink();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", sink.format() == TextFormat.CSV ? ScoreShape.WRITE_CSV : ScoreShape.WRITE_JSON);
    map.put(
        "path", sink.isStdout() ? sink.path() : Path.of(sink.path()).toAbsolutePath().toString());
    map.put("delimiter", String.valueOf(sink.delimiter()));
    return map;
  }

  /** Stops the run if it is still going and removes its work directory. */
  @Override
  public void close() {
    closed = true;
    LiveRun.end(id);
    WorkDirectory mine = work;
    if (mine != null) {
      mine.delete();
    }
  }
}
