package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import dev.mlctl.data.Feature;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Bundles;
import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Step;
import dev.mlctl.model.Task;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried beside a model sees every row, and changes only what it is asked to. */
class ChallengerTest {
  private static final String HEX = "0123456789ab";

  @TempDir Path folder;
  private ScoreRig rig;

  @BeforeEach
  void start() {
    rig = new ScoreRig(folder, Bundles.linear(2));
  }

  /** {@code 100 + x1 + x2}: one feature of the champion's and one of its own. */
  private static Bundle other() {
    return other("x1", "x2");
  }

  private static Bundle other(String one, String two) {
    List<Step> steps = List.of(Scaling.none(0), Scaling.none(0));
    List<Feature> features = List.of(Feature.number(one), Feature.number(two));
    Model model =
        new Model(
            new Signature(Task.REGRESSION, "y", features, List.of()),
            new Preprocessor(steps),
            new Linear(new double[][] {{1, 1}}, new double[] {100}, Link.IDENTITY));
    return Bundles.bundle("line", model, one + "," + two + "\n1,1\n");
  }

  private static ScoredChallenger challenger(Bundle bundle, double share, Optional<String> key) {
    byte[] bytes = bundle.toBytes();
    return new ScoredChallenger(
        "m@prod~" + HEX, Bundle.digest(bytes), Optional.empty(), share, key, bytes, bundle, "");
  }

  private static String rows(int count) {
    StringBuilder csv = new StringBuilder("id,x0,x1,x2\n");
    for (int i = 0; i < count; i++) {
      csv.append("c%d,%d,%d,%d\n".formatted(i, i % 7, i % 5, i % 3));
    }
    return csv.toString();
  }

  private ScoreSummary run(String output, String input, OutputColumns columns) {
    return rig.run(rig.files(output, input).withOutput(columns).withOverwrite(true));
  }

  private static OutputColumns columns(boolean release, boolean challenger) {
    return new OutputColumns(Optional.empty(), "prediction", false, release, challenger);
  }

  private Map<?, ?> recorded() {
    return (Map<?, ?>) rig.record.get("challenger");
  }

  @Test
  void a_shadow_leaves_the_output_as_it_was() {
    for (String form : List.of("csv", "jsonl", "parquet")) {
      rig.challenger = Optional.empty();
      rig.write("in.csv", rows(1000));
      OutputColumns columns = columns(true, false);
      ScoreSummary without = run("without." + form, "in.csv", columns);
      rig.challenger = Optional.of(challenger(other(), 0, Optional.empty()));
      ScoreSummary with = run("with." + form, "in.csv", columns);
      assertEquals(without.rowsDigest(), with.rowsDigest(), form);
      assertEquals(bytes("without." + form), bytes("with." + form), form);
      assertEquals(1000L, recorded().get("rows"));
      assertEquals(without.profile(), with.profile());
    }
  }

  private String bytes(String name) {
    try {
      return Bundle.digest(Files.readAllBytes(folder.resolve(name)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_record_compares_the_two() {
    rig.challenger = Optional.of(challenger(other(), 0, Optional.empty()));
    rig.write("in.csv", "x0,x1,x2\n0,0,0\n1,0,0\n0,1,4\n0,0,bad\n");
    ScoreSummary summary = run("out.csv", "in.csv", columns(false, true));
    // 0.5 + x0 + 2 x1 against 100 + x1 + x2
    assertEquals(
        """
        x0,x1,x2,prediction,challenger_prediction
        0,0,0,0.5,100.0
        1,0,0,1.5,100.0
        0,1,4,2.5,105.0
        0,0,bad,0.5,
        """,
        rig.read("out.csv"));
    assertEquals(0, summary.rejected());
    assertEquals(3L, recorded().get("rows"));
    assertEquals(1L, recorded().get("rejected"));
    Map<?, ?> compared = (Map<?, ?>) recorded().get("comparison");
    assertEquals((99.5 + 98.5 + 102.5) / 3, (double) compared.get("mean_difference"), 1e-12);
    assertEquals(102.5, compared.get("largest_difference"));
    assertEquals(3L, ((Map<?, ?>) recorded().get("profile")).get("rows"));
    assertEquals(4L, ((Map<?, ?>) rig.record.get("profile")).get("rows"));
  }

  @Test
  void columns_of_a_challenger_that_is_not_there_are_empty_in_every_format() {
    rig.write("in.csv", rows(3));
    run("out.csv", "in.csv", columns(false, true));
    assertTrue(
        rig.read("out.csv")
            .startsWith("id,x0,x1,x2,prediction,challenger_prediction\nc0,0,0,0,0.5,\n"));
    run("out.parquet", "in.csv", columns(false, true));
    rig.run(
        rig.files("back.jsonl", "out.parquet")
            .withOutput(
                new OutputColumns(
                    Optional.of(List.of("id", "challenger_prediction")), "p", false, false)));
    assertTrue(
        rig.read("back.jsonl").startsWith("{\"id\":\"c0\",\"challenger_prediction\":null,"),
        rig.read("back.jsonl"));
    run("out.avro", "in.csv", columns(false, true));
  }

  @Test
  void a_canary_answers_its_share_and_says_so() {
    rig.challenger = Optional.of(challenger(other(), 0.1, Optional.of("id")));
    int rows = 100_000;
    rig.write("in.csv", rows(rows));
    ScoreSummary summary = run("out.csv", "in.csv", columns(true, false));
    Set<String> chosen = new TreeSet<>();
    for (String line : rig.read("out.csv").lines().toList()) {
      String[] fields = line.split(",", -1);
      boolean its = fields[fields.length - 1].equals("m@prod~" + HEX);
      if (its) {
        chosen.add(fields[0]);
      }
      if (!fields[0].equals("id")) {
        double expected =
            its
                ? 100 + Double.parseDouble(fields[2]) + Double.parseDouble(fields[3])
                : 0.5 + Double.parseDouble(fields[1]) + 2 * Double.parseDouble(fields[2]);
        assertEquals(expected, Double.parseDouble(fields[4]));
      }
    }
    double sigma = Math.sqrt(rows * 0.1 * 0.9);
    assertEquals(rows * 0.1, chosen.size(), 3 * sigma);
    assertEquals(expected(rows), chosen);
    assertEquals(chosen.size(), summary.challenger().orElseThrow().answered());
    assertEquals((long) chosen.size(), ((Map<?, ?>) recorded().get("profile")).get("rows"));
    assertEquals((long) rows - chosen.size(), ((Map<?, ?>) rig.record.get("profile")).get("rows"));
    assertEquals((long) rows, recorded().get("rows"));
  }

  /** As anybody can work it out: the first 16 digits of the SHA-256, below a tenth of 2^64. */
  private static Set<String> expected(int rows) {
    Set<String> chosen = new TreeSet<>();
    BigInteger tenth = BigInteger.ONE.shiftLeft(64).divide(BigInteger.TEN);
    for (int i = 0; i < rows; i++) {
      String hex = Bundle.digest(("c" + i).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
      if (new BigInteger(hex, 16).compareTo(tenth) < 0) {
        chosen.add("c" + i);
      }
    }
    return chosen;
  }

  @Test
  void the_same_rows_are_chosen_from_any_format_and_any_parts() {
    rig.write("in.csv", rows(3000));
    rig.run(
        rig.files("in.parquet", "in.csv")
            .withOutput(new OutputColumns(Optional.empty(), "was", false, false)));
    rig.run(
        rig.files("in.jsonl", "in.csv")
            .withOutput(new OutputColumns(Optional.empty(), "was", false, false)));
    rig.challenger = Optional.of(challenger(other("x0", "x1"), 0.25, Optional.of("id")));
    Set<String> first = chosen("in.csv");
    assertFalse(first.isEmpty());
    assertEquals(first, chosen("in.parquet"));
    assertEquals(first, chosen("in.jsonl"));
    rig.rangeBytes = 1000;
    assertEquals(first, chosen("in.csv"));
    assertEquals(first, chosen("in.jsonl"));
  }

  private Set<String> chosen(String input) {
    OutputColumns columns =
        new OutputColumns(Optional.of(List.of("id")), "prediction", false, true);
    run("out.jsonl", input, columns);
    Set<String> chosen = new TreeSet<>();
    for (String line : rig.read("out.jsonl").lines().toList()) {
      Map<String, Object> row = Json.readObject("row", line.getBytes(StandardCharsets.UTF_8));
      if (row.get("model_release").equals("m@prod~" + HEX)) {
        chosen.add((String) row.get("id"));
      }
    }
    return chosen;
  }

  @Test
  void without_a_key_the_record_decides() {
    rig.challenger = Optional.of(challenger(other(), 0.5, Optional.empty()));
    rig.write("in.csv", rows(200));
    run("out.csv", "in.csv", columns(true, false));
    for (String line : rig.read("out.csv").lines().toList()) {
      String record = line.split(",\\d+\\.", 2)[0];
      if (!record.startsWith("id")) {
        boolean its = Bundle.digest(record.getBytes(StandardCharsets.UTF_8)).charAt(0) < '8';
        assertEquals(its, line.endsWith(HEX), line);
      }
    }
  }

  @Test
  void what_it_needs_and_the_input_lacks_leaves_it_out() {
    rig.challenger = Optional.of(challenger(other(), 0, Optional.empty()));
    rig.write("in.csv", "x0,x1\n1,1\n");
    ScoreSummary summary = run("out.csv", "in.csv", columns(false, false));
    assertEquals("x0,x1,prediction\n1,1,3.5\n", rig.read("out.csv"));
    assertTrue(summary.challenger().orElseThrow().comparison().isEmpty());
    assertTrue(recorded().get("left_out").toString().contains("column \"x2\" is missing"));
    rig.challenger = Optional.of(challenger(Bundles.tree(), 0, Optional.empty()));
    run("out.csv", "in.csv", columns(false, false));
    assertTrue(recorded().get("left_out").toString().contains("does not predict what"));
  }

  @Test
  void classes_are_compared_by_a_matrix() {
    rig = new ScoreRig(folder, Bundles.tree());
    rig.challenger = Optional.of(challenger(Bundles.tree(), 0.5, Optional.of("colour")));
    rig.write("in.csv", "size,colour\n3,red\n30,red\n30,blue\n30,green\n");
    OutputColumns columns = new OutputColumns(Optional.empty(), "p", true, true, true);
    run("out.csv", "in.csv", columns);
    Map<?, ?> compared = (Map<?, ?>) recorded().get("comparison");
    assertEquals(1.0, compared.get("agreement"));
    assertEquals(0.0, compared.get("mean_absolute_difference"));
    assertEquals(2, ((List<?>) compared.get("matrix")).size());
    assertTrue(
        rig.read("out.csv")
            .startsWith(
                "size,colour,p,probability_s,\"probability_l,x\",challenger_prediction,challenger_probability_s,\"challenger_probability_l,x\",model_release\n"),
        rig.read("out.csv"));
    run("out.parquet", "in.csv", columns);
    run("out.jsonl", "in.csv", columns);
    assertEquals(4, rig.read("out.jsonl").lines().count());
  }
}
