package dev.mlctl.score;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /** What may have been meant by a scheme that is none of ours. */
  static Optional<RemoteScheme> nearest(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return named(lower).or(() -> Optional.ofNullable(ALIASES.get(lower)));
  }
}
