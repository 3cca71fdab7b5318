package dev.mlctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log of an engine's client in a file, which is kept when the run fails. */
final class RunLog implements AutoCloseable {
  private final Path file;
  private final FileHandler handler;
  private boolean kept;

  private RunLog(Path file, FileHandler handler) {
    this.file = file;
    this.handler = handler;
  }

  /** Starts one in a folder, which is made. */
  static RunLog start(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "mlctl-", ".log");
    FileHandler handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(handler);
    return new RunLog(file, handler);
  }

  /** Ends it with the trace of what the run failed with, and says where it is. */
  Path keep(String trace) throws IOException {
    kept = true;
    stop();
    return Files.writeString(file, trace, StandardOpenOption.APPEND);
  }

  /** Ends it, and removes it unless somebody was told where it is. */
  @Override
  public void close() {
    stop();
    try {
      if (!kept) {
        Files.delete(file);
      }
    } catch (IOException e) {
      return; // it says nothing that anybody needs
    }
  }

  private void stop() {
    Logger.getLogger("").removeHandler(handler);
    handler.close();
  }
}
