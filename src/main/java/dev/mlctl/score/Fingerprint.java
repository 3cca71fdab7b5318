package dev.mlctl.score;

import dev.mlctl.config.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Tells runs apart that would not write the same bytes. */
final class Fingerprint {
  /** Raised whenever the files of a work directory change their meaning. */
  private static final int FORMAT = 3;

  private static final int BYTES = 8;

  private Fingerprint() {}

  /**
   * The fingerprint of a run.
   *
   * @param versions of the input files, in order
   * @param range how long a part is
   */
  static String of(ScoreSpec spec, ScoredModel model, List<String> versions, long range) {
    List<Object> all =
        List.of(
            FORMAT,
            model.digest(),
            model.label(),
            model.challenger().map(tried -> tried.toMap().toString()).orElse(""),
            spec.source().format().name(),
            spec.source().csvOptions().toString(),
            new TreeSet<>(spec.source().nullValues()).toString(),
            spec.sink().toString(),
            spec.deadLetter().toString(),
            spec.output().toString(),
            spec.profile().toString(),
            spec.execution().runner() == Runner.DIRECT,
            versions,
            range);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.write(all).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
