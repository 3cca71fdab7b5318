package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final String WHOLE =
      """
      model: bikes
      task: regression
      source: {type: ReadFromCsv, config: {path: "in/*.csv"}, max_ratio: 0}
      features: [season, "5"]
      params: {trees: 300, shrinkage: 1e-1, loss: huber, deep: true}
      gates: r2 >= 0.85
      alerts:
        psi: {warn: 0.1, critical: 0.25}
        nulls: {warn: 1}
      checks:
        - warn: 2
      """;

  @TempDir Path directory;

  @Test
  void gives_every_value_in_its_type() {
    Settings settings = Example.parse(WHOLE);
    assertEquals("bikes", settings.text("model"));
    assertEquals(List.of("season", "5"), settings.texts("features"));
    assertEquals(
        Map.of("trees", 300L, "shrinkage", 0.1, "loss", "huber", "deep", true),
        settings.scalars("params"));
    assertEquals(
        List.of("trees", "shrinkage", "loss", "deep"),
        List.copyOf(settings.scalars("params").keySet()));
    assertEquals(List.of("r2 >= 0.85"), settings.texts("gates"));
    assertEquals(0.25, settings.sectionMap("alerts").get("psi").number("critical"));
    assertFalse(settings.sectionMap("alerts").get("nulls").has("critical"));
    assertEquals(2.0, settings.sections("checks").get(0).number("warn"));
    Settings source = settings.section("source");
    assertEquals("ReadFromCsv", source.type());
    assertEquals("in/*.csv", source.config().text("path"));
    assertEquals(0.0, source.number("max_ratio"));
  }

  @Test
  void fills_in_defaults_at_every_level() {
    Settings settings = Example.parse("model: bikes\nsource: {type: ReadNothing}\nsplit:\n");
    assertEquals(0.2, settings.section("split").number("test"));
    assertEquals(42, settings.section("split").integer("seed"));
    assertEquals(0, settings.section("source").config().longInteger("rows"));
    assertEquals("auto", settings.scalar("depth"));
    assertFalse(settings.bool("verbose"));
    assertFalse(settings.has("task"));
    assertEquals(List.of(), settings.texts("features"));
    assertEquals(List.of("model", "source", "split", "gates", "verbose", "depth"), settings.keys());
  }

  @Test
  void knows_the_place_of_every_value() {
    Settings settings = Example.parse(WHOLE, "split.seed=7");
    assertEquals("f.yaml:1:1", settings.at());
    assertEquals("f.yaml:4:1", settings.at("features"));
    assertEquals("f.yaml:3:9", settings.section("source").at());
    assertEquals("f.yaml:3:38", settings.section("source").config().at("path"));
    assertEquals("f.yaml:1:1", settings.at("verbose"));
    assertEquals("--set split.seed=7", settings.section("split").at("seed"));
    assertEquals(new Problem("odd", "f.yaml:2:1", ""), settings.problem("task", "odd"));
  }

  @Test
  void overrides_replace_add_and_unset_and_the_last_one_wins() {
    Settings settings =
        Example.parse(
            WHOLE,
            "params.trees=1",
            "params.trees=50",
            "params.new=a: b #c",
            "source.config.path=*.csv",
            "source.config.delimiter=\"\\t\"",
            "features=[a, 'b']",
            "task=",
            "split={seed: 1}",
            "split.test=0.5");
    assertEquals(50L, settings.scalars("params").get("trees"));
    assertEquals("a: b #c", settings.scalars("params").get("new"));
    assertEquals("*.csv", settings.section("source").config().text("path"));
    assertEquals("\t", settings.section("source").config().text("delimiter"));
    assertEquals(List.of("a", "b"), settings.texts("features"));
    assertFalse(settings.has("task"));
    assertEquals(1, settings.section("split").integer("seed"));
    assertEquals(0.5, settings.section("split").number("test"));
  }

  @Test
  void fills_in_secrets_and_never_shows_them() throws IOException {
    Files.writeString(directory.resolve("password"), "s3cret\r\n");
    Path file = write("model: a-${env:TOKEN}-${file:password}\nfeatures: [\"${env:TOKEN}\", $x]\n");
    Settings settings = ConfigFile.read(file, Example.SHAPE, List.of(), Example.ENV);
    assertEquals("a-hunter2-s3cret", settings.text("model"));
    assertEquals(List.of("hunter2", "$x"), settings.texts("features"));
    assertEquals("a-${env:TOKEN}-${file:password}", settings.toMap().get("model"));
    assertFalse(settings.toString().contains("hunter2"), settings.toString());
  }

  @Test
  void the_resolved_map_reads_back_as_itself() {
    Map<String, Object> resolved = Example.parse(WHOLE).toMap();
    assertEquals(
        List.of(
            "model",
            "task",
            "source",
            "features",
            "split",
            "params",
            "gates",
            "verbose",
            "depth",
            "alerts",
            "checks"),
        List.copyOf(resolved.keySet()));
    assertEquals(resolved, Example.parse(YamlWriter.write(resolved)).toMap());
  }

  @Test
  void a_getter_used_against_the_shape_is_a_programming_error() {
    Settings settings = Example.parse("model: bikes");
    assertThrows(IllegalArgumentException.class, () -> settings.text("modle"));
    assertThrows(IllegalArgumentException.class, () -> settings.number("model"));
    assertThrows(IllegalStateException.class, () -> settings.text("task"));
  }

  @Test
  void a_whole_number_beyond_int_is_a_failure_at_its_place() {
    Settings split = Example.parse("model: a\nsplit: {seed: 3000000000}").section("split");
    assertEquals(3_000_000_000L, split.longInteger("seed"));
    Failure failure = assertThrows(Failure.class, () -> split.integer("seed"));
    assertEquals("f.yaml:2:9", failure.problems().get(0).at());
  }

  @Test
  void a_byte_order_mark_and_windows_line_ends_are_fine() throws IOException {
    Path file = write("\uFEFFmodel: bikes\r\ntask: regression\r\n");
    Settings settings = ConfigFile.read(file, Example.SHAPE, List.of(), Example.ENV);
    assertEquals("bikes", settings.text("model"));
    assertEquals(file + ":2:1", settings.at("task"));
  }

  @Test
  void a_missing_file_is_not_found_and_a_directory_is_usage() {
    Path missing = directory.resolve("none.yaml");
    Failure notFound =
        assertThrows(Failure.class, () -> ConfigFile.check(missing, Example.SHAPE, Example.ENV));
    assertEquals(FailureKind.NOT_FOUND, notFound.kind());
    assertEquals(missing.toString(), notFound.problems().get(0).at());
    assertEquals(
        List.of(new Problem("cannot read a directory as a file", directory.toString(), "")),
        ConfigFile.check(directory, Example.SHAPE, Example.ENV));
  }

  @Test
  void check_lists_all_faults_and_is_empty_for_a_valid_file() throws IOException {
    assertEquals(List.of(), ConfigFile.check(write("model: a"), Example.SHAPE, Example.ENV));
    assertEquals(
        2, ConfigFile.check(write("model: 1\ntask: 2"), Example.SHAPE, Example.ENV).size());
  }

  @Test
  void invalid_utf8_is_named_with_its_place() throws IOException {
    Path file = directory.resolve("f.yaml");
    Files.write(file, "model: a\ntask: \u00E9".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        List.of(new Problem("not valid UTF-8", file + ":2:7", "save the file as UTF-8")),
        ConfigFile.check(file, Example.SHAPE, Example.ENV));
  }

  @Test
  void size_and_number_of_values_are_limited() throws IOException {
    assertOnly("larger than 1 MiB, the limit", "model: a\n" + "#".repeat(1 << 20));
    assertOnly("more than 100000 values in one file", "features: [" + "a,".repeat(100_000) + "]");
  }

  @Test
  void at_most_a_hundred_faults_are_listed() throws IOException {
    Path file = write("model: a\nfeatures: [" + "1,".repeat(150) + "]");
    List<Problem> problems = ConfigFile.check(file, Example.SHAPE, Example.ENV);
    assertEquals(101, problems.size());
    assertEquals("and 50 more faults", problems.get(100).message());
  }

  @Test
  void a_text_with_escapes_for_a_whole_surrogate_pair_is_fine() {
    assertEquals("\uD83D\uDE00", Example.parse("model: \"\\uD83D\\uDE00\"").text("model"));
  }

  private void assertOnly(String message, String yaml) throws IOException {
    List<Problem> problems = ConfigFile.check(write(yaml), Example.SHAPE, Example.ENV);
    assertEquals(List.of(message), problems.stream().map(Problem::message).toList());
    assertTrue(problems.get(0).at().startsWith(directory.toString()));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("f.yaml"), yaml);
  }
}
