package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks, before any work, that the files to write can be published without harm. */
final class Targets {
  private Targets() {}

  /**
   * Checks the output and the dead letter.
   *
   * @throws Failure of kind USAGE when one is an input, a directory or the other one; CONFLICT when
   *     one exists and is not to be replaced
   */
  static void check(ScoreSpec spec, List<Path> inputs) {
    List<Path> targets = new ArrayList<>();
    if (!spec.sink().isStdout()) {
      targets.add(Path.of(spec.sink().path()));
    }
    spec.deadLetter()
        .map(DeadLetter::sink)
        .filter(sink -> !sink.isStdout())
        .ifPresent(sink -> targets.add(Path.of(sink.path())));
    try {
      for (Path target : targets) {
        check(target, inputs, spec.overwrite());
      }
      if (targets.size() == 2 && canonical(targets.get(0)).equals(canonical(targets.get(1)))) {
        throw Failure.of(FailureKind.USAGE, "the dead letter is the output itself")
            .at(targets.get(0).toString());
      }
    } catch (IOException e) {
      throw IoFailure.writing(spec.sink().path(), e);
    }
  }

  private static void check(Path target, List<Path> inputs, boolean overwrite) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    for (Path input : inputs) {
      if (Files.isSameFile(input, target)) {
        throw Failure.of(FailureKind.USAGE, "the output is one of the inputs")
            .at(target.toString())
            .hint("write to another file and rename it afterwards");
      }
    }
    if (Files.isDirectory(target)) {
      throw Failure.of(FailureKind.USAGE, "the output is a directory").at(target.toString());
    }
    if (!overwrite) {
      throw FinalFile.exists(target);
    }
  }

  /** The path with every link in the part that exists followed. */
  private static Path canonical(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing.toRealPath().resolve(existing.relativize(absolute));
  }
}
