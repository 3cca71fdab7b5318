package dev.mlctl.score;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * The bytes of a file of a store, from any position. The position may lie behind the end, as with a
 * local file, which the stores' own channels refuse. A connection that breaks while bytes come is
 * opened again. Not thread-safe, as any channel's position.
 */
final class StoreChannel implements SeekableByteChannel {
  private static final int ATTEMPTS = 3;

  private final BeamFiles files;
  private final RemotePath path;
  private final long size;
  private SeekableByteChannel channel;
  private long position;
  private boolean open = true;

  StoreChannel(BeamFiles files, RemotePath path) throws IOException {
    this.files = files;
    this.path = path;
    this.channel = files.open(path);
    this.size = channel.size();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    requireOpen();
    if (position >= size) {
      return -1;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        int read = StoreCall.run(path, files.limits().transfer(), () -> readOnce(into));
        position += read;
        return read;
      } catch (StoreException e) {
        if (!e.isOutage() || attempt == ATTEMPTS) {
          throw e;
        }
        reopen(e);
      }
    }
  }

  private int readOnce(ByteBuffer into) throws IOException {
    if (channel.position() != position) {
      channel.position(position);
    }
    int start = into.position();
    int read = channel.read(into);
    if (read <= 0 && into.hasRemaining()) {
      into.position(start);
      throw new IOException("the file ended early");
    }
    return read;
  }

  private void reopen(StoreException reason) throws IOException {
    closeQuietly();
    channel = files.open(path);
    if (channel.size() != size) {
      StoreException changed =
          new StoreException(path.toString(), "the file changed while it was read", false, "");
      changed.addSuppressed(reason);
      throw changed;
    }
  }

  private void closeQuietly() {
    try {
      channel.close();
    } catch (IOException | RuntimeException e) {
      // It is broken already; nothing was written through it that could be lost.
      return;
    }
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  private void requireOpen() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      closeQuietly();
    }
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }
}
