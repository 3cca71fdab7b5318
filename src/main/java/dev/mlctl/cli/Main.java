package dev.mlctl.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;

/** Where the program starts, and the only place that ends it. */
public final class Main {
  private Main() {}

  /** Runs mlctl and exits with the command's code. */
  public static void main(String[] arguments) {
    RunnerProcess.endWithParent(() -> System.exit(ExitCode.TERMINATED));
    Terminal terminal =
        Terminal.of(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            System.getProperty("mlctl.tty", ""),
            System.getenv());
    System.exit(Mlctl.run(terminal, arguments));
  }
}
