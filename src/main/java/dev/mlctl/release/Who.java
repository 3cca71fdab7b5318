package dev.mlctl.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who commits a release, as far as the machine can tell. It is a note for people, not a proof.
 *
 * @param user the account's name, or empty
 * @param host the machine's name, or empty
 * @param ci the address of the CI job, without credentials, or empty outside CI
 */
public record Who(String user, String host, String ci) {
  /**
   * What names a job, best first: GitLab, CircleCI and Jenkins; the last two are what GitLab and
   * Jenkins set when their server does not know its own address.
   */
  private static final List<String> JOBS =
      List.of("CI_JOB_URL", "CIRCLE_BUILD_URL", "BUILD_URL", "CI_JOB_ID", "BUILD_TAG");

  private static final int LONGEST = 500;

  /** Bounds the parts and takes control characters out of them. */
  public Who {
    user = clean(Objects.requireNonNull(user, "user"));
    host = clean(Objects.requireNonNull(host, "host"));
    ci = withoutCredentials(clean(Objects.requireNonNull(ci, "ci")));
  }

  /**
   * Who is at work, with the CI job if the environment names one (GitHub Actions, GitLab, Jenkins,
   * Buildkite, CircleCI).
   *
   * @param environment the process's environment variables
   * @param user the account's name, such as the system property {@code user.name}
   * @param host the machine's name, or empty to take it from the environment
   */
  public static Who from(Map<String, String> environment, String user, String host) {
    String known =
        host.isEmpty()
            ? environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""))
            : host;
    return new Who(user, known, job(environment));
  }

  /** By the variables that the five document; each sets only its own. */
  private static String job(Map<String, String> environment) {
    String run = environment.getOrDefault("GITHUB_RUN_ID", "");
    if (!run.isEmpty()) {
      return environment.getOrDefault("GITHUB_SERVER_URL", "https://github.com")
          + "/"
          + environment.getOrDefault("GITHUB_REPOSITORY", "")
          + "/actions/runs/"
          + run
          + part("/attempts/", environment.getOrDefault("GITHUB_RUN_ATTEMPT", ""));
    }
    String build = environment.getOrDefault("BUILDKITE_BUILD_URL", "");
    if (!build.isEmpty()) {
      return build + part("#", environment.getOrDefault("BUILDKITE_JOB_ID", ""));
    }
    return JOBS.stream()
        .map(variable -> environment.getOrDefault(variable, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String part(String before, String value) {
    return value.isEmpty() ? "" : before + value;
  }

  private static String clean(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return Draft.wellFormed(plain.substring(0, Math.min(plain.length(), LONGEST)));
  }

  private static String withoutCredentials(String address) {
    return address.replaceFirst("//[^/@]*@", "//");
  }

  /** The parts by name; for JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("user", user);
    map.put("host", host);
    map.put("ci", ci);
    return map;
  }

  /** {@code user@host}, as tables show it. */
  @Override
  public String toString() {
    return host.isEmpty() ? user : user + "@" + host;
  }
}
