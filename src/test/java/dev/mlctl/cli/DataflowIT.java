package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.servers.DataflowStandIn;
import dev.mlctl.servers.DataflowWorker;
import dev.mlctl.servers.SentBytes;
import dev.mlctl.servers.SubmittedJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program, which submits to Dataflow by Beam's own runner.
 *
 * <p>Real: the program, its second JVM, Beam's Dataflow runner and client, every request they make,
 * the jars and the pipeline that are staged. Played: the service ({@link DataflowStandIn}), which
 * starts no workers and says of a job what the test tells it to; and, where output is looked at,
 * one worker ({@link DataflowWorker}), which does what was submitted with what was staged, on
 * Beam's direct runner. What Google's service and workers do with a job is not tested here.
 */
final class DataflowIT {
  private static final String TEMP = "gs://bucket/temp";
  private static final String STAGED = "temp/staging/";
  private static final String RUNS = "life/models/toy/prod/runs/";
  private static final int ROWS = 2000;

  @TempDir private static Path directory;
  private static DataflowStandIn dataflow;
  private static Path key;
  private static Program program;

  @BeforeAll
  static void start() throws IOException {
    dataflow = DataflowStandIn.start();
    dataflow.gcs().withBucket("bucket").locked();
    dataflow.gcs().put("bucket", "in/rows.csv", rows("").getBytes(StandardCharsets.UTF_8));
    key = dataflow.gcs().serviceAccount(directory.resolve("key.json"), true);
    Toy.copyTo(directory);
    program = Program.in(directory);
    environment().forEach(program::with);
    program.run("deploy", "toy.mlb", "--to", "prod").exits(0);
  }

  /** Where the registry is and how to get at it; no looking for a machine of Google's around us. */
  private static Map<String, String> environment() {
    return Map.of(
        "MLCTL_REGISTRY", "gs://bucket/life",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", dataflow.gcs().endpoint(),
        "GOOGLE_APPLICATION_CREDENTIALS", key.toString(),
        "HOME", directory.toString(),
        "NO_GCE_CHECK", "true");
  }

  @AfterAll
  static void stop() {
    dataflow.close();
  }

  @BeforeEach
  void playNothing() {
    dataflow.plays((job, stage) -> {});
  }

  private static String rows(String more) {
    StringBuilder csv = new StringBuilder("size,color\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(row % 40 + "," + (row % 3 == 0 ? "red" : "blue") + "\n");
    }
    return csv.append(more).toString();
  }

  /** What the toy model says of the rows. */
  private static String scored() {
    StringBuilder csv = new StringBuilder("size,color,prediction\n");
    for (int row = 0; row < ROWS; row++) {
      int price = (row % 40 < 20 ? 10 : 30) + (row % 3 == 0 ? 5 : 0);
      csv.append("%d,%s,%d.0\n".formatted(row % 40, row % 3 == 0 ? "red" : "blue", price));
    }
    return csv.toString();
  }

  private static String[] score(String output, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("score", "--model=toy@prod", "--input=gs://bucket/in/rows.csv"));
    arguments.addAll(List.of("--output=gs://bucket/" + output, "--runner=dataflow"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--project=some-project", "--region=europe-west1"));
    arguments.add("--gcpTempLocation=" + TEMP);
    arguments.addAll(dataflow.options());
    return arguments.toArray(String[]::new);
  }

  private static SubmittedJob last() {
    List<SubmittedJob> jobs = dataflow.jobs();
    return jobs.get(jobs.size() - 1);
  }

  private static String page(SubmittedJob job) {
    return "https://console.cloud.google.com/dataflow/jobs/europe-west1/%s?project=some-project"
        .formatted(job.id());
  }

  private static DataflowWorker worker() throws IOException {
    DataflowWorker worker =
        new DataflowWorker(
            dataflow.gcs(), directory, Program.home().resolve("runners").resolve("direct"));
    // In Google's place: the account that a worker runs as.
    return worker
        .with("GOOGLE_APPLICATION_CREDENTIALS", key.toString())
        .with("NO_GCE_CHECK", "true");
  }

  private static List<String> objects(String prefix) {
    return dataflow.gcs().names("bucket").stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    return dataflow.gcs().get("bucket", name).orElseThrow();
  }

  private static byte[] pipeline(SubmittedJob job) {
    return bytes(job.pipelineUrl().substring("gs://bucket/".length()));
  }

  // --- What is sent, and what comes of it --------------------------------------------------------

  @Test
  void a_job_is_sent_watched_and_done_and_a_second_one_left_to_itself() throws Exception {
    dataflow.plays(worker());
    // The reply to the first request is lost; Beam asks again, and that makes no second job.
    dataflow.failOnce("POST /v1b3", 503, "The service is currently unavailable.", true);
    int before = dataflow.jobs().size();
    int runs = objects(RUNS).size();
    Program.Result result = program.run(score("out/one.csv", "--format=json")).exits(0);
    SubmittedJob job = last();
    assertEquals(before + 1, dataflow.jobs().size());
    assertEquals(
        List.of("JOB_STATE_PENDING", "JOB_STATE_RUNNING", "JOB_STATE_DONE"), dataflow.shown(job));
    assertTrue(result.err().contains(page(job)), result::toString);
    assertEquals(scored(), text("out/one.csv"));
    assertEquals(List.of("out/one.csv"), objects("out/"));
    Map<String, Object> summary = json(result.out());
    assertEquals((long) ROWS, ((Number) summary.get("rows_out")).longValue());
    assertEquals(runs + 1, objects(RUNS).size());

    checkJars(job);
    checkPipeline(job);
    checkNothingElse(job);
    checkOneThatIsLeft();
  }

  private static Map<String, Object> json(String text) {
    return Json.readObject("stdout", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Each jar that the job needs, as it is installed, once, and no other. */
  private static void checkJars(SubmittedJob job) throws IOException {
    Map<String, Path> installed = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(Program.home())) {
      walk.filter(path -> path.toString().endsWith(".jar"))
          .forEach(path -> installed.put(path.getFileName().toString(), path));
    }
    HashSet<String> artifacts = new HashSet<>();
    for (String location : job.packages()) {
      String name = location.substring(("gs://bucket/" + STAGED).length());
      String jar = name.replaceFirst("-[^.]{43}\\.jar$", ".jar");
      assertArrayEquals(
          Files.readAllBytes(installed.get(jar)), bytes(STAGED + name), () -> "another " + jar);
      assertTrue(artifacts.add(jar.replaceFirst("-[0-9].*", "")), () -> jar + " twice");
    }
    assertTrue(artifacts.containsAll(List.of("mlctl.jar", "beam-sdks-java-core")));
    for (String not : List.of("picocli", "beam-runners-google-cloud-dataflow-java")) {
      assertFalse(artifacts.contains(not), not);
    }
    List<String> jars = objects(STAGED).stream().filter(name -> name.endsWith(".jar")).toList();
    assertEquals(job.packages().size(), jars.size(), "no jar that no job is given");
  }

  private static void checkPipeline(SubmittedJob job) throws IOException {
    RunnerApi.Pipeline pipeline = RunnerApi.Pipeline.parseFrom(pipeline(job));
    List<String> steps =
        pipeline.getRootTransformIdsList().stream()
            .map(id -> pipeline.getComponents().getTransformsOrThrow(id).getUniqueName())
            .toList();
    assertEquals(
        List.of(
            "Start",
            "Name the parts of the input",
            "Spread the parts over the workers",
            "Score each part",
            "Gather the results",
            "Publish the output"),
        steps);
    assertTrue(job.experiments().contains("use_runner_v2"), () -> "" + job.experiments());
    assertTrue(job.name().matches("mlctl-[-a-z0-9]+"), job::name);
    assertEquals(TEMP, job.options().get("gcpTempLocation"));
  }

  /** Neither the model nor a credential, in whatever form, in the job or in the pipeline. */
  private static void checkNothingElse(SubmittedJob job) throws IOException {
    String secret = (String) json(Files.readString(key)).get("private_key");
    byte[] model = Files.readAllBytes(directory.resolve("toy.mlb"));
    byte[] json = Json.write(job.json()).getBytes(StandardCharsets.UTF_8);
    for (byte[] sent : List.of(json, pipeline(job))) {
      SentBytes bytes = new SentBytes(sent);
      for (String line : secret.lines().filter(line -> !line.startsWith("-")).toList()) {
        assertFalse(bytes.holds(line), "a line of the private key");
      }
      assertFalse(bytes.holds("token-of-the-stand-in"), "the token");
      // A piece of it, since a copy of the whole might lie in two pieces.
      int middle = model.length / 2;
      assertFalse(bytes.holds(Arrays.copyOfRange(model, middle, middle + 100)), "model");
    }
    // The search does find what is in a function of the pipeline.
    SentBytes pipeline = new SentBytes(pipeline(job));
    assertTrue(pipeline.holds("gs://bucket/life/blobs/sha256/"), "where the model is");
  }

  /** What is staged is not sent again; the job goes on without the command and cleans up. */
  private static void checkOneThatIsLeft() throws Exception {
    List<String> before = objects(STAGED);
    int runs = objects(RUNS).size();
    CountDownLatch over = new CountDownLatch(1);
    DataflowWorker worker = worker();
    CountDownLatch gone = new CountDownLatch(1);
    dataflow.plays(
        (job, stage) -> {
          gone.await();
          worker.work(job);
          over.countDown();
        });
    Program.Result result = program.run(score("out/two.csv", "--no-wait")).exits(0);
    SubmittedJob job = last();
    assertTrue(result.out().contains(job.id()), result::toString);
    assertTrue(result.out().contains(page(job)), result::toString);
    List<String> after = new ArrayList<>(objects(STAGED));
    after.removeAll(before);
    assertEquals(
        List.of(job.pipelineUrl()), after.stream().map(name -> "gs://bucket/" + name).toList());
    gone.countDown();
    assertTrue(over.await(60, TimeUnit.SECONDS), "the worker did not end");
    assertEquals(scored(), text("out/two.csv"));
    assertEquals(List.of("out/one.csv", "out/two.csv"), objects("out/"));
    assertEquals(runs + 1, objects(RUNS).size());
  }

  // --- What goes wrong ---------------------------------------------------------------------------

  /** The texts are of the form that Dataflow's have; the stage is one of its making. */
  @Test
  void a_job_that_fails_says_where_and_why_in_a_few_lines() {
    dataflow.plays(
        (job, stage) -> {
          stage.show("JOB_STATE_RUNNING");
          stage.say("JOB_MESSAGE_BASIC", "Starting 1 workers in europe-west1-b...");
          stage.say("JOB_MESSAGE_WARNING", "A warning.");
          stage.say(
              "JOB_MESSAGE_ERROR",
              """
              Error message from worker: generic::unknown: \
              org.apache.beam.sdk.util.UserCodeException: java.lang.RuntimeException: outer
              \tat org.apache.beam.sdk.util.UserCodeException.wrap(UserCodeException.java:39)
              Caused by: java.io.IOException: Connection reset by peer
              \tat java.base/sun.nio.ch.SocketDispatcher.read0(Native Method)
              """);
          throw new IOException(
              "Workflow failed. Causes: S03:Score each part+Gather the results/Write failed., The"
                  + " job failed because a work item has failed 4 times.");
        });
    Program.Result result = program.run(score("fails.csv")).exits(10);
    assertEquals(
        """
        job %1$s, see %2$s
        error: Dataflow job %1$s failed in "Score each part+Gather the results/Write": \
        Connection reset by peer
          at %2$s
        hint: nothing was published; the workers' logs are there
        """
            .formatted(last().id(), page(last())),
        withoutLog(result.err()),
        result::toString);
    assertEquals(List.of(), objects("fails"));
  }

  /** Without the line that names the log file. */
  private static String withoutLog(String err) {
    return err.replaceFirst("  the whole log is in .*\n", "");
  }

  @Test
  void a_worker_that_cannot_use_a_row_fails_the_command_as_on_the_direct_runner()
      throws IOException {
    byte[] rows = rows("big,red\n").getBytes(StandardCharsets.UTF_8);
    dataflow.gcs().put("bucket", "bad/rows.csv", rows);
    dataflow.plays(worker());
    String[] arguments = score("bad.csv");
    arguments[2] = "--input=gs://bucket/bad/rows.csv";
    Program.Result result = program.run(arguments).exits(3);
    assertTrue(result.err().contains("gs://bucket/bad/rows.csv:2002"), result::toString);
    assertTrue(result.err().lines().count() <= 10, result::toString);
    assertEquals(List.of(), objects("bad.csv"));
  }

  @Test
  void a_job_that_leaves_no_result_is_no_success() {
    Program.Result result = program.run(score("nothing.csv")).exits(9);
    assertTrue(result.err().contains("left no result"), result::toString);
  }

  /** It comes while the job has been made and the command has not heard of it. */
  @Test
  void an_interruption_cancels_the_job_even_while_it_is_submitted() throws Exception {
    CountDownLatch made = new CountDownLatch(1);
    dataflow.plays(
        (job, stage) -> {
          made.countDown();
          stage.awaitCancel();
        });
    dataflow.failOnce("POST /v1b3", 503, "The service is currently unavailable.", true);
    Process process = program.start(score("cancelled.csv"));
    assertTrue(made.await(60, TimeUnit.SECONDS), "the job was not made");
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertEquals(130, process.waitFor());
    assertTrue(dataflow.isCancelled(last()), "not cancelled");
    assertEquals(List.of(), objects("cancelled"));
    assertEquals(List.of(), objects(".cancelled"));
  }

  @Test
  void a_job_that_takes_too_long_is_cancelled() {
    dataflow.plays((job, stage) -> stage.awaitCancel());
    Program.Result result = program.run(score("slow.csv", "--timeout=1s")).exits(10);
    assertTrue(result.err().contains("the run was not over after 1s"), result::toString);
    assertTrue(dataflow.isCancelled(last()), "not cancelled");
  }

  @Test
  void a_refusal_is_passed_on_in_the_words_of_dataflow() {
    int before = dataflow.jobs().size();
    dataflow.failOnce(
        "POST /v1b3", 403, "(1a2b): Current user cannot act as service account x@y.", false);
    Program.Result result = program.run(score("refused.csv")).exits(10);
    assertEquals(
        """
        error: Dataflow does not take the job: (1a2b): Current user cannot act as service account \
        x@y.
        hint: nothing was scored
        """,
        withoutLog(result.err()),
        result::toString);
    assertEquals(before, dataflow.jobs().size());
    assertEquals(List.of(), objects("refused"));
  }

  // --- What is refused before anything is sent ---------------------------------------------------

  @Test
  void files_of_this_machine_are_refused_all_at_once() {
    int before = dataflow.gcs().requests().size();
    Program.Result result =
        program
            .run(
                "score",
                "--model=toy.mlb",
                "--input=train.csv",
                "--output=x.csv",
                "--dead-letter=rejected.jsonl",
                "--runner=dataflow")
            .exits(2);
    for (String file : List.of("train.csv", "x.csv", "rejected.jsonl")) {
      assertTrue(result.err().contains("  at " + file), result::toString);
    }
    assertEquals(before, dataflow.gcs().requests().size());
  }

  @Test
  void what_dataflow_must_be_told_is_asked_for_all_at_once() throws IOException {
    Files.writeString(
        directory.resolve("score.yaml"),
        """
        model: toy@prod
        source: {type: ReadFromCsv, config: {path: "gs://bucket/in/rows.csv"}}
        sink: {type: WriteToCsv, config: {path: "gs://bucket/x.csv"}}
        runner: dataflow
        """);
    String error = program.run("score", "score.yaml").exits(2).err();
    for (String option : List.of("project", "region", "gcpTempLocation")) {
      assertTrue(error.contains("error: Dataflow needs the option " + option), error);
    }
  }

  @Test
  void what_beams_runner_refuses_is_no_bug_of_ours() {
    String[] arguments = score("x.csv");
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].replace("gs://bucket/temp", "gs://nobody/temp");
    }
    Program.Result result = program.run(arguments).exits(2);
    assertTrue(
        result
            .err()
            .startsWith(
                "error: the runner refuses its options: Output path does not exist or is not"
                    + " writeable: gs://nobody/temp\n"),
        result::toString);
    assertEquals(List.of(), objects("x.csv"));
    assertEquals(List.of(), objects(".x.csv"));
  }

  @Test
  void an_option_with_a_secret_in_it_is_refused() throws IOException {
    Files.writeString(
        directory.resolve("secret.yaml"),
        """
        model: toy@prod
        source: {type: ReadFromCsv, config: {path: "gs://bucket/in/rows.csv"}}
        sink: {type: WriteToCsv, config: {path: "gs://bucket/x.csv"}}
        runner: dataflow
        options: {googleApiTrace: "${env:TRACE_TOKEN}"}
        """);
    int before = objects(STAGED).size();
    List<String> arguments = new ArrayList<>(List.of("score", "secret.yaml", "--"));
    arguments.addAll(List.of("--project=some-project", "--region=europe-west1"));
    arguments.add("--gcpTempLocation=" + TEMP);
    arguments.addAll(dataflow.options());
    program.with("TRACE_TOKEN", "hush");
    Program.Result result = program.run(arguments.toArray(String[]::new)).exits(2);
    assertTrue(result.err().contains("googleApiTrace"), result::toString);
    assertFalse(result.err().contains("hush"), result::toString);
    assertEquals(before, objects(STAGED).size());
  }
}
