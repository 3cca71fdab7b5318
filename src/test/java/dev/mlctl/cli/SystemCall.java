package dev.mlctl.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system call on a file, as strace tells of it.
 *
 * @param name the call's name
 * @param path the file, from the watched folder on; {@code *} stands for a random part
 * @param ordinal which of its thread's calls of that name it is, from 1 on
 * @param creates true when it is an {@code open} that creates the file
 */
record SystemCall(String name, String path, int ordinal, boolean creates) {
  private static final Set<String> READING =
      Set.of(
          "access",
          "faccessat",
          "faccessat2",
          "stat",
          "lstat",
          "statx",
          "newfstatat",
          "fstat",
          "read",
          "pread64",
          "lseek",
          "getdents64",
          "close",
          "readlink",
          "readlinkat");
  private static final Pattern STARTED = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
  private static final Pattern RANDOM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** The calls of a trace on what is in a folder, in their order. */
  static List<SystemCall> in(List<String> trace, String folder) {
    Pattern inFolder = Pattern.compile(Pattern.quote(folder + "/") + "([^\">]*)");
    Map<String, Integer> counts = new HashMap<>();
    List<SystemCall> calls = new ArrayList<>();
    for (String line : trace) {
      Matcher started = STARTED.matcher(line);
      if (!started.matches()) {
        continue;
      }
      String name = started.group(2);
      int ordinal = counts.merge(started.group(1) + " " + name, 1, Integer::sum);
      List<String> paths =
          inFolder.matcher(line).results().map(m -> m.group(1)).distinct().toList();
      if (!paths.isEmpty()) {
        String path = RANDOM.matcher(String.join(" ", paths)).replaceAll("*");
        calls.add(new SystemCall(name, path, ordinal, line.contains("O_CREAT")));
      }
    }
    return calls;
  }

  /** False when the disk is the same before and after the call, whether it fails or not. */
  boolean changesTheDisk() {
    return creates || !(READING.contains(name) || name.startsWith("open"));
  }

  boolean isSync() {
    return name.equals("fsync") || name.equals("fdatasync");
  }

  /** True when it writes a file's content, or its name, for good. */
  boolean isHardToUndo() {
    return name.startsWith("link") || name.startsWith("write") || name.startsWith("pwrite");
  }

  @Override
  public String toString() {
    return name + " number " + ordinal + " on " + path;
  }
}
