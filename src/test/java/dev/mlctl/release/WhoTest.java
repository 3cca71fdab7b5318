package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class WhoTest {
  /** The variables are those that the vendors document; the addresses are in their form. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "ci-jobs.csv", delimiter = '|')
  void names_the_job_of_each_ci_it_knows(String ci, String variables, String expected) {
    Map<String, String> environment = new HashMap<>();
    for (String each : variables.split(" +", -1)) {
      environment.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    assertEquals(expected == null ? "" : expected, ci(environment), ci);
  }

  @Test
  void keeps_no_credentials_and_no_control_characters() {
    assertEquals("https://host/x", ci(Map.of("BUILD_URL", "https://user:secret@host/x")));
    assertEquals("a b", new Who("a\nb", "", "").user());
  }

  @Test
  void takes_the_host_from_the_environment_when_nobody_knows_better() {
    assertEquals("box", Who.from(Map.of("HOSTNAME", "box"), "ada", "").host());
    assertEquals("ada@box", Who.from(Map.of("HOSTNAME", "other"), "ada", "box").toString());
  }

  private static String ci(Map<String, String> environment) {
    return Who.from(environment, "ada", "box").ci();
  }
}
