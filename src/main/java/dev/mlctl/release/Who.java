package dev.mlctl.release;

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
  private static final List<String> JOB_ADDRESSES =
      List.of("CI_JOB_URL", "BUILD_URL", "BUILDKITE_BUILD_URL", "CIRCLE_BUILD_URL");
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

  private static String job(Map<String, String> environment) {
    String run = environment.getOrDefault("GITHUB_RUN_ID", "");
    if (!run.isEmpty()) {
      return environment.getOrDefault("GITHUB_SERVER_URL", "https://github.com")
          + "/"
          + environment.getOrDefault("GITHUB_REPOSITORY", "")
          + "/actions/runs/"
          + run;
    }
    for (String variable : JOB_ADDRESSES) {
      String address = environment.getOrDefault(variable, "");
      if (!address.isEmpty()) {
        return address;
      }
    }
    return environment.getOrDefault("CI_JOB_ID", "");
  }

  private static String clean(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return Draft.wellFormed(plain.substring(0, Math.min(plain.length(), LONGEST)));
  }

  private static String withoutCredentials(String address) {
    return address.replaceFirst("//[^/@]*@", "//");
  }

  /** {@code user@host}, as tables show it. */
  @Override
  public String toString() {
    return host.isEmpty() ? user : user + "@" + host;
  }
}
