package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples' scripts with the packaged program, and the figures it prints. */
class ExamplesIT {
  @TempDir Path folder;

  @Test
  void bikes_ages_is_trained_again_and_rolled_back_by_itself() throws IOException {
    String story = story("bikes");
    assertAtLeast(0.94, metric(story, "r2", 1));
    for (int month = 1; month <= 12; month++) {
      Path scored = folder.resolve("bikes/out/2012-%02d.csv".formatted(month));
      assertTrue(Files.size(scored) > 10_000, scored::toString);
    }
    // The error is 3.0, 3.3, 4.9 and 4.5 times that at training: the rule asks for 4 twice.
    String january = after(story, "$ mlctl monitor monitor.yaml\n");
    assertContains(january, "bikes@prod#1: warning");
    String april = after(story, "April is the second month");
    assertContains(april, "bikes@prod#1: critical\n718 rows of 1 run");
    assertTrue(Pattern.compile("(?m)^critical +rmse_ratio +4\\.").matcher(april).find(), april);
    assertContains(april, "breached in 2 of the last 3 windows; rmse ");
    assertContains(april, "labels: 718 predictions joined, 0 without a label");
    assertContains(april, "retrain  done     bikes@prod is now at release 2\n(exit code 11)");

    String degrees = after(story, "$ mlctl monitor guard.yaml\nbikes@prod#3: critical");
    assertTrue(Pattern.compile("(?m)^critical +temp ").matcher(degrees).find(), degrees);
    assertContains(degrees, "bikes@prod is now at release 4 (the bundle of release 2");
    assertContains(degrees, "(exit code 11)");
    String september = after(story, "September is scored again");
    assertFalse(september.substring(0, september.indexOf("== 6.")).contains("critical"), september);

    String history = after(story, "$ mlctl history bikes@prod\n");
    assertLike(
        String.join(
            "\n",
            "(?s).*   1 .* condemned .*",
            " +deploy: first model",
            " +2 .* superseded .*",
            " +deploy: monitor: critical: rmse_ratio is 4.*",
            " +3 .* condemned .*",
            " +deploy: the new weather service",
            " +4 .* rolled back .*",
            " +rollback to 2: monitor: critical: out_of_range of temp.*",
            " +5 .* current .*",
            " +rollback to 1: a drill",
            ".*"),
        history);
  }

  @ParameterizedTest
  @CsvSource({"ols, 0.35", "random_forest, 0.88"})
  void bikes_is_fitted_by_other_algorithms_too(String algorithm, double r2) {
    Program.Result trained =
        Program.in(Path.of("examples/bikes"))
            .run(
                "train",
                "train-both.yaml",
                "--set",
                "algorithm=" + algorithm,
                "--set",
                "params={}",
                "--set",
                "gates=[]",
                "-o",
                folder.resolve("run").toString())
            .exits(0);
    assertAtLeast(r2, metric(trained.out(), "r2", 1));
  }

  @Test
  void income_scores_with_probabilities_and_a_dead_letter_and_has_not_drifted() throws IOException {
    String story = story("income");
    assertAtLeast(0.92, metric(story, "auc", 1));
    assertLike("(?s).*\ngate holds: auc\\[sex=Female] >= 0.92 .*, 5,421 rows\\)\n.*", story);
    String refused = after(story, "$ mlctl deploy income.mlb --to clinic").replaceAll(" *\n", " ");
    assertContains(refused, "the gate \"accuracy[education=Doctorate] >= 0.9\" does not hold: 0.");
    assertContains(refused, "on 181 rows (exit code 11)");
    assertContains(story, "16,281 rows in, 16,278 out, 3 rejected");
    List<String> scored = Files.readAllLines(folder.resolve("income/out/predictions.csv"));
    assertEquals("id,age,occupation,prediction,probability_<=50K,probability_>50K", scored.get(0));
    assertEquals(16_279, scored.size());
    List<String> rejected = Files.readAllLines(folder.resolve("income/out/rejected.jsonl"));
    assertEquals(3, rejected.size());
    assertContains(rejected.get(0), "unknown");
    assertContains(story, "income@prod#1: ok");
    assertContains(story, "labels: 16,278 predictions joined, 0 without a label");
    assertContains(story, "(exit code 0)");
  }

  @Test
  void penguins_go_through_a_shell_pipe() throws IOException {
    String story = story("penguins");
    Matcher folds = Pattern.compile("(?m)^accuracy .* (\\S+) ± ").matcher(story);
    assertTrue(folds.find(), story);
    assertAtLeast(0.97, Double.parseDouble(folds.group(1)));
    String counts = after(story, "| tail -n +2 | sort | uniq -c\n");
    assertLike(
        "(?s)( +[0-9]+ (Biscoe|Dream|Torgersen),(Adelie|Chinstrap|Gentoo)\n){5,}\n==.*", counts);
    assertContains(story, "\"body_mass_g\": null");
    assertContains(after(story, "< one.json | tr , '\\n'\n"), "\"prediction\":\"Gentoo\"");
  }

  /** Runs an example's script to its end; no line may be wider than a terminal. */
  private String story(String example) {
    Program.Result result =
        Program.in(Path.of("").toAbsolutePath())
            .with("MLCTL", Program.home().resolve("bin/mlctl").toString())
            .shell("examples/" + example + "/run.sh '" + folder.resolve(example) + "'")
            .exits(0)
            .says("");
    String wide = result.out().lines().filter(line -> line.length() > 80).findFirst().orElse("");
    assertEquals("", wide, "wider than 80 columns");
    return result.out();
  }

  private static String after(String text, String mark) {
    int at = text.indexOf(mark);
    assertTrue(at >= 0, () -> mark + " is not in\n" + text);
    return text.substring(at + mark.length());
  }

  /** A number in the first line of metrics of that name: column 1 is the test part. */
  private static double metric(String text, String name, int column) {
    String line = text.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
    return Double.parseDouble(line.split(" +", -1)[column]);
  }

  private static void assertAtLeast(double least, double value) {
    assertTrue(value >= least, value + " is less than " + least);
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), () -> part + " is not in\n" + text);
  }

  private static void assertLike(String pattern, String text) {
    assertTrue(text.matches(pattern), () -> pattern + " is not how this reads:\n" + text);
  }
}
