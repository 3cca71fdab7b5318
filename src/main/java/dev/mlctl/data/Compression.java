package dev.mlctl.data;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How the bytes of a text file are compressed. Each way allows streams to be written one after the
 * other (RFC 1952, 2.2; RFC 8878, 3), so that parts compressed on their own make one file.
 */
public enum Compression {
  /** Not at all. */
  NONE("", -1),
  /** RFC 1952. */
  GZIP(".gz", 0x1F8B),
  /** RFC 8878. */
  ZSTD(".zst", 0x28B5);

  private static final int MAGIC_BYTES = 2;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String extension;
  private final int magic;

  Compression(String extension, int magic) {
    this.extension = extension;
    this.magic = magic;
  }

  /** What a file name tells: its last extension. */
  public static Compression named(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    for (Compression way : values()) {
      if (way != NONE && name.endsWith(way.extension)) {
        return way;
      }
    }
    return NONE;
  }

  /** What the first two bytes of a file tell; no text in UTF-8 starts like a compressed one. */
  public static Compression startingWith(byte[] first) {
    int start = first.length < 2 ? -2 : ((first[0] & 0xFF) << 8) | (first[1] & 0xFF);
    for (Compression way : values()) {
      if (way.magic == start) {
        return way;
      }
    }
    return NONE;
  }

  /**
   * The text behind a stream that may be compressed, as its first bytes tell.
   *
   * @throws IOException when the stream fails, or begins like a compressed one and is none
   */
  public static InputStream decompressed(InputStream in) throws IOException {
    PushbackInputStream from = new PushbackInputStream(in, MAGIC_BYTES);
    byte[] first = from.readNBytes(MAGIC_BYTES);
    from.unread(first);
    return startingWith(first).decompress(from);
  }

  /** A path without this extension, if it has it. */
  public String strip(String path) {
    return this != NONE && named(path) == this
        ? path.substring(0, path.length() - extension.length())
        : path;
  }

  /** The name's extension with its dot; empty for none. */
  public String extension() {
    return extension;
  }

  /** The bytes behind compressed ones. */
  public InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER_BYTES);
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setContinuous(false);
    };
  }

  /**
   * Compresses what is written; a fast level, as data on the way is. Equal bytes for equal ones.
   */
  public OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new FastGzip(out);
      case ZSTD -> new ZstdOutputStreamNoFinalizer(out);
    };
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
