package dev.mlctl.score;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file from a position on. */
final class ChannelStream extends InputStream {
  private final SeekableByteChannel channel;

  ChannelStream(SeekableByteChannel channel, long start) throws IOException {
    this.channel = channel;
    channel.position(start);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return length == 0 ? 0 : channel.read(ByteBuffer.wrap(into, offset, length));
  }

  /**
   * One while there is more. {@link java.util.zip.GZIPInputStream} asks this to know whether
   * another member follows, and drops the rest of the file when it is told 0.
   */
  @Override
  public int available() throws IOException {
    return channel.position() < channel.size() ? 1 : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
