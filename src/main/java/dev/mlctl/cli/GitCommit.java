package dev.mlctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The commit a directory is at (gitrepository-layout(5)), read without running git. */
final class GitCommit {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40,64}");

  private GitCommit() {}

  /** The commit's hash, or empty outside a repository or before its first commit. */
  static String of(Path directory) {
    Path folder = directory.toAbsolutePath().normalize();
    while (folder != null && !Files.isRegularFile(folder.resolve(".git/HEAD"))) {
      folder = folder.getParent();
    }
    try {
      return folder == null ? "" : hash(folder.resolve(".git"));
    } catch (IOException e) {
      return "";
    }
  }

  private static String hash(Path git) throws IOException {
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (!head.startsWith("ref: ")) {
      return checked(head);
    }
    String ref = head.substring(5);
    if (Files.isRegularFile(git.resolve(ref))) {
      return checked(Files.readString(git.resolve(ref)).strip());
    }
    if (!Files.isRegularFile(git.resolve("packed-refs"))) {
      return "";
    }
    return Files.readAllLines(git.resolve("packed-refs")).stream()
        .filter(line -> line.endsWith(" " + ref))
        .map(line -> checked(line.substring(0, line.indexOf(' '))))
        .findFirst()
        .orElse("");
  }

  private static String checked(String hash) {
    return HASH.matcher(hash).matches() ? hash : "";
  }
}
