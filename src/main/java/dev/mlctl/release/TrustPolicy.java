package dev.mlctl.release;

import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.release.signing.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose signatures the bundles of an environment need. It comes from the user's own files and never
 * from the registry, because whoever can write a bundle there could write a policy too.
 *
 * <p>What it protects against: a registry, its storage or the way to it in other hands than the
 * keys'. A bundle that was put there, swapped, or made current by someone without a key is neither
 * deployed, nor rolled back to, nor loaded. What it does not: which of the signed bundles is
 * current is up to whoever can write records (an old one can be brought back, or a revocation be
 * lost with the log rewritten); and whoever can change the policy's files, the key files they name,
 * or the program, has all the power of its user.
 *
 * <p>It holds for an environment's name in whatever registry, so that naming another registry does
 * not shed it. A bundle file named by its path belongs to no environment; for it the entry {@code
 * *} holds, or if there is none any one of the environments' entries has to be met, so that a path
 * into the registry is no way around it. Several policies hold all at once.
 */
public final class TrustPolicy {
  /** Needs no signatures. */
  public static final TrustPolicy NONE = new TrustPolicy(List.of());

  /** The form of {@code trust:} in a configuration file. */
  public static final Shape SHAPE =
      Shape.mapOf(
          Shape.object(
              Key.optional(
                  "keys", Shape.listOf(Shape.text()), "PEM files of public keys, any of which"),
              Key.optional(
                  "threshold",
                  Shape.integer(0, 100),
                  1L,
                  "how many different keys must have signed; 0 needs none")));

  private static final String ANY = "*";

  private final List<Map<String, Requirement>> files;

  private TrustPolicy(List<Map<String, Requirement>> files) {
    this.files = List.copyOf(files);
  }

  /**
   * The policy in a configuration file.
   *
   * @param settings a file with a key of {@link #SHAPE}
   * @param key that key's name, which need not be given
   * @param folder what the paths of keys are relative to
   * @throws Failure of kind USAGE when it can never be met
   */
  public static TrustPolicy from(Settings settings, String key, Path folder) {
    Map<String, Requirement> requirements = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    settings
        .sectionMap(key)
        .forEach(
            (env, entry) -> {
              List<Path> keys = entry.texts("keys").stream().map(folder::resolve).toList();
              Requirement requirement =
                  new Requirement(env, entry.at(), keys, entry.integer("threshold"));
              requirement.fault().ifPresent(problems::add);
              requirements.put(env, requirement);
            });
    if (!problems.isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems, null);
    }
    return requirements.isEmpty() ? NONE : new TrustPolicy(List.of(requirements));
  }

  /** This policy and another one, both of which must be met. */
  public TrustPolicy and(TrustPolicy other) {
    List<Map<String, Requirement>> both = new ArrayList<>(files);
    both.addAll(other.files);
    return new TrustPolicy(both);
  }

  /** True when bundles without a signature cannot be deployed to an environment. */
  public boolean requiresSignature(String env) {
    return !forEnvironment(env).isEmpty();
  }

  /** What an environment requires; all of it must be met. */
  List<List<Requirement>> forEnvironment(String env) {
    return files.stream()
        .filter(file -> file.containsKey(env) || file.containsKey(ANY))
        .map(file -> List.of(file.containsKey(env) ? file.get(env) : file.get(ANY)))
        .filter(entry -> entry.get(0).threshold() > 0)
        .toList();
  }

  /** What a bundle file requires: of each of these lists, one must be met. */
  List<List<Requirement>> forFile() {
    return files.stream()
        .map(file -> file.containsKey(ANY) ? List.of(file.get(ANY)) : List.copyOf(file.values()))
        .map(entries -> entries.stream().filter(entry -> entry.threshold() > 0).toList())
        .filter(entries -> !entries.isEmpty())
        .toList();
  }

  /**
   * One entry of a policy.
   *
   * @param env the environment's name, or {@code *}
   * @param place where it stands
   * @param keyFiles the public keys
   * @param threshold how many of them must have signed
   */
  record Requirement(String env, String place, List<Path> keyFiles, int threshold) {
    Optional<Problem> fault() {
      String why = "";
      if (!env.equals(ANY) && !Names.isName(env)) {
        why = "\"" + env + "\" is not the name of an environment";
      } else if (threshold > keyFiles.size()) {
        why =
            "%s can never be trusted: it asks for %d of %d keys"
                .formatted(env, threshold, keyFiles.size());
      }
      return why.isEmpty() ? Optional.empty() : Optional.of(Problem.of(why).at(place));
    }

    /** The keys, read now: commands that check no signature must not fail for want of them. */
    List<VerifyingKey> keys() {
      return keyFiles.stream().map(VerifyingKey::read).toList();
    }

    /** The names of the key files, for messages. */
    String names() {
      return String.join(
          ", ", keyFiles.stream().map(file -> file.getFileName().toString()).toList());
    }
  }
}
