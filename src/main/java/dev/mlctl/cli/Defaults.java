package dev.mlctl.cli;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import dev.mlctl.release.TrustPolicy;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of global options that were not given as flags: from {@code MLCTL_*}, then {@code
 * mlctl.yaml} in the working directory, then the user's configuration file.
 */
final class Defaults implements IDefaultValueProvider {
  /** What both configuration files may say. */
  static final Shape SHAPE =
      Shape.object(
          Key.optional("registry", Shape.text(), "where releases are kept"),
          Key.optional("format", Shape.oneOf("table", "json", "yaml"), "what is printed"),
          Key.optional("log_format", Shape.oneOf("text", "json"), "how the log is written"),
          Key.optional("color", Shape.oneOf("auto", "always", "never"), "when to use colour"),
          Key.optional("progress", Shape.oneOf("auto", "plain", "none"), "how to show progress"),
          Key.optional(
              "trust", TrustPolicy.SHAPE, "whose signatures an environment's bundles need"));

  private static final List<String> OPTIONS =
      List.of("--registry", "--format", "--log-format", "--color", "--progress");

  private final Terminal terminal;
  private final List<Settings> files;
  private final TrustPolicy policy;

  private Defaults(Terminal terminal, List<Settings> files, TrustPolicy policy) {
    this.terminal = terminal;
    this.files = files;
    this.policy = policy;
  }

  /**
   * Reads what files there are.
   *
   * @throws dev.mlctl.error.Failure of kind USAGE when one of them is wrong
   */
  static Defaults load(Terminal terminal) {
    List<Settings> files = new ArrayList<>();
    TrustPolicy policy = TrustPolicy.NONE;
    for (Path file : List.of(Path.of("mlctl.yaml"), Places.configuration(terminal))) {
      // A link that leads nowhere is read too, and fails: it may have led to a policy.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Settings settings = ConfigFile.read(file, SHAPE, List.of(), terminal.environment()::get);
        files.add(settings);
        policy = policy.and(TrustPolicy.from(settings, "trust", Folder.of(file)));
      }
    }
    return new Defaults(terminal, files, policy);
  }

  /** What both files together say about trust; unlike other values, neither hides the other's. */
  TrustPolicy policy() {
    return policy;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !OPTIONS.contains(option.longestName())) {
      return null;
    }
    String key = option.longestName().substring(2).replace('-', '_');
    String variable = terminal.variable("MLCTL_" + key.toUpperCase(Locale.ROOT));
    if (!variable.isEmpty()) {
      return variable;
    }
    return files.stream().filter(f -> f.has(key)).findFirst().map(f -> f.text(key)).orElse(null);
  }
}
