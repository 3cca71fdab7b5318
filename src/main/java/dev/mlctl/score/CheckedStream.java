package dev.mlctl.score;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/** Counts and sums what goes through it. */
final class CheckedStream extends OutputStream {
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private long count;

  CheckedStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    checksum.update(bytes, offset, length);
    count += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  long count() {
    return count;
  }

  long checksum() {
    return checksum.getValue();
  }
}
