package dev.mlctl.format;

import dev.mlctl.data.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Compression of pages, and decompression to a size that is known beforehand. */
final class Codecs {
  private Codecs() {}

  /** Whether pages compressed so can be read. */
  static boolean isKnown(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
      case LZO, BROTLI, LZ4 -> false;
    };
  }

  /**
   * Decompresses to exactly so many bytes.
   *
   * @param into from {@code at} on with room for {@code size} bytes
   * @throws IOException when the bytes cannot be decompressed to that size
   */
  static void decompress(
      CompressionCodec codec, byte[] from, int start, int length, byte[] into, int at, int size)
      throws IOException {
    int result =
        switch (codec) {
          case UNCOMPRESSED -> copy(from, start, length, into, at, size);
          case SNAPPY -> snappy(from, start, length, into, at, size);
          case GZIP -> stream(Compression.GZIP, from, start, length, into, at, size);
          case ZSTD -> stream(Compression.ZSTD, from, start, length, into, at, size);
          case LZ4_RAW -> Lz4.decompress(from, start, length, into, at, size);
          case LZO, BROTLI, LZ4 -> throw new IOException("unknown compression");
        };
    if (result != size) {
      throw new IOException("compressed bytes give " + result + " bytes, not " + size);
    }
  }

  /** Compresses the bytes of a page; appends the result. */
  static void compress(ColumnCompression way, GrowingBytes from, GrowingBytes into)
      throws IOException {
    byte[] bytes = from.array();
    int length = from.size();
    switch (way) {
      case NONE -> into.put(bytes, 0, length);
      case SNAPPY -> {
        into.reserve(Snappy.maxCompressedLength(length));
        int size = Snappy.compress(bytes, 0, length, into.array(), into.size());
        into.size(into.size() + size);
      }
      case ZSTD -> stream(Compression.ZSTD, from, into);
      case GZIP -> stream(Compression.GZIP, from, into);
    }
  }

  private static void stream(Compression way, GrowingBytes from, GrowingBytes into)
      throws IOException {
    try (OutputStream out = way.compress(into.asStream())) {
      from.writeTo(out);
    }
  }

  /** The name of a compression in Parquet. */
  static CompressionCodec codec(ColumnCompression way) {
    return switch (way) {
      case NONE -> CompressionCodec.UNCOMPRESSED;
      case SNAPPY -> CompressionCodec.SNAPPY;
      case ZSTD -> CompressionCodec.ZSTD;
      case GZIP -> CompressionCodec.GZIP;
    };
  }

  private static int copy(byte[] from, int start, int length, byte[] into, int at, int size) {
    System.arraycopy(from, start, into, at, Math.min(length, size));
    return length;
  }

  private static int snappy(byte[] from, int start, int length, byte[] into, int at, int size)
      throws IOException {
    int claimed = Snappy.uncompressedLength(from, start, length);
    return claimed == size ? Snappy.uncompress(from, start, length, into, at) : claimed;
  }

  private static int stream(
      Compression way, byte[] from, int start, int length, byte[] into, int at, int size)
      throws IOException {
    try (InputStream in = way.decompress(new ByteArrayInputStream(from, start, length))) {
      int read = in.readNBytes(into, at, size);
      return in.read() < 0 ? read : size + 1;
    }
  }
}
