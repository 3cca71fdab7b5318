package dev.mlctl.cli;

import dev.mlctl.config.Json;
import dev.mlctl.config.YamlWriter;
import dev.mlctl.data.Progress;
import dev.mlctl.error.Problem;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The only thing that writes to stdout and stderr. Results go to stdout; progress, notes and errors
 * go to stderr, each coloured only where its own stream is a terminal that wants it.
 */
final class Console implements AutoCloseable {
  private final Terminal terminal;
  private final PrintStream out;
  private final PrintStream err;
  private final Mlctl.Format format;
  private final Style outStyle;
  private final Style errStyle;
  private final boolean quiet;
  private final ProgressLine progress;
  private String committed = "";

  Console(
      Terminal terminal,
      Mlctl.Format format,
      Mlctl.When color,
      Mlctl.ProgressMode mode,
      boolean quiet) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.err = terminal.err();
    this.format = format;
    this.outStyle = new Style(isColored(color, terminal, 1));
    this.errStyle = new Style(isColored(color, terminal, 2));
    this.quiet = quiet;
    this.progress = new ProgressLine(err, progressMode(mode));
  }

  private ProgressLine.Mode progressMode(Mlctl.ProgressMode mode) {
    boolean dumb = terminal.variable("TERM").equals("dumb");
    if (quiet || mode == Mlctl.ProgressMode.none) {
      return ProgressLine.Mode.NONE;
    }
    if (mode == Mlctl.ProgressMode.plain) {
      return ProgressLine.Mode.LINES;
    }
    return terminal.isTerminal(2) && !dumb ? ProgressLine.Mode.ONE_LINE : ProgressLine.Mode.NONE;
  }

  /** Whether a stream is to be coloured: asked for, or a terminal that takes it (no-color.org). */
  static boolean isColored(Mlctl.When when, Terminal terminal, int descriptor) {
    return switch (when) {
      case always -> true;
      case never -> false;
      case auto ->
          terminal.isTerminal(descriptor)
              && terminal.variable("NO_COLOR").isEmpty()
              && !terminal.variable("TERM").equals("dumb");
    };
  }

  /** Remembers what was committed, for when stdout does not take the result. */
  void committed(String release) {
    committed = release;
  }

  /** What was committed, or empty. */
  String committed() {
    return committed;
  }

  /** Prints a result in the form the user asked for. */
  void result(Map<String, Object> machine, Supplier<String> human) {
    endProgress();
    out.print(rendered(machine, human));
    out.flush();
  }

  /** Prints one of many results: JSON on one line, YAML as a document of its own. */
  void oneOfMany(Map<String, Object> machine, Supplier<String> human) {
    endProgress();
    out.print(
        switch (format) {
          case json -> Json.write(machine) + "\n";
          case yaml -> "---\n" + YamlWriter.write(machine);
          case table -> human.get();
        });
    out.flush();
  }

  /** Prints a result beside data that has stdout for itself. */
  void resultBeside(Map<String, Object> machine, Supplier<String> human) {
    endProgress();
    if (!quiet) {
      err.print(rendered(machine, human));
    }
  }

  private String rendered(Map<String, Object> machine, Supplier<String> human) {
    return switch (format) {
      case json -> Json.pretty(machine);
      case yaml -> YamlWriter.write(machine);
      case table -> human.get();
    };
  }

  /** Prints text that is data, as it is. */
  void data(String text) {
    out.print(text);
    out.flush();
  }

  /** One line for a person, on stderr. */
  void note(String line) {
    if (!quiet) {
      endProgress();
      err.println(line);
    }
  }

  /** One line that must be seen, on stderr. */
  void warn(String line) {
    endProgress();
    err.println(errStyle.warning("warning:") + " " + line);
  }

  /** An error in the manual's form. */
  void problem(Problem problem) {
    endProgress();
    err.println(errStyle.bad("error:") + " " + problem.message());
    if (!problem.at().isEmpty()) {
      err.println("  at " + problem.at());
    }
    if (!problem.hint().isEmpty()) {
      err.println(errStyle.good("hint:") + " " + problem.hint());
    }
    err.flush();
  }

  /** A line of an error or a log, on stderr. */
  void error(String line) {
    endProgress();
    err.println(line);
  }

  /** Where long work tells how far it is. */
  Progress progress() {
    return new Progress() {
      @Override
      public void at(String step, long done, long total) {
        progress.at(step, done, total);
      }

      @Override
      public void note(String line) {
        Console.this.note(line);
      }
    };
  }

  /** Takes the progress line away, so that something else can be printed. */
  void endProgress() {
    progress.clear();
  }

  /** The colours of stdout. */
  Style style() {
    return outStyle;
  }

  /** The colours of stderr. */
  Style errStyle() {
    return errStyle;
  }

  /** The process's standard input. */
  InputStream in() {
    return terminal.in();
  }

  /** Standard output itself, for data that streams. */
  OutputStream out() {
    return terminal.stdout();
  }

  @Override
  public void close() {
    endProgress();
    out.flush();
    err.flush();
  }
}
