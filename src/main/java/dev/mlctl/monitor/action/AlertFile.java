package dev.mlctl.monitor.action;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of events, one per line. Each is appended by one write, so that events of several
 * processes do not mix, and is on the disk before it counts.
 */
final class AlertFile {
  private AlertFile() {}

  static Done append(Path path, Event event) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A pipe that nobody reads would keep us waiting for ever.
        return Done.failed(path + " is not a regular file");
      }
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      write(path, event.toBytes());
      return Done.done("appended to " + path);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      return Done.failed("cannot write to " + path + ": there is no such directory");
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return Done.failed("cannot write to " + path + ": " + reason.replace(path + ": ", ""));
    }
  }

  private static void write(Path path, byte[] json) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      boolean torn = endsWithinLine(path);
      ByteBuffer line = ByteBuffer.allocate(json.length + 2);
      if (torn) {
        line.put((byte) '\n');
      }
      line.put(json).put((byte) '\n').flip();
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(true);
    }
  }

  /** A writer that was killed may have left half a line, which must not spoil ours. */
  private static boolean endsWithinLine(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return file.size() > 0 && file.read(last, file.size() - 1) == 1 && last.get(0) != '\n';
    }
  }
}
