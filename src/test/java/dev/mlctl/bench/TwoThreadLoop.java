package dev.mlctl.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one would write by hand for this one file and model: each of two threads takes half of the
 * lines, parses ten plain numbers, adds them up with weights and writes the line with the sum. No
 * quotes, no missing values, no bad rows, no profile.
 */
final class TwoThreadLoop {
  private static final int BUFFER = 4 << 20;
  private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};

  private TwoThreadLoop() {}

  static void run(Path input, Path output, int columns) throws Exception {
    Path second = output.resolveSibling("second-half");
    try (FileChannel in = FileChannel.open(input);
        FileChannel out = create(output);
        FileChannel rest = create(second)) {
      byte[] first = new byte[1000];
      in.read(ByteBuffer.wrap(first), 0);
      int header = new String(first, StandardCharsets.US_ASCII).indexOf('\n');
      out.write(
          ByteBuffer.wrap(
              (new String(first, 0, header, StandardCharsets.US_ASCII) + ",prediction\n")
                  .getBytes(StandardCharsets.US_ASCII)));
      long middle = lineEnd(in, in.size() / 2);
      Thread thread = new Thread(() -> half(in, middle, size(in), rest, columns));
      thread.start();
      half(in, header + 1, middle, out, columns);
      thread.join();
      for (long done = 0; done < rest.size(); ) {
        done += rest.transferTo(done, rest.size() - done, out);
      }
    }
    Files.delete(second);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private static long size(FileChannel in) {
    try {
      return in.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lineEnd(FileChannel in, long from) throws IOException {
    byte[] some = new byte[1000];
    in.read(ByteBuffer.wrap(some), from);
    int p = 0;
    while (some[p] != '\n') {
      p++;
    }
    return from + p + 1;
  }

  private static void half(FileChannel in, long from, long to, FileChannel out, int columns) {
    try {
      byte[] bytes = new byte[BUFFER];
      byte[] lines = new byte[BUFFER * 2];
      int kept = 0;
      for (long position = from; position < to; ) {
        int wanted = (int) Math.min(BUFFER - kept, to - position);
        int read = in.read(ByteBuffer.wrap(bytes, kept, wanted), position);
        position += read;
        int limit = kept + read;
        int end = limit;
        while (bytes[end - 1] != '\n') {
          end--;
        }
        int written = lines(bytes, end, lines, columns);
        out.write(ByteBuffer.wrap(lines, 0, written));
        kept = limit - end;
        System.arraycopy(bytes, end, bytes, 0, kept);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("deprecation") // the quickest way from an ASCII text to bytes
  private static int lines(byte[] in, int end, byte[] out, int columns) {
    int o = 0;
    int p = 0;
    while (p < end) {
      int start = p;
      double sum = 0.5;
      for (int c = 1; c <= columns; c++) {
        boolean negative = in[p] == '-';
        p += negative ? 1 : 0;
        long digits = 0;
        int scale = 0;
        boolean point = false;
        byte b;
        for (b = in[p]; b != ',' && b != '\n' && b != 'E'; b = in[++p]) {
          if (b == '.') {
            point = true;
          } else {
            digits = digits * 10 + (b - '0');
            scale += point ? 1 : 0;
          }
        }
        int exponent = 0;
        if (b == 'E') { // Double.toString writes 1.0E-5; of the input's numbers few are so small
          p += 2;
          for (b = in[p]; b != ',' && b != '\n'; b = in[++p]) {
            exponent = exponent * 10 + (b - '0');
          }
        }
        double x = digits / TENS[scale + exponent];
        sum += c * (negative ? -x : x);
        p++;
      }
      System.arraycopy(in, start, out, o, p - 1 - start);
      o += p - 1 - start;
      out[o++] = ',';
      String text = Double.toString(sum);
      text.getBytes(0, text.length(), out, o);
      o += text.length();
      out[o++] = '\n';
    }
    return o;
  }
}
