package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final String SOURCE = "source: {type: ReadFromCsv, config: {path: /data/a.csv}}";
  private static final String SINK = "sink: {type: WriteToCsv, config: {path: /data/out.csv}}";

  private final ScoreRig rig = new ScoreRig(Path.of("/base"), Bundles.linear(2));

  /** An engine that is nothing but where it is. */
  private record Somewhere(boolean isRemote, boolean workersElsewhere, boolean outlivesUs)
      implements Engine {
    @Override
    public void check() {}

    @Override
    public List<String> defaults() {
      return List.of();
    }

    @Override
    public List<String> fixed() {
      return List.of();
    }

    @Override
    public EngineJob submit(Pipeline pipeline) {
      throw new AssertionError("nothing is submitted");
    }
  }

  private static final Engine HERE = new Somewhere(false, false, false);
  private static final Engine LOOPBACK = new Somewhere(false, true, true);
  private static final Engine CLOUD = new Somewhere(true, true, true);

  private static ScoredModel model(String registry) {
    Bundle bundle = Bundles.linear(2);
    byte[] bytes = bundle.toBytes();
    return new ScoredModel(
        "m@prod#1",
        "prod",
        OptionalLong.of(1),
        Bundle.digest(bytes),
        Optional.of(new ScoredModel.Home(registry + "/blobs/x", registry + "/runs")),
        bytes,
        bundle);
  }

  private String refused(ScoreSpec spec, Engine engine, Waiting waiting) {
    Reach reach = new Reach(spec, model("/data/registry"), engine, waiting);
    return rig.problems(FailureKind.USAGE, assertThrows(Failure.class, reach::check));
  }

  @Test
  void workers_of_other_machines_do_not_see_this_one_s_files() {
    ScoreSpec spec = rig.yaml("model: m", SOURCE, SINK);
    String problems = refused(spec, CLOUD, Waiting.TO_THE_END);
    for (String place : List.of("a.csv", "out.csv", "registry/blobs/x", "registry/runs")) {
      assertTrue(problems.contains("machine's files | /data/" + place), problems);
    }
    assertEquals(4, problems.lines().count(), problems);
  }

  @Test
  void what_is_shared_or_in_a_store_is_seen_by_all() {
    new Reach(
            rig.yaml("model: m", SOURCE, SINK, "shared: [/data]"),
            model("/data/registry"),
            CLOUD,
            Waiting.TO_THE_END)
        .check();
    ScoreSpec stored =
        rig.yaml(
            "model: m",
            "source: {type: ReadFromCsv, config: {path: 'gs://b/a.csv'}}",
            "sink: {type: WriteToCsv, config: {path: 's3://b/out.csv'}}");
    new Reach(stored, model("gs://b/registry"), CLOUD, Waiting.TO_THE_END).check();
  }

  @Test
  void workers_on_this_machine_see_its_files() {
    ScoreSpec spec = rig.yaml("model: m", SOURCE, SINK);
    new Reach(spec, model("/data/registry"), LOOPBACK, Waiting.TO_THE_END).check();
    new Reach(spec, model("/data/registry"), HERE, Waiting.TO_THE_END).check();
  }

  @Test
  void only_what_goes_on_by_itself_can_be_left() {
    Waiting leave = new Waiting(false, Optional.empty(), true);
    ScoreSpec files = rig.yaml("model: m", SOURCE, SINK);
    assertTrue(refused(files, HERE, leave).startsWith("--no-wait cannot be: this run ends"));
    ScoreSpec stream = rig.files("-", "in.csv");
    assertTrue(refused(stream, LOOPBACK, leave).startsWith("--no-wait cannot be: standard input"));
    new Reach(files, model("/data/registry"), LOOPBACK, leave).check();
  }

  @Test
  void options_with_secrets_do_not_leave_this_process() {
    ScoreSpec filled =
        rig.yaml("model: m", SOURCE, SINK, "options: {tempLocation: '${env:SECRET}'}");
    String problems = refused(filled, LOOPBACK, Waiting.TO_THE_END);
    assertTrue(problems.startsWith("the option tempLocation would put a secret"), problems);
    assertTrue(!problems.contains("value of SECRET"), problems);
    ScoreSpec typed =
        rig.yaml("model: m", SOURCE, SINK)
            .withExecution(
                Execution.DIRECT.with(
                    List.of("--awsCredentialsProvider={\"secretAccessKey\":\"hunter2\"}")));
    problems = refused(typed, LOOPBACK, Waiting.TO_THE_END);
    assertTrue(problems.startsWith("the option awsCredentialsProvider would put"), problems);
    assertTrue(!problems.contains("hunter2"), problems);
    new Reach(typed, model("/data/registry"), HERE, Waiting.TO_THE_END).check();
  }
}
