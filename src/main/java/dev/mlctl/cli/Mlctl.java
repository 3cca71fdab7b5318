package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.Registry;
import dev.mlctl.release.Releases;
import dev.mlctl.release.TrustPolicy;
import dev.mlctl.release.Who;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: its commands and the options they all share. */
@Command(
    name = "mlctl",
    customSynopsis = "mlctl COMMAND [OPTIONS]",
    description = "Takes a machine-learning model through its whole life.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ok",
      "1:a bug in mlctl",
      "2:the command line or a configuration file is wrong",
      "3:input data cannot be used",
      "4:a bundle or a log is invalid",
      "5:a signature is missing or wrong, or a release was revoked",
      "6:conflict: something else is there already, or is current",
      "7:not found",
      "8:storage failed, nothing was committed",
      "9:the outcome is unknown",
      "10:the pipeline failed",
      "11:a gate did not hold or a threshold was breached",
      "130:interrupted (143 when terminated)"
    },
    subcommands = {
      TrainCommand.class,
      SerializeCommand.class,
      DeployCommand.class,
      PlanCommand.class,
      ScoreCommand.class,
      MonitorCommand.class,
      RollbackCommand.class,
      HistoryCommand.class,
      ListCommand.class,
      ShowCommand.class,
      VerifyCommand.class,
      PruneCommand.class,
      ValidateCommand.class,
      InitCommand.class,
      CompletionCommand.class
    })
final class Mlctl implements Runnable {
  private final Terminal terminal;
  private Console console;
  private TrustPolicy policy = TrustPolicy.NONE;
  private List<String> arguments = List.of();
  private RunLog runLog;

  @Option(
      names = "--registry",
      paramLabel = "URI",
      scope = ScopeType.INHERIT,
      order = 101,
      defaultValue = ".mlctl/registry",
      description = {"Where releases are kept", "(default: ${DEFAULT-VALUE})."})
  private String registry;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      order = 102,
      defaultValue = "table",
      description = "What is printed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      order = 103,
      description = "Print results and errors only.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      order = 104,
      description = "Print the log of the libraries too.")
  private boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      order = 105,
      defaultValue = "text",
      description = "How the log is written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private LogFormat logFormat;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      order = 106,
      defaultValue = "auto",
      description = "Use colour: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private When color;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      scope = ScopeType.INHERIT,
      order = 107,
      defaultValue = "auto",
      description = "Show progress: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ProgressMode progress;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      order = 108,
      description = "Print the trace of an error.")
  private boolean stacktrace;

  private Mlctl(Terminal terminal) {
    this.terminal = terminal;
  }

  /** What results look like. */
  enum Format {
    table,
    json,
    yaml
  }

  /** How log lines look. */
  enum LogFormat {
    text,
    json
  }

  /** Whether something is done. */
  enum When {
    auto,
    always,
    never
  }

  /** How progress is shown. */
  enum ProgressMode {
    auto,
    plain,
    none
  }

  /** Runs one command line and returns its exit code. */
  static int run(Terminal terminal, String... arguments) {
    Mlctl mlctl = new Mlctl(terminal);
    mlctl.arguments = List.of(arguments);
    CommandLine line = commandLine(mlctl);
    Reporter reporter = new Reporter(mlctl);
    line.setParameterExceptionHandler(reporter);
    line.setExecutionExceptionHandler(reporter);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(mlctl.helpColor(arguments)));
    try {
      Defaults defaults = Defaults.load(terminal);
      mlctl.policy = defaults.policy();
      line.setDefaultValueProvider(defaults);
      int code = line.execute(arguments);
      terminal.out().flush();
      return code == ExitCode.OK ? reporter.outputCode() : code;
    } catch (RuntimeException | OutOfMemoryError e) {
      return reporter.report(e);
    } finally {
      if (mlctl.runLog != null) {
        mlctl.runLog.close();
      }
      mlctl.console().close();
    }
  }

  /** The commands without a terminal, for man pages and completions. */
  static CommandLine commandLine() {
    return commandLine(new Mlctl(null));
  }

  private static CommandLine commandLine(Mlctl mlctl) {
    CommandLine line = new CommandLine(mlctl);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(80);
    line.setUsageHelpLongOptionsMaxWidth(24);
    line.setAbbreviatedOptionsAllowed(false);
    line.getSubcommands()
        .values()
        .forEach(
            sub ->
                sub.getCommandSpec()
                    .usageMessage()
                    .exitCodeListHeading("%nFor the exit codes see \"mlctl --help\".%n")
                    .exitCodeList(Map.of()));
    // After "--" come the runner's own options, which look like ours.
    line.setEndOfOptionsDelimiter("--");
    return line;
  }

  private CommandLine.Help.Ansi helpColor(String... arguments) {
    boolean never = List.of(arguments).contains("--color=never");
    return !never && Console.isColored(When.auto, terminal, 1)
        ? CommandLine.Help.Ansi.ON
        : CommandLine.Help.Ansi.OFF;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(new CommandLine(this), "no command given");
  }

  /** What the command prints through, made when its options are known. */
  Console console() {
    if (console == null) {
      console =
          new Console(
              terminal,
              format == null ? Format.table : format,
              color == null ? When.auto : color,
              progress == null ? ProgressMode.auto : progress,
              quiet);
    }
    return console;
  }

  Terminal terminal() {
    return terminal;
  }

  /** Keeps the log of an engine's client until it is known how the run ends. */
  void startRunLog() {
    try {
      runLog = RunLog.start(Places.errors(terminal));
    } catch (IOException e) {
      console().warn("the log of this run is not kept: " + e.getMessage());
    }
  }

  /** Null unless it was started. */
  RunLog runLog() {
    return runLog;
  }

  /** The command line as given. */
  List<String> arguments() {
    return arguments;
  }

  boolean verbose() {
    return verbose;
  }

  /** How lines of a log are to look. */
  LogFormat logFormat() {
    return logFormat;
  }

  boolean stacktrace() {
    return stacktrace;
  }

  /** The registry's location as given. */
  String registry() {
    return registry;
  }

  /** Whose signatures the bundles of an environment need. */
  TrustPolicy policy() {
    return policy;
  }

  /** The registry that the options name. */
  Registry openRegistry() {
    if (Registry.isRemote(registry)) {
      startLog();
    }
    return Registry.open(registry, terminal.environment());
  }

  /** Its releases. */
  Releases releases() {
    return new Releases(openRegistry(), who(), Clock.systemUTC(), new SecureRandom(), policy);
  }

  /** Who is at work, for the registry's records. */
  Who who() {
    return Who.from(
        terminal.environment(), System.getProperty("user.name", ""), Host.name(terminal));
  }

  /** Refuses --set where there is no CONFIG with keys to override: it would do nothing. */
  static void requireConfig(List<String> overrides) {
    if (!overrides.isEmpty()) {
      throw Failure.of(
              FailureKind.USAGE,
              "--set %s needs a CONFIG whose key it overrides",
              overrides.get(0).replaceFirst("=.*", ""))
          .hint("write a configuration file: \"mlctl init\" makes some to start from");
    }
  }

  /**
   * Sends the libraries' log where the options say; commands that start a library call it first.
   */
  void startLog() {
    Log.start(verbose, logFormat, console());
  }
}
