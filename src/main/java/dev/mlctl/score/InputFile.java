package dev.mlctl.score;

import dev.mlctl.data.Compression;
import java.io.Serializable;
import java.util.List;

/**
 * One file of the input.
 *
 * @param path where it is read from
 * @param name what messages call it
 * @param columns the header of a CSV file; the members of the first object of a JSON file
 * @param size in bytes, as stored
 * @param dataStart the first byte after the header, decompressed
 * @param headerLines how many lines come before the first record
 * @param compression how its bytes are compressed
 */
record InputFile(
    String path,
    String name,
    List<String> columns,
    long size,
    long dataStart,
    long headerLines,
    Compression compression)
    implements Serializable {
  InputFile {
    columns = List.copyOf(columns);
  }

  /** Whether it can be read from the middle. */
  boolean splits() {
    return compression == Compression.NONE;
  }
}
