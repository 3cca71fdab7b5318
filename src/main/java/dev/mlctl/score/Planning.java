package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a run of score would take on each runner: measures the input, scores a sample of it and
 * works out the rest. Reads, and writes nothing.
 */
public final class Planning {
  private final ScoreSpec spec;
  private final ScoredModel model;
  private final PlanHost host;
  private final PriceTable prices;
  private final Duration time;

  /** A plan for what a score.yaml says. */
  public Planning(ScoreSpec spec, ScoredModel model, PriceTable prices, PlanHost host) {
    this(spec, model, prices, host, InputSample.TIME);
  }

  /**
   * A plan with the knob that tests turn.
   *
   * @param time after which no further slice of the input is scored
   */
  Planning(ScoreSpec spec, ScoredModel model, PriceTable prices, PlanHost host, Duration time) {
    this.spec = spec;
    this.model = model;
    this.prices = prices;
    this.host = host;
    this.time = time;
  }

  /**
   * Makes the forecast.
   *
   * @param workers how many workers the engines shall have; empty for the price table's numbers
   * @param within how long the run may take, if that matters
   * @throws Failure as {@link Scoring#run} has it for an input that cannot be used; of kind USAGE
   *     when it can be read only once
   */
  public Forecast forecast(OptionalInt workers, Optional<Duration> within) {
    RemoteScheme.all(spec.paths());
    openStores();
    Inputs inputs = Inputs.of(spec.source());
    if (inputs.haveStreams()) {
      throw Failure.of(FailureKind.USAGE, "a stream cannot be measured: it can be read only once")
          .at(spec.source().isStdin() ? "stdin" : spec.source().paths().get(0))
          .hint("put the rows into a file, or some like them");
    }
    InputPlan plan = InputPlan.of(files(inputs), apart() ? InputPlan.SHARD_BYTES : 0);
    int lanes = lanes(plan);
    SampleTiming sample = InputSample.take(job(plan), model.bundle(), lanes, time);
    boolean staged = apart() || !spec.sink().format().isText();
    Workload workload =
        new Workload(plan, sample, lanes, model.bytes().length, staged, !spec.sink().isDirectory());
    List<RunnerForecast> runners = new ArrayList<>();
    prices.workers().forEach((name, price) -> runners.add(of(name, price, workers, workload)));
    return new Forecast(
        model.reference(),
        measure(plan, sample),
        sample,
        runners,
        Advice.of(runners, within),
        prices,
        sources(workload));
  }

  /** Only the input's stores: nothing is written. */
  private void openStores() {
    Set<RemoteScheme> stores = RemoteScheme.all(spec.source().paths());
    if (stores.isEmpty()) {
      return;
    }
    RemoteFileSystems.load(stores);
    RemoteFileSystems.registerOptions(stores);
    List<String> given = spec.execution().options();
    List<String> arguments =
        RemoteDefaults.of(
            stores, spec.source().paths(), BeamArguments.names(given), System.getenv());
    arguments.addAll(given);
    RemoteFileSystems.start(BeamOptions.ofFiles(arguments));
  }

  private List<InputFile> files(Inputs inputs) {
    InputOpener opener = new InputOpener(spec.source(), signature().featureNames());
    try {
      return inputs.open(opener, InputStream.nullInputStream(), WorkDirectory.at(""));
    } catch (IOException e) {
      throw IoFailure.reading(spec.source().paths().get(0), e);
    }
  }

  private Signature signature() {
    return model.bundle().signature();
  }

  /** Whether the direct runner cuts the input into few long parts. */
  private boolean apart() {
    return spec.sink().isDirectory() || !RemoteScheme.all(spec.paths()).isEmpty();
  }

  private int lanes(InputPlan plan) {
    boolean splits = plan.files().stream().allMatch(InputFile::splits);
    return splits ? Math.min(host.parallelism(), plan.units().size()) : host.parallelism();
  }

  /** As a run has it, but for what it writes to. */
  private ScoreJob job(InputPlan plan) {
    ScoredModel facing = model.facing(spec.source(), plan.files());
    facing.share();
    return ScoreJob.of(spec, facing, plan, "", "", WorkDirectory.at(""), null);
  }

  private static InputMeasure measure(InputPlan plan, SampleTiming sample) {
    long rows = sample.whole() ? sample.rows() : sample.rowsOf(plan.bytes());
    return new InputMeasure(
        plan.files().size(),
        plan.bytes(),
        rows,
        sample.whole(),
        plan.files().get(0).columns().size(),
        sample.rows() == 0 ? 0 : (double) sample.rejected() / sample.rows());
  }

  private RunnerForecast of(
      String runner, WorkerPrice price, OptionalInt given, Workload workload) {
    boolean direct = runner.equals(Runner.DIRECT.text());
    int workers = direct ? 1 : given.orElse(price.workers());
    int vcpus = direct ? host.parallelism() : price.vcpus();
    Duration start = direct ? Workload.directStart(host.start()) : price.start();
    Duration scoring = direct ? workload.here() : workload.on(workers, vcpus);
    long memory = direct ? workload.memoryHere() : workload.memoryOn(vcpus);
    long limit = direct ? Workload.limitHere() : Math.round(price.memoryGb() * 1e9);
    double billed = direct ? memory / 1e9 : price.memoryGb();
    return new RunnerForecast(
        runner,
        host.runners().contains(runner),
        workers,
        vcpus,
        start,
        scoring,
        memory,
        limit,
        price.cost(workers, vcpus, billed, start.plus(scoring)));
  }

  private Map<String, String> sources(Workload workload) {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("speed", workload.speedSource());
    sources.put("start", Workload.startSource(host.start(), prices));
    sources.put("scaling", workload.scalingSource());
    sources.put("memory", Workload.MEMORY_SOURCE);
    sources.put("cost", "the price table of " + prices.date() + ": " + prices.source());
    return sources;
  }
}
