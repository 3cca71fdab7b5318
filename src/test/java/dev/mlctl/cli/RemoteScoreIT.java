package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.servers.GcsStandIn;
import dev.mlctl.servers.HdfsServer;
import dev.mlctl.servers.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on paths of stores, against servers on the loopback interface. */
final class RemoteScoreIT {
  private static final int ROWS = 20_000;

  @TempDir private static Path shared;
  private static GcsStandIn gcs;
  private static S3Server s3;
  private static HdfsServer hdfs;
  private static String expected;
  private static String rejected;

  @TempDir private Path directory;
  private Program program;

  @BeforeAll
  static void startServers() throws IOException {
    gcs = GcsStandIn.start().withBucket("bucket");
    s3 = S3Server.start(Files.createDirectory(shared.resolve("s3"))).withBucket("bucket");
    hdfs = HdfsServer.start(Files.createDirectory(shared.resolve("hdfs")));
    Path local = Files.createDirectory(shared.resolve("local"));
    Toy.copyTo(local);
    Files.createDirectory(local.resolve("in"));
    for (String name : List.of("a.csv", "b.csv")) {
      byte[] rows = rows(name);
      Files.write(local.resolve("in").resolve(name), rows);
      gcs.put("bucket", "in/" + name, rows);
      s3.put("bucket", "in/" + name, rows);
    }
    hdfs.put(local.resolve("in"), "/in");
    Program.in(local).run(score("in/*.csv", "x.csv", "rejected.jsonl")).exits(0);
    expected = Files.readString(local.resolve("x.csv"));
    rejected = Files.readString(local.resolve("rejected.jsonl"));
    assertEquals(4 * ROWS + 1, expected.lines().count());
    assertEquals(2, rejected.lines().count());
  }

  private static byte[] rows(String name) {
    StringBuilder csv = new StringBuilder("size,color,note\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(
          row % 40 + "," + (row % 3 == 0 ? "red" : "blue") + ",\"" + name + "\n" + row + "\"\n");
    }
    return csv.append("big,red,x\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stopServers() {
    gcs.close();
    s3.close();
    hdfs.close();
  }

  @BeforeEach
  void copyToy() throws IOException {
    Toy.copyTo(directory);
    program = Program.in(directory);
    for (String variable :
        List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_PROFILE",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "HADOOP_CONF_DIR",
            "YARN_CONF_DIR")) {
      program.with(variable, "");
    }
    // Nobody's own profiles, and no looking for a machine of Amazon's or Google's around us.
    program.with("HOME", directory.toString());
    program.with("AWS_EC2_METADATA_DISABLED", "true");
    program.with("NO_GCE_CHECK", "true");
  }

  private static String[] score(String in, String out, String dead, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("score", "--model=toy@prod", "--input=" + in, "--output=" + out));
    if (!dead.isEmpty()) {
      arguments.add("--dead-letter=" + dead);
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static void same(String expected, byte[] actual) {
    // Not one long message should they differ.
    assertTrue(
        expected.equals(
            new String(actual, StandardCharsets.UTF_8)
                .replaceAll("\"[a-z0-9]+://[^\"]*/in/", "\"in/")),
        "another output");
  }

  // --- What goes well ----------------------------------------------------------------------------

  @Test
  void cloud_storage_gets_what_a_local_disk_gets() throws IOException {
    Path key = gcs.serviceAccount(directory.resolve("key.json"), true);
    program.with("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
    program
        .run(
            score(
                "gs://bucket/in/*.csv",
                "gs://bucket/gs/x.csv",
                "gs://bucket/gs/rejected.jsonl",
                "--",
                "--gcsEndpoint=" + gcs.endpoint()))
        .exits(0);
    same(expected, gcs.get("bucket", "gs/x.csv").orElseThrow());
    same(rejected, gcs.get("bucket", "gs/rejected.jsonl").orElseThrow());
    assertEquals(
        List.of("gs/rejected.jsonl", "gs/x.csv"),
        gcs.names("bucket").stream().filter(name -> name.startsWith("gs/")).toList());
  }

  @Test
  void s3_gets_what_a_local_disk_gets() throws IOException {
    s3.environment().forEach(program::with);
    program
        .run(score("s3://bucket/in/*.csv", "s3://bucket/s3/x.csv", "s3://bucket/s3/rejected.jsonl"))
        .exits(0);
    same(expected, s3.get("bucket", "s3/x.csv").orElseThrow());
    same(rejected, s3.get("bucket", "s3/rejected.jsonl").orElseThrow());
    assertEquals(
        List.of("s3/rejected.jsonl", "s3/x.csv"),
        s3.names("bucket").stream().filter(name -> name.startsWith("s3/")).toList());
  }

  @Test
  void hdfs_gets_what_a_local_disk_gets() throws IOException {
    String root = hdfs.root();
    program
        .run(score(root + "/in/*.csv", root + "/out/x.csv", root + "/out/rejected.jsonl"))
        .exits(0);
    Path out = hdfs.get("/out", directory.resolve("out"));
    same(expected, Files.readAllBytes(out.resolve("x.csv")));
    same(rejected, Files.readAllBytes(out.resolve("rejected.jsonl")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(2, files.count());
    }
  }
}
