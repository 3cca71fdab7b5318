package dev.mlctl.score;

import dev.mlctl.format.ByteSource;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** A stored file, as the formats of files of columns read it. */
record StoredBytes(String path, String name, long size) implements ByteSource {
  @Override
  public SeekableByteChannel open() throws IOException {
    return Storage.of(path).read(path);
  }
}
