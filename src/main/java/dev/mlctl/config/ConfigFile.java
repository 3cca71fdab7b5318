package dev.mlctl.config;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Reads YAML configuration: strictly, and with every fault at once.
 *
 * <p>A file is UTF-8, at most 1 MiB, 50 levels deep and 100 000 values long, and holds one
 * document. Tags, anchors, aliases, merge keys, directives, duplicate keys and keys that are no
 * text are faults. Unquoted scalars have the types of the YAML 1.2 core schema; one that YAML
 * readers disagree about ({@code 012}, {@code on}, {@code 190:20:30}, {@code 2026-01-01}, …) must
 * be quoted. A key with an empty or {@code null} value counts as not given. Texts may hold {@code
 * ${env:NAME}} and {@code ${file:PATH}} (relative to the file's directory, line ends at its end
 * dropped); no message ever shows what they stand for.
 *
 * <p>An override is {@code KEY=VALUE} with a dotted key ({@code params.trees=50}); it replaces the
 * value as a whole and is checked as if it stood in the file. The value is a YAML flow value, a
 * quoted text, or a plain scalar up to its end; an empty one unsets the key.
 *
 * <p>Faults are a {@link Failure} of kind USAGE with one {@link Problem} each, in the file's order;
 * at most 100 are listed. A file that does not exist is a NOT_FOUND failure.
 */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads and checks a file.
   *
   * @param shape an object (or tagged) shape
   * @param overrides {@code KEY=VALUE}, applied in order
   * @param env gives an environment variable's value, or null when it is not set
   */
  public static Settings read(
      Path file, Shape shape, List<String> overrides, Function<String, String> env) {
    String yaml = ConfigText.read(file);
    return parse(file.toString(), yaml, shape, overrides, env, directoryOf(file));
  }

  /**
   * Checks YAML text as {@link #read} does.
   *
   * @param fileName used in places
   * @param baseDirectory what {@code ${file:PATH}} is relative to
   */
  public static Settings parse(
      String fileName,
      String yaml,
      Shape shape,
      List<String> overrides,
      Function<String, String> env,
      Path baseDirectory) {
    Faults faults = new Faults();
    Node file = YamlReader.file(fileName, ConfigText.printable(fileName, yaml), faults);
    Node root = new Overrides(faults).apply(file, overrides);
    Object checked = shape.check(root, new Checker(faults, new Secrets(env, baseDirectory)));
    faults.throwIfAny();
    if (checked instanceof Settings settings) {
      return settings;
    }
    throw new IllegalArgumentException("the shape of a file must be an object");
  }

  /**
   * All faults of a file; empty when it is valid.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file
   */
  public static List<Problem> check(Path file, Shape shape, Function<String, String> env) {
    try {
      read(file, shape, List.of(), env);
      return List.of();
    } catch (Failure e) {
      if (e.kind() == FailureKind.USAGE) {
        return e.problems();
      }
      throw e;
    }
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
