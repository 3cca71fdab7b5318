package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a registry lies in a store.
 *
 * @param scheme {@code gs}, {@code s3} or {@code hdfs}
 * @param root the bucket; host and port of HDFS, empty for its configured default
 * @param path what all names start with, without a slash at either end; may be empty
 */
public record RemoteAddress(String scheme, String root, String path) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)/*(.*)");
  private static final Pattern ROOT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9]{1,5})?");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_=+-][A-Za-z0-9._=+-]*(/[A-Za-z0-9_=+-][A-Za-z0-9._=+-]*)*");

  /** Other names under which people know the same stores. */
  private static final Map<String, String> ALIASES =
      Map.of("s3a", "s3", "s3n", "s3", "gcs", "gs", "webhdfs", "hdfs");

  /**
   * Takes an address apart.
   *
   * @throws Failure of kind USAGE when it is not one of a store that mlctl knows; no message
   *     repeats what may be a password
   */
  static RemoteAddress parse(String location) {
    Matcher form = FORM.matcher(location);
    String scheme = location.replaceFirst(":.*", "");
    if (!form.matches() || !RemoteClients.CLASSES.containsKey(scheme)) {
      throw unknown(scheme, location);
    }
    String root = form.group(2);
    String path = form.group(3).replaceFirst("/+$", "");
    if (root.contains("@")) {
      throw wrong(location, "holds a user or a password", "give credentials in the environment");
    }
    boolean isHdfs = scheme.equals("hdfs");
    if (!(isHdfs && root.isEmpty()) && !ROOT.matcher(root).matches()) {
      throw wrong(location, isHdfs ? "names no host" : "names no bucket", form(scheme));
    }
    if (!(path.isEmpty() || PATH.matcher(path).matches())) {
      throw wrong(location, "has a path that mlctl does not take", form(scheme));
    }
    return new RemoteAddress(scheme, root, path);
  }

  private static Failure unknown(String scheme, String location) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    String near = ALIASES.getOrDefault(lower, lower);
    return Failure.of(FailureKind.USAGE, "registries at %s: are not in this version", scheme)
        .at(withoutCredentials(location))
        .hint(
            RemoteClients.CLASSES.containsKey(near)
                ? "did you mean " + near + "://?"
                : "use a directory, or gs://BUCKET/PATH, s3://BUCKET/PATH or hdfs://HOST/PATH");
  }

  private static Failure wrong(String location, String what, String hint) {
    return Failure.of(FailureKind.USAGE, "the registry's address %s", what)
        .at(withoutCredentials(location))
        .hint(hint);
  }

  private static String form(String scheme) {
    return scheme.equals("hdfs")
        ? "write hdfs://HOST:PORT/PATH, of letters, digits and . _ = + -"
        : "write " + scheme + "://BUCKET/PATH, of letters, digits and . _ = + -";
  }

  private static String withoutCredentials(String location) {
    return location.replaceFirst("//[^/]*@", "//");
  }

  /** The name in the store of an object or a folder, given its key; the empty key is the top. */
  public String name(String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "/" + key;
  }

  /** What the names of everything in a folder start with, and no other name does. */
  public String prefix(String folder) {
    String name = name(folder);
    return name.isEmpty() ? "" : name + "/";
  }

  /** The address of an object or a folder, as a person would write it. */
  String place(String key) {
    String name = name(key);
    return scheme + "://" + root + (name.isEmpty() ? "" : "/" + name);
  }
}
