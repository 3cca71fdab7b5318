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
  private final ScoreSpec spec;
  private final OwnFiles own;

  /**
   * The targets of a run.
   *
   * @param work where an earlier try of the same run may have left word of what it published
   */
  Targets(ScoreSpec spec, WorkDirectory work) {
    this.spec = spec;
    this.own = new OwnFiles(work);
  }

  /**
   * Checks the output and the dead letter.
   *
   * @param inputs the input files
   * @throws Failure of kind USAGE when one is an input, the other one, or no file; CONFLICT when
   *     one exists and is not to be replaced
   */
  void check(List<String> inputs) {
    ScoreSink sink = spec.sink();
    List<String> targets = new ArrayList<>();
    try {
      if (!sink.isStdout()) {
        String target = sink.target();
        targets.add(target);
        check(target, sink.isDirectory(), inputs, own.isOutput(target));
      }
      ScoreSink dead = spec.deadLetter().map(DeadLetter::sink).orElse(null);
      if (dead != null && !dead.isStdout()) {
        targets.add(dead.path());
        check(dead.path(), false, inputs, own.isDeadLetter(dead.path()));
      }
      if (targets.size() == 2 && isSame(targets.get(0), targets.get(1))) {
        throw Failure.of(FailureKind.USAGE, "the dead letter is the output itself")
            .at(targets.get(0));
      }
    } catch (IOException e) {
      throw IoFailure.writing(spec.sink().path(), e);
    }
  }

  private void check(String target, boolean directory, List<String> inputs, boolean ours)
      throws IOException {
    Storage storage = Storage.of(target);
    if (!storage.exists(target)) {
      return;
    }
    for (String input : inputs) {
      if (isSame(input, target)) {
        throw Failure.of(FailureKind.USAGE, "the output is one of the inputs")
            .at(target)
            .hint("write to another file and rename it afterwards");
      }
    }
    if (directory) {
      checkDirectory(target, ours);
      return;
    }
    if (storage.isDirectory(target)) {
      throw Failure.of(FailureKind.USAGE, "the output is a directory")
          .at(target)
          .hint("end the path with a slash to write files into a directory of that name");
    }
    if (storage instanceof LocalStorage && !Files.isRegularFile(Path.of(target))) {
      // It would be replaced, not written to: all that want /dev/null would then find a file there.
      throw Failure.of(FailureKind.USAGE, "the output is a device or a pipe, not a file")
          .at(target)
          .hint("write to standard output (-) and redirect that");
    }
    if (!spec.overwrite() && !ours) {
      throw Publisher.exists(target);
    }
  }

  /** A directory is replaced whole, so it must hold nothing but what a run has written. */
  private void checkDirectory(String target, boolean ours) throws IOException {
    Storage storage = Storage.of(target);
    if (!storage.isDirectory(target)) {
      throw Failure.of(FailureKind.USAGE, "the output is to be a directory, and is a file")
          .at(target);
    }
    if (storage.list(target).isEmpty() || ours) {
      return;
    }
    if (!spec.overwrite()) {
      throw Publisher.exists(target);
    }
    if (!storage.exists(storage.resolve(target, Manifest.NAME))) {
      throw Failure.of(FailureKind.USAGE, "the directory holds more than an output of mlctl")
          .at(target)
          .hint("--overwrite replaces a directory only if it has a " + Manifest.NAME);
    }
  }

  private static boolean isSame(String one, String other) throws IOException {
    if (!(Storage.of(one) instanceof LocalStorage)
        || !(Storage.of(other) instanceof LocalStorage)) {
      return one.equals(other);
    }
    return canonical(Path.of(one)).equals(canonical(Path.of(other)))
        || (Files.exists(Path.of(one))
            && Files.exists(Path.of(other))
            && Files.isSameFile(Path.of(one), Path.of(other)));
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
