package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WhoTest {
  @Test
  void names_the_job_of_each_ci_it_knows() {
    Map<String, String> github =
        Map.of(
            "GITHUB_SERVER_URL", "https://github.com",
            "GITHUB_REPOSITORY", "acme/bikes",
            "GITHUB_RUN_ID", "42");
    assertEquals("https://github.com/acme/bikes/actions/runs/42", ci(github));
    assertEquals(
        "https://gitlab/x/-/jobs/1", ci(Map.of("CI_JOB_URL", "https://gitlab/x/-/jobs/1")));
    assertEquals("https://jenkins/job/1", ci(Map.of("BUILD_URL", "https://jenkins/job/1")));
    assertEquals("", ci(Map.of("PATH", "/bin")));
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
