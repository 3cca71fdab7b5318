package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What short commands load. */
class StartupIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "list",
        "history bikes@prod",
        "rollback bikes@prod",
        "deploy x.mlb --to a",
        "verify",
        "prune",
        "list --registry gs://127.0.0.1/x",
        "list --registry s3://127.0.0.1/x",
        "list --registry hdfs://127.0.0.1:1/x"
      })
  void short_commands_load_no_class_of_beam_or_smile(String command) throws IOException {
    Path log = directory.resolve("classes.log");
    Program.in(directory)
        .with("STORAGE_EMULATOR_HOST", "127.0.0.1:1")
        .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
        .with("AWS_ACCESS_KEY_ID", "key")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("MLCTL_JAVA_OPTS", "-Xlog:class+load:file=" + log)
        .run(command.split(" "));
    List<String> loaded = Files.readAllLines(log);
    assertTrue(
        loaded.stream().anyMatch(l -> l.contains("dev.mlctl.cli.Main")), "nothing was logged");
    List<String> heavy =
        loaded.stream()
            .filter(l -> l.contains("org.apache.beam.") || l.contains(" smile."))
            .toList();
    assertEquals(List.of(), heavy);
  }

  @Test
  void the_libraries_of_a_store_are_loaded_only_for_its_scheme() throws IOException {
    Path log = directory.resolve("classes.log");
    Program.in(directory)
        .with("MLCTL_JAVA_OPTS", "-Xlog:class+load:file=" + log)
        .run("list", "--registry", directory.toString());
    List<String> loaded = Files.readAllLines(log);
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(
                l -> l.contains("com.google.api") || l.contains("amazon") || l.contains("hadoop"))
            .toList());
  }
}
