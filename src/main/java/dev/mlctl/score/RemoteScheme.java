package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of store a path may name besides this machine's own files. */
enum RemoteScheme {
  /** Google Cloud Storage. */
  GS("org.apache.beam.sdk.extensions.gcp.storage.GcsFileSystemRegistrar"),
  /** Amazon S3 and what speaks its protocol. */
  S3("org.apache.beam.sdk.io.aws2.s3.S3FileSystemRegistrar"),
  /** The Hadoop Distributed File System. */
  HDFS("org.apache.beam.sdk.io.hdfs.HadoopFileSystemRegistrar");

  private static final Pattern URI =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*", Pattern.DOTALL);

  /** Other names under which people know the same stores. */
  private static final Map<String, RemoteScheme> ALIASES =
      Map.of("s3a", S3, "s3n", S3, "gcs", GS, "webhdfs", HDFS);

  private final String registrar;

  RemoteScheme(String registrar) {
    this.registrar = registrar;
  }

  /** The scheme as it stands in a path. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class by which Beam finds the file system. */
  String registrar() {
    return registrar;
  }

  /** What a path starts with before {@code ://}, known to us or not; empty for a local path. */
  static Optional<String> schemeOf(String path) {
    Matcher matcher = URI.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The store of a path; empty for a local path and for a scheme that is none of ours. */
  static Optional<RemoteScheme> of(String path) {
    return schemeOf(path).flatMap(RemoteScheme::named);
  }

  private static Optional<RemoteScheme> named(String scheme) {
    return List.of(values()).stream().filter(s -> s.text().equals(scheme)).findFirst();
  }

  /**
   * The stores that paths name.
   *
   * @throws Failure of kind USAGE when one is neither local nor of a store that mlctl can use
   */
  static Set<RemoteScheme> all(Collection<String> paths) {
    Set<RemoteScheme> schemes = EnumSet.noneOf(RemoteScheme.class);
    for (String path : paths) {
      requireKnown(path);
      of(path).ifPresent(schemes::add);
    }
    return schemes;
  }

  /**
   * Checks a path.
   *
   * @throws Failure of kind USAGE when it is neither local nor of a store that mlctl can use
   */
  static void requireKnown(String path) {
    Optional<RemoteScheme> known = of(path);
    known.ifPresent(scheme -> RemotePath.parse(path));
    if (known.isEmpty() && schemeOf(path).isPresent()) {
      String scheme = schemeOf(path).get();
      throw Failure.of(FailureKind.USAGE, "mlctl cannot read or write %s:// paths", scheme)
          .at(path)
          .hint(
              nearest(scheme)
                  .map(near -> "did you mean " + near.text() + "://?")
                  .orElse("it can use local paths, gs://, s3:// and hdfs://"));
    }
  }

  private static Optional<RemoteScheme> nearest(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return named(lower).or(() -> Optional.ofNullable(ALIASES.get(lower)));
  }
}
