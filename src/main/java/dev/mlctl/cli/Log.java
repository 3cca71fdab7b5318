package dev.mlctl.cli;

import dev.mlctl.config.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log of the libraries (they log through SLF4J to java.util.logging), on stderr. */
final class Log extends Handler {
  private static final SimpleFormatter TEXT = new SimpleFormatter();

  private final Console console;
  private final Mlctl.LogFormat format;

  private Log(Console console, Mlctl.LogFormat format) {
    this.console = console;
    this.format = format;
  }

  /** Libraries say nothing unless asked: what matters of theirs comes back as a failure. */
  static void start(boolean verbose, Mlctl.LogFormat format, Console console) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(verbose ? Level.INFO : Level.OFF);
    if (verbose) {
      root.addHandler(new Log(console, format));
    }
  }

  @Override
  public void publish(LogRecord entry) {
    String message = TEXT.formatMessage(entry);
    if (format == Mlctl.LogFormat.text) {
      console.error(entry.getLevel() + " " + entry.getLoggerName() + ": " + message + trace(entry));
      return;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("time", entry.getInstant().toString());
    map.put("level", entry.getLevel().getName());
    map.put("logger", entry.getLoggerName());
    map.put("message", message);
    if (entry.getThrown() != null) {
      map.put("trace", trace(entry).strip());
    }
    console.error(Json.write(map));
  }

  private static String trace(LogRecord entry) {
    if (entry.getThrown() == null) {
      return "";
    }
    return System.lineSeparator() + Reporter.trace(entry.getThrown());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
