package dev.mlctl.score;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a file from one position to another. */
final class RangeStream extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  RangeStream(Path file, long start, long end) throws IOException {
    this.channel = FileChannel.open(file);
    this.position = start;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int wanted = (int) Math.min(length, end - position);
    if (wanted <= 0) {
      return -1;
    }
    int read = channel.read(ByteBuffer.wrap(into, offset, wanted), position);
    if (read < 0) {
      throw new IOException("the file became shorter while it was read");
    }
    position += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
