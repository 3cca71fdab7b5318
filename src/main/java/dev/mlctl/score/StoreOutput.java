package dev.mlctl.score;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * A file of a store being written. It gets its name when closed: object stores work so, and on HDFS
 * it is written beside its place and renamed. After a failed write, closing publishes nothing. Not
 * thread-safe.
 */
final class StoreOutput extends OutputStream {
  private final BeamFiles files;
  private final RemotePath target;
  private final RemotePath written;
  private final WritableByteChannel channel;
  private boolean failed;
  private boolean closed;

  /**
   * Starts a file.
   *
   * @param written where it is written: the target itself, or a path beside it
   */
  StoreOutput(BeamFiles files, RemotePath target, RemotePath written) throws IOException {
    this.files = files;
    this.target = target;
    this.written = written;
    this.channel = files.create(written);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed || failed) {
      throw new IOException(closed ? "the file is closed" : "an earlier write failed");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    failed = true;
    StoreCall.run(
        target,
        files.limits().transfer(),
        () -> {
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
          return null;
        });
    failed = false;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (failed) {
      abandon();
      return;
    }
    StoreCall.run(
        target,
        files.limits().publish(),
        () -> {
          channel.close();
          return null;
        });
    if (!written.equals(target)) {
      files.rename(List.of(written), List.of(target));
    }
  }

  /** An upload that is not completed leaves nothing; a file beside its place is removed. */
  private void abandon() throws IOException {
    if (!written.equals(target)) {
      files.delete(List.of(written));
    }
  }
}
