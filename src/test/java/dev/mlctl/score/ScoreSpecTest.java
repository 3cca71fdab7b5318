package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;

final class ScoreSpecTest {
  private final ScoreRig rig = new ScoreRig(Path.of("/base"), Bundles.linear(1));

  private static final String SOURCE = "source: {type: ReadFromCsv, config: {path: [a.csv, /b]}}";
  private static final String SINK = "sink: {type: WriteToJson, config: {path: out/p.jsonl}}";

  private String faults(String... lines) {
    Failure failure = assertThrows(Failure.class, () -> rig.yaml(lines));
    return rig.problems(FailureKind.USAGE, failure);
  }

  @Test
  void a_file_means_what_it_says() {
    ScoreSpec spec =
        rig.yaml(
            "model: bikes@prod",
            SOURCE,
            SINK,
            "runner: DirectRunner",
            "options: {targetParallelism: 3, tempLocation: x}");
    assertEquals(List.of("/base/a.csv", "/b"), spec.source().paths());
    assertEquals("/base/out/p.jsonl", spec.sink().path());
    assertEquals(RowFormat.JSON, spec.sink().format());
    assertEquals(List.of("--targetParallelism=3", "--tempLocation=x"), spec.execution().options());
    assertEquals(Runner.DIRECT, spec.execution().runner());
    assertEquals(OutputColumns.DEFAULT, spec.output());
    assertEquals(Optional.empty(), spec.deadLetter());
  }

  @Test
  void a_transform_that_is_not_here_yet_is_told_with_the_nearest() {
    assertEquals(
        "unknown type \"ReadFromBigQuery\" | score.yaml:2:16 | did you mean"
            + " \"ReadFromParquet\"?\n",
        faults("model: m", "source: {type: ReadFromBigQuery, config: {path: a}}", SINK));
  }

  @Test
  void runners_go_by_the_names_of_mlctl_and_of_beam() {
    ScoreSpec spec =
        rig.yaml("model: m", SOURCE, SINK, "runner: FlinkRunner", "shared: [/mnt/shared, here]");
    assertEquals(Runner.FLINK, spec.execution().runner());
    assertEquals(List.of("/mnt/shared", "/base/here"), spec.execution().shared());
    assertEquals(
        "unknown runner \"flonk\" | score.yaml:4:1 | did you mean \"flink\"?\n",
        faults("model: m", SOURCE, SINK, "runner: flonk"));
    assertEquals(
        "unknown runner \"hadoop\" | score.yaml:4:1 | the runners are: direct, flink, spark,"
            + " dataflow\n",
        faults("model: m", SOURCE, SINK, "runner: hadoop"));
  }

  @Test
  void options_that_hold_a_secret_are_known() {
    ScoreSpec spec =
        rig.yaml("model: m", SOURCE, SINK, "options: {tempLocation: x, my_option: '${env:A}'}");
    assertEquals(Set.of("myOption"), spec.execution().secrets());
  }

  @Test
  void faults_that_a_shape_cannot_see_are_all_told() {
    String faults =
        faults(
            "model: m",
            "source: {type: ReadFromCsv, config: {path: [-, a], delimiter: ab}}",
            "sink: {type: WriteToCsv, config: {path: 'ftp://host/x.csv'}}",
            "dead_letter: {type: WriteToJson, config: {path: 'dead/'}}",
            "runner: sparks");
    assertEquals(5, faults.lines().count(), faults);
  }

  @Test
  void paths_of_stores_are_taken_as_they_stand_and_others_are_told() {
    ScoreSpec spec =
        rig.yaml(
            "model: m",
            "source: {type: ReadFromCsv, config: {path: ['gs://b/in/*.csv', 'hdfs:///in/a.csv']}}",
            "sink: {type: WriteToCsv, config: {path: 's3://b/out/'}}");
    assertEquals(List.of("gs://b/in/*.csv", "hdfs:///in/a.csv", "s3://b/out/"), spec.paths());
    String sink = "sink: {type: WriteToCsv, config: {path: '%s'}}";
    assertEquals(
        "mlctl cannot read or write ftp:// paths | score.yaml:3:35 | it can use local paths, gs://,"
            + " s3:// and hdfs://\n",
        faults("model: m", SOURCE, sink.formatted("ftp://host/x.csv")));
    assertEquals(
        "mlctl cannot read or write s3a:// paths | score.yaml:3:35 | did you mean s3://?\n",
        faults("model: m", SOURCE, sink.formatted("s3a://b/x.csv")));
    assertEquals(
        "the path names no bucket: s3:///x.csv | score.yaml:3:35 | write s3://BUCKET/PATH\n",
        faults("model: m", SOURCE, sink.formatted("s3:///x.csv")));
  }

  @Test
  void formats_follow_the_extension_or_the_other_end() {
    ScoreSpec spec =
        ScoreSpec.simple("m", List.of("a.ndjson"), "-", Optional.empty(), Optional.empty());
    assertEquals(RowFormat.JSON, spec.source().format());
    assertEquals(RowFormat.JSON, spec.sink().format());
    spec = ScoreSpec.simple("m", List.of("-"), "b.tsv", Optional.empty(), Optional.empty());
    assertEquals(RowFormat.CSV, spec.source().format());
    assertEquals('\t', spec.sink().csvOptions().delimiter());
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                ScoreSpec.simple("m", List.of("a.xlsx"), "-", Optional.empty(), Optional.empty()));
    assertEquals(
        "cannot tell the format of a.xlsx from its name | name it .csv, .tsv, .jsonl, .json,"
            + " .ndjson, .parquet or .avro, or give --input-format\n",
        rig.problems(FailureKind.USAGE, failure));
  }

  @Test
  void a_secret_among_beam_options_is_never_repeated() {
    Failure failure =
        assertThrows(
            Failure.class, () -> options(List.of("--targetParallelism=many", "--apiKey=hunter2")));
    assertFalse(rig.problems(FailureKind.USAGE, failure).contains("hunter2"));
    assertNull(failure.getCause());
  }

  @Test
  void beam_options_that_beam_does_not_know_are_told_shortly() {
    Failure failure = assertThrows(Failure.class, () -> options(List.of("--targetParalelism=3")));
    assertEquals(
        "unknown Beam option --targetParalelism | did you mean --targetParallelism?\n",
        rig.problems(FailureKind.USAGE, failure));
    failure = assertThrows(Failure.class, () -> options(List.of("--targetParallelism=x")));
    rig.problems(FailureKind.USAGE, failure);
    for (String argument : List.of("--help", "targetParallelism=2", "--runner=SparkRunner")) {
      Failure refused = assertThrows(Failure.class, () -> options(List.of(argument)));
      rig.problems(FailureKind.USAGE, refused);
    }
  }

  private static PipelineOptions options(List<String> given) {
    return BeamOptions.of(Runner.DIRECT, List.of(), given, List.of());
  }
}
