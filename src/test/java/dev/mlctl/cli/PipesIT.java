package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program among other programs: pipes, formats, colour, and where it is started from. */
class PipesIT {
  private static final String ESCAPE = "\u001b[";

  @TempDir Path directory;

  @BeforeEach
  void copyTheToyModel() throws IOException {
    Toy.copyTo(directory);
    Files.writeString(directory.resolve("in.csv"), "id,size,color\na,5,red\nb,25,blue\n");
  }

  private Program mlctl() {
    return Program.in(directory).with("XDG_CONFIG_HOME", directory.resolve("xdg").toString());
  }

  @Test
  void standard_output_of_a_shell_pipe_is_nothing_but_csv() throws IOException {
    Program.Result result =
        mlctl().shell("mlctl score --model toy@prod < in.csv > out.csv").exits(0);
    assertEquals(
        "id,size,color,prediction\na,5,red,15.0\nb,25,blue,30.0\n",
        Files.readString(directory.resolve("out.csv")));
    assertTrue(result.err().startsWith("2 rows in, 2 out, 0 rejected, in "), result::toString);
    assertTrue(
        result.err().matches("(?s).*\nmodel:       toy@prod#1\nrows digest: rows:[0-9a-f]{32}\n"),
        result::toString);
  }

  @Test
  void quiet_scoring_says_nothing_beside_the_data() {
    Program.Result result =
        mlctl().shell("cat in.csv | mlctl score -q --model toy@prod --input - -o - | tail -1");
    assertEquals("b,25,blue,30.0\n", result.exits(0).says("").out());
  }

  @Test
  void a_reader_that_has_enough_ends_the_program_quietly() throws IOException {
    Path many = directory.resolve("many.csv");
    Files.writeString(many, "size,color\n" + "5,red\n".repeat(100_000), StandardCharsets.UTF_8);
    Program.Result result =
        mlctl()
            .shell("set -o pipefail; mlctl score -q --model toy.mlb --input many.csv | head -1")
            .exits(0)
            .says("");
    assertEquals("size,color,prediction\n", result.out());
    mlctl().shell("set -o pipefail; mlctl --help | head -1").exits(0).says("");
    mlctl().shell("set -o pipefail; mlctl list | true").exits(0).says("");
  }

  /** The commands whose result can be read by programs, in an order in which they work. */
  static List<String> commands() {
    return List.of(
        "train --data train.csv --target price --algorithm ols -o run2",
        "serialize run -o again.mlb",
        "deploy toy.mlb --to prod",
        "deploy toy.mlb --to test --dry-run",
        "score --model toy@prod --input in.csv -o out.csv",
        "history toy@prod",
        "list",
        "show toy@prod",
        "show toy.mlb",
        "verify",
        "verify toy.mlb",
        "prune --dry-run");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void json_is_one_object_with_a_version(String command) {
    Program.Result result = mlctl().run((command + " --format json").split(" ")).exits(0);
    assertVersioned(result);
    assertEquals("", result.err(), result::toString);
  }

  @Test
  void monitoring_is_told_as_json_too() {
    mlctl().run("score", "--model", "toy@prod", "--input", "in.csv", "-o", "out.csv").exits(0);
    assertVersioned(mlctl().run("monitor", "toy@prod", "--format", "json").exits(0));
    mlctl().run("deploy", "toy.mlb", "--to", "test").exits(0);
    mlctl()
        .run("train", "--data", "train.csv", "--target", "price", "--model", "toy", "-o", "run2");
    mlctl().run("serialize", "run2", "-o", "new.mlb").exits(0);
    assertVersioned(mlctl().run("deploy", "new.mlb", "--to", "test", "--format=json").exits(0));
    assertVersioned(mlctl().run("rollback", "toy@test", "--format=json").exits(0));
  }

  private static void assertVersioned(Program.Result result) {
    Map<String, Object> object =
        Json.readObject("stdout", result.out().getBytes(StandardCharsets.UTF_8));
    assertEquals("mlctl/v1", object.get("apiVersion"), result::toString);
  }

  @Test
  void yaml_says_the_same_as_json() {
    String yaml = mlctl().run("list", "--format", "yaml").exits(0).out();
    assertTrue(yaml.startsWith("apiVersion: mlctl/v1\n"), yaml);
  }

  /** A terminal is made by script(1); the setting decides whether its output is coloured. */
  @ParameterizedTest
  @CsvSource({
    "'',                     mlctl show toy.mlb,                 true",
    "NO_COLOR=1,             mlctl show toy.mlb,                 false",
    "TERM=dumb,              mlctl show toy.mlb,                 false",
    "'',                     mlctl show toy.mlb --color=never,   false",
    "MLCTL_COLOR=never,      mlctl show toy.mlb,                 false",
    "NO_COLOR=1,             mlctl show toy.mlb --color=always,  true",
    "'',                     mlctl show toy.mlb | cat,           false",
    "'',                     mlctl show toy.mlb --color=always | cat, true"
  })
  void colour_is_for_terminals_that_want_it(String setting, String command, boolean colored) {
    Program program = mlctl().with("TERM", "xterm").with("NO_COLOR", "");
    int equals = setting.indexOf('=');
    if (equals > 0) {
      program.with(setting.substring(0, equals), setting.substring(equals + 1));
    }
    assumeTrue(program.shell("script --version").exit() == 0, "script(1) of util-linux is missing");
    Program.Result result = program.shell("script -qec '" + command + "' /dev/null").exits(0);
    assertTrue(result.out().contains("toy"), result::toString);
    assertEquals(colored, result.out().contains(ESCAPE), result::toString);
  }

  @Test
  void an_error_is_coloured_by_its_own_stream() {
    Program.Result plain = mlctl().run("show", "none.mlb").exits(7);
    plain.says("error: no such bundle\n  at none.mlb\n");
    Program.Result colored = mlctl().run("show", "none.mlb", "--color=always").exits(7);
    colored.says("\u001b[31merror:\u001b[0m no such bundle\n  at none.mlb\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "train",
        "serialize",
        "deploy",
        "score",
        "monitor",
        "rollback",
        "history",
        "list",
        "show",
        "verify",
        "prune",
        "validate",
        "init",
        "completion"
      })
  void help_fits_a_terminal(String command) {
    Program.Result result = mlctl().run((command + " --help").strip().split(" ")).exits(0).says("");
    assertTrue(result.out().contains("Usage: mlctl"), result::toString);
    assertFalse(result.out().contains("\t"), result::toString);
    result.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void the_version_is_told() {
    String version = mlctl().run("--version").exits(0).says("").out();
    assertTrue(version.matches("mlctl \\S+ \\(Java \\S+\\)\n"), version);
  }

  @Test
  void the_launcher_works_through_a_link_from_anywhere() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("my-mlctl"), bin());
    Files.createSymbolicLink(directory.resolve("chain"), Path.of("my-mlctl"));
    String here = mlctl().run("list").exits(0).out();
    assertEquals(here, mlctl().shell("'" + link + "' list").exits(0).out());
    assertEquals(here, mlctl().shell("./chain list").exits(0).out());
    assertEquals(here, mlctl().shell("sh chain list").exits(0).out());
    Program elsewhere = Program.in(Path.of("/"));
    String registry = directory.resolve(".mlctl/registry").toString();
    assertEquals(here, elsewhere.run("list", "--registry", registry).exits(0).out());
    Files.delete(directory.resolve("chain"));
    Files.delete(link);
  }

  @Test
  void the_launcher_works_in_a_path_with_spaces() throws IOException {
    Path spaced = Files.createDirectory(directory.resolve("dir with  spaces"));
    mlctl().shell("cp -R '" + Program.home() + "' 'dir with  spaces/mlctl'").exits(0);
    Program program = mlctl().with("MLCTL_CDS", "off");
    String launcher = "'" + spaced.resolve("mlctl/bin/mlctl") + "'";
    String score = launcher + " score -q --model toy.mlb --input in.csv";
    assertEquals(3, program.shell(score).exits(0).says("").out().lines().count());
    program.shell(launcher + " train --data train.csv --target price -o 'a run'").exits(0);
    program.shell(launcher + " serialize 'a run' -o 'a bundle.mlb'").exits(0);
    assertTrue(Files.exists(directory.resolve("a bundle.mlb")));
  }

  @Test
  void options_of_the_jvm_reach_it() {
    mlctl().with("MLCTL_JAVA_OPTS", "-Xmx99m -Duser.language=tr").run("list").exits(0).says("");
    Program.Result result =
        mlctl().with("MLCTL_JAVA_OPTS", "-XshowSettings:system -XX:+UseParallelGC").run("list");
    assertTrue(result.exits(0).err().contains("Operating System Metrics"), result::toString);
    assertTrue(result.out().startsWith("MODEL"), result::toString);
  }

  @Test
  void a_setting_comes_from_flag_then_variable_then_project_then_user() throws IOException {
    Path user = Files.createDirectories(directory.resolve("xdg/mlctl"));
    Files.writeString(user.resolve("config.yaml"), "registry: of-user\nformat: json\n");
    assertNoRegistry("of-user", mlctl().run("history", "toy@prod"));
    Files.writeString(directory.resolve("mlctl.yaml"), "registry: of-project\n");
    assertNoRegistry("of-project", mlctl().run("history", "toy@prod"));
    Program variable = mlctl().with("MLCTL_REGISTRY", "of-variable");
    assertNoRegistry("of-variable", variable.run("history", "toy@prod"));
    assertNoRegistry("of-flag", variable.run("history", "toy@prod", "--registry", "of-flag"));
    assertVersioned(variable.run("list", "--registry", ".mlctl/registry").exits(0));
    String table = variable.run("list", "--registry=.mlctl/registry", "--format=table").out();
    assertTrue(table.startsWith("MODEL"), table);
  }

  private void assertNoRegistry(String name, Program.Result result) throws IOException {
    String place = directory.toRealPath().resolve(name).toString();
    assertTrue(
        result.exits(7).err().startsWith("error: no registry at " + place), result::toString);
  }

  @Test
  void a_wrong_configuration_file_is_named_whatever_the_command() throws IOException {
    Files.writeString(directory.resolve("mlctl.yaml"), "registri: x\n");
    mlctl()
        .run("list")
        .exits(2)
        .says(
            """
            error: unknown key "registri"
              at mlctl.yaml:1:1
            hint: did you mean "registry"?
            """);
  }

  private static Path bin() {
    return Program.home().resolve("bin/mlctl");
  }
}
