package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.servers.GcsStandIn;
import dev.mlctl.servers.HdfsServer;
import dev.mlctl.servers.S3Server;
import dev.mlctl.servers.S3StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program with its registry in each store, against servers on the loopback. */
final class BucketRegistryIT {
  @TempDir private static Path shared;
  private static GcsStandIn gcs;
  private static S3StandIn s3;
  private static HdfsServer hdfs;
  private static int nobody;

  @TempDir private Path directory;
  private Program program;

  @BeforeAll
  static void startServers() throws IOException {
    gcs = GcsStandIn.start().withBucket("bucket").locked();
    s3 = S3StandIn.start().withBucket("bucket");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    hdfs = HdfsServer.start(Files.createDirectory(shared.resolve("hdfs")));
    Path local = Files.createDirectory(shared.resolve("local"));
    Toy.copyTo(local);
    Program train = Program.in(local);
    train.run("train", "--data=train.csv", "--target=price", "--model=toy", "-o=two").exits(0);
    train.run("serialize", "two", "-o", "two.mlb").exits(0);
  }

  @AfterAll
  static void stopServers() {
    gcs.close();
    s3.close();
    hdfs.close();
  }

  @BeforeEach
  void setUp() throws IOException {
    Toy.copyTo(directory);
    program = Program.in(directory);
    // Nobody's own profiles, and no looking for a machine of Amazon's or Google's around us.
    program.with("HOME", directory.toString());
    program.with("AWS_EC2_METADATA_DISABLED", "true");
    program.with("NO_GCE_CHECK", "true");
    Path key = gcs.serviceAccount(directory.resolve("key.json"), true);
    program.with("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    program.with("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", gcs.endpoint());
    s3.environment().forEach(program::with);
  }

  private static String registry(String scheme) {
    return Map.of(
            "gs", "gs://bucket/life",
            "s3", "s3://bucket/life",
            "hdfs", hdfs.root() + "/life")
        .get(scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3", "hdfs"})
  void a_model_lives_its_whole_life_in_a_store(String scheme) throws IOException {
    String registry = registry(scheme);
    Files.writeString(directory.resolve("mlctl.yaml"), "registry: " + registry + "\n");
    program.run("deploy", "toy.mlb", "--to", "prod").exits(0);
    String two = shared.resolve("local/two.mlb").toString();
    program.run("deploy", two, "--to", "prod", "--reason", "newer").exits(0).says("");
    program.run("rollback", "toy@prod").exits(0);
    String list = program.run("list").exits(0).says("").out();
    assertTrue(list.contains("toy"), list);
    String history = program.run("--format=json", "history", "toy@prod").exits(0).says("").out();
    assertTrue(history.contains("\"number\": 3") && history.contains("newer"), history);
    String show = program.run("show", "toy@prod#2").exits(0).out();
    assertTrue(show.contains("toy"), show);
    program.run("score", "--model=toy@prod", "--input=train.csv", "--output=x.csv").exits(0);
    assertEquals(1201, Files.readAllLines(directory.resolve("x.csv")).size());
    String monitor = program.run("monitor", "toy@prod", "--fail-on=none").exits(0).out();
    assertTrue(monitor.contains("1200"), monitor);
    String sound = program.run("verify").exits(0).out();
    assertTrue(sound.contains("3 releases"), sound);
    String pruned = program.run("prune").exits(0).out();
    assertTrue(pruned.contains("in use: 2"), pruned);
  }

  /** What can be wrong with an address, an endpoint or credentials: bucket-errors.csv. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "bucket-errors.csv", useHeadersInDisplayName = true)
  void what_is_wrong_is_said_in_the_error_form_with_no_secret(
      String what, String registry, String variables, String command, int exit, String error)
      throws IOException {
    gcs.serviceAccount(directory.resolve("unknown.json"), false);
    if (variables != null) {
      for (String pair : placed(variables).split(" ", -1)) {
        program.with(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
      }
    }
    String location = placed(registry);
    program.with("MLCTL_REGISTRY", location);
    Program.Result result = program.run(command.split(" ", -1)).exits(exit);
    List<String> lines = result.err().lines().toList();
    assertEquals("error: " + error, lines.get(0), result::toString);
    assertTrue(lines.get(1).startsWith("  at " + location), result::toString);
    assertFalse(result.err().contains(S3Server.SECRET), result::toString);
    assertFalse(result.err().contains("PRIVATE KEY"), result::toString);
    assertFalse(result.err().contains("Exception"), result::toString);
    assertTrue(lines.size() <= 3, result::toString);
  }

  private String placed(String text) {
    return text.replace("<dir>", directory.toString())
        .replace("<hdfs>", hdfs.root())
        .replace("<gcs>", gcs.root())
        .replace("<nobody>", "127.0.0.1:" + nobody);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3"})
  void a_store_that_ignores_the_condition_is_refused(String scheme) throws IOException {
    try (GcsStandIn gcs = GcsStandIn.start().withBucket("bucket").ignoringConditions();
        S3StandIn s3 = S3StandIn.start().withBucket("bucket").ignoringConditions()) {
      program.with("STORAGE_EMULATOR_HOST", gcs.root());
      s3.environment().forEach(program::with);
      program
          .run("deploy", "toy.mlb", "--to=prod", "--registry=" + scheme + "://bucket/reg")
          .exits(8)
          .says(
              """
              error: cannot keep a registry here: the storage replaces an object that it was told \
              to create only if there is none, so releases could be lost; nothing was committed
                at %s://bucket/reg
              hint: use a store or a server version that honours If-None-Match or generation matches
              """
                  .formatted(scheme));
      List<String> names = scheme.equals("gs") ? gcs.names("bucket") : s3.names("bucket");
      assertEquals(List.of("reg/.mlctl-probe"), names);
    }
  }

  @Test
  void a_server_that_dies_in_mid_commit_leaves_exit_9() throws IOException {
    program.with("MLCTL_REGISTRY", "s3://bucket/dies");
    program.run("deploy", "toy.mlb", "--to", "prod").exits(0);
    try {
      s3.dieAfter("/log/");
      Program.Result result =
          program.run("deploy", shared.resolve("local/two.mlb").toString(), "--to", "prod");
      String error = "error: cannot tell whether toy@prod#2 was made: ";
      assertTrue(result.exits(9).err().startsWith(error), result::toString);
    } finally {
      s3.breakWith(0, "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3", "hdfs"})
  void an_installation_without_a_stores_jars_says_where_they_are(String scheme) throws IOException {
    Path home = Files.createDirectories(directory.resolve("home/bin")).getParent();
    Files.copy(Program.home().resolve("bin/mlctl"), home.resolve("bin/mlctl"));
    try (Stream<Path> jars = Files.list(Program.home().resolve("lib"))) {
      Path lib = Files.createDirectory(home.resolve("lib"));
      for (Path jar : jars.filter(Files::isRegularFile).toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    program
        .with("MLCTL_CDS", "off")
        .shell(home + "/bin/mlctl list --registry " + registry(scheme))
        .exits(2)
        .says(
            """
            error: this installation cannot use %1$s:// registries
              at %2$s/filesystems/%1$s
            hint: copy filesystems/%1$s of mlctl's archive into the installation
            """
                .formatted(scheme, home.toRealPath()));
  }
}
