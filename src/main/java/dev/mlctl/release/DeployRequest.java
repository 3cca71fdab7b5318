package dev.mlctl.release;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wish to make a bundle the current release of an environment. Fill it in, then hand it over; not
 * safe for use by several threads.
 */
public final class DeployRequest {
  final String place;
  final byte[] bundle;
  final String env;
  String reason = "";
  List<String> gates = List.of();
  Optional<Path> gateData = Optional.empty();
  List<SignatureFile> signatures = List.of();
  OptionalLong expectCurrent = OptionalLong.empty();
  Optional<String> idempotencyKey = Optional.empty();
  boolean allowIncompatible;
  boolean dryRun;

  private DeployRequest(String place, byte[] bundle, String env) {
    this.place = Objects.requireNonNull(place, "place");
    this.bundle = Objects.requireNonNull(bundle, "bundle");
    this.env = Objects.requireNonNull(env, "env");
  }

  /**
   * A deploy without any conditions.
   *
   * @param place where the bundle comes from, for messages
   * @param bundle the bundle's bytes; not copied and not changed
   * @param env the environment's name
   */
  public static DeployRequest of(String place, byte[] bundle, String env) {
    return new DeployRequest(place, bundle, env);
  }

  /** Why, for the record; at most 4000 characters. */
  public DeployRequest reason(String text) {
    reason = text;
    return this;
  }

  /**
   * Expressions over the metrics of the bundle and of the current release that must hold; see
   * {@link dev.mlctl.model.Gate}. They are read in any case and judged only if there is something
   * to deploy.
   */
  public DeployRequest gates(List<String> expressions) {
    gates = List.copyOf(expressions);
    return this;
  }

  /**
   * A file of labelled rows to judge the gates on instead of the metrics stored in the bundles. The
   * bundle and the current release are judged on the same rows.
   */
  public DeployRequest gateData(Path file) {
    gateData = Optional.of(file);
    return this;
  }

  /** Signatures that come with the bundle; those that are of it are kept in the registry. */
  public DeployRequest signatures(List<SignatureFile> files) {
    signatures = List.copyOf(files);
    return this;
  }

  /** Deploy only if this release is the current one; 0 means that there is none yet. */
  public DeployRequest expectCurrent(long number) {
    expectCurrent = OptionalLong.of(number);
    return this;
  }

  /** A key that makes it harmless to send the same request again; at most 200 characters. */
  public DeployRequest idempotencyKey(String key) {
    idempotencyKey = Optional.of(key);
    return this;
  }

  /** Deploy even though callers of the current release would have to change what they send. */
  public DeployRequest allowIncompatible(boolean allow) {
    allowIncompatible = allow;
    return this;
  }

  /** Do everything but write. */
  public DeployRequest dryRun(boolean dry) {
    dryRun = dry;
    return this;
  }
}
