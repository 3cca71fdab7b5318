package dev.mlctl.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;

/** Beam's options of a run: the user's, over the defaults of its stores and its engine. */
record RunOptions(ScoreSpec spec, ScoredModel model, Engine engine) {
  /** Everything that this process or a worker goes to. */
  List<String> places() {
    List<String> places = new ArrayList<>(spec.paths());
    if (spec.execution().runner() != Runner.DIRECT) {
      places.addAll(model.places());
    }
    return places;
  }

  /** The stores among them. */
  Set<RemoteScheme> stores() {
    return RemoteScheme.all(places());
  }

  /**
   * The options; takes Beam a second.
   *
   * @throws dev.mlctl.error.Failure of kind USAGE when Beam refuses them
   */
  PipelineOptions make() {
    Set<RemoteScheme> stores = stores();
    RemoteFileSystems.registerOptions(stores);
    List<String> given = spec.execution().options();
    List<String> defaults =
        RemoteDefaults.of(stores, places(), BeamArguments.names(given), System.getenv());
    defaults.addAll(engine.defaults());
    return BeamOptions.of(spec.execution().runner(), defaults, given, engine.fixed());
  }
}
