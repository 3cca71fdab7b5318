package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program under strace(1), which tells of its system calls and can kill it at one, or
 * make one fail. Only the JVM is traced, not the shell that starts it: the program is given a
 * {@code JAVA_HOME} whose {@code java} runs the real one under strace.
 */
final class Strace {
  private static final String OPTIONS = "MLCTL_TEST_STRACE";

  // Both make the JVM look at files that come and go with other processes, or with the time.
  private static final String STEADY = "-XX:-UsePerfData -XX:-UseContainerSupport";

  // A name that this machine's kernel does not have is passed over because of the question mark.
  private static final String FILE_CALLS =
      """
      openat open creat write pwrite64 writev fsync fdatasync sync_file_range fallocate link linkat
      symlink symlinkat rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat ftruncate
      truncate chmod fchmod fchmodat utimensat access faccessat faccessat2 stat lstat statx
      newfstatat fstat read pread64 lseek getdents64 close readlink readlinkat
      """
          .strip()
          .replaceAll("\\s+", ",?");

  private final Path javaHome;

  private Strace(Path javaHome) {
    this.javaHome = javaHome;
  }

  /** True when strace is here and may trace. */
  static boolean isHere() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  "strace", "-f", "-e", "inject=fsync:retval=0:when=1", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the {@code JAVA_HOME} in a new folder. */
  static Strace in(Path folder) throws IOException {
    Path real = Path.of(System.getProperty("java.home"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.copy(real.resolve("release"), folder.resolve("release"));
    String script =
        """
        #!/bin/sh
        case " $* " in
          *' -Dmlctl.tty='*) exec strace -f -qq -y $%s -- %s "$@" ;;
          *) exec %2$s "$@" ;;
        esac
        """;
    Path java =
        Files.writeString(bin.resolve("java"), script.formatted(OPTIONS, real.resolve("bin/java")));
    assertTrue(java.toFile().setExecutable(true));
    return new Strace(folder);
  }

  /** The program, its JVM to be run under strace with these options; they hold no spaces. */
  Program options(Program program, String... options) {
    return program
        .with("JAVA_HOME", javaHome.toString())
        .with("MLCTL_JAVA_OPTS", STEADY)
        .with(OPTIONS, String.join(" ", options));
  }

  /** The program, all its calls on files to be written to a trace. */
  Program watched(Program program, Path trace) {
    return options(program, "-e", "trace=?" + FILE_CALLS, "-o", trace.toString());
  }

  /**
   * The program, with something to happen at one call, such as {@code signal=KILL}.
   *
   * @param when which of a thread's calls of that name: {@code 3}, or {@code 3+} for all from there
   */
  Program injected(Program program, Path trace, String call, String when, String fault) {
    String inject = "inject=" + call + ":" + fault + ":when=" + when;
    return options(program, "-e", "trace=" + call, "-e", inject, "-o", trace.toString());
  }
}
