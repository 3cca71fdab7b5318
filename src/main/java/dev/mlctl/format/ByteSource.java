package dev.mlctl.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that can be read at any position, on a disk or in a bucket. Thread-safe. */
public interface ByteSource {
  /** What messages call it. */
  String name();

  /** How many bytes it has. */
  long size();

  /** A new channel over it, positioned anywhere. */
  SeekableByteChannel open() throws IOException;

  /**
   * A file of the file system.
   *
   * @throws IOException when its size cannot be told
   */
  static ByteSource of(Path path) throws IOException {
    return of(path, path.toString());
  }

  /** A file of the file system that messages call by another name. */
  static ByteSource of(Path path, String name) throws IOException {
    long size = Files.size(path);
    return new ByteSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long size() {
        return size;
      }

      @Override
      public SeekableByteChannel open() throws IOException {
        return FileChannel.open(path);
      }
    };
  }
}
