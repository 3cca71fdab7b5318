package dev.mlctl.cli;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ended a command into the error form of the manual and an exit code. */
final class Reporter
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
  private final Mlctl mlctl;

  Reporter(Mlctl mlctl) {
    this.mlctl = mlctl;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    if (e.getCause() instanceof Failure failure) {
      return report(failure);
    }
    mlctl.console().problem(CommandLineProblem.of(e));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    return report(e);
  }

  /** Reports anything that was thrown. */
  int report(Throwable thrown) {
    Console console = mlctl.console();
    console.endProgress();
    if (thrown instanceof ParameterException e) {
      return handleParseException(e, new String[0]);
    }
    if (thrown instanceof Failure failure) {
      failure.problems().forEach(console::problem);
      if (mlctl.stacktrace()) {
        console.error(trace(thrown));
      } else if (failure.kind() == FailureKind.PIPELINE) {
        String what = mlctl.runLog() == null ? "trace" : "whole log";
        console.error("  the " + what + " is in " + keep(trace(thrown)));
      }
      return ExitCode.of(failure.kind());
    }
    console.problem(
        thrown instanceof OutOfMemoryError
            ? Problem.of("out of memory: " + thrown.getMessage())
                .hint("give it more with MLCTL_JAVA_OPTS=-Xmx4g")
            : Problem.of("a bug in mlctl: " + thrown)
                .hint("please report it with the trace in " + keep(trace(thrown))));
    if (mlctl.stacktrace()) {
      console.error(trace(thrown));
    }
    return ExitCode.BUG;
  }

  /** The code of a command that went well, if what it printed got out. */
  int outputCode() {
    IOException lost = mlctl.terminal().stdout().failure();
    if (lost == null) {
      return ExitCode.OK;
    }
    String committed = mlctl.console().committed();
    String what = "cannot write to standard output: " + lost.getMessage();
    Failure failure =
        committed.isEmpty()
            ? Failure.of(FailureKind.STORAGE, "%s", what)
            : Failure.of(FailureKind.UNKNOWN_OUTCOME, "%s was made, but %s", committed, what)
                .hint("do not make it again; \"mlctl history\" shows it");
    return report(failure.causedBy(lost));
  }

  /** Writes a trace to a file of its own and says where. */
  private String keep(String trace) {
    try {
      if (mlctl.runLog() != null) {
        return mlctl.runLog().keep(trace).toString();
      }
      Path folder = Places.errors(mlctl.terminal());
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "mlctl-", ".log");
      Files.writeString(file, trace);
      return file.toString();
    } catch (IOException e) {
      return "(not kept: " + e + "; run it again with --stacktrace)";
    }
  }

  /** The trace as Java prints it, for a file or when it was asked for. */
  static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
