package dev.mlctl.score;

import dev.mlctl.data.Compression;
import dev.mlctl.data.CsvHeader;
import dev.mlctl.format.ByteSource;
import dev.mlctl.format.FileColumn;
import dev.mlctl.format.Section;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

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
 * @param types what a file of columns says of them; empty for a text file
 * @param sections where a file of columns can be cut; empty for a text file
 */
record InputFile(
    String path,
    String name,
    List<String> columns,
    long size,
    long dataStart,
    long headerLines,
    Compression compression,
    List<FileColumn> types,
    List<Section> sections)
    implements Serializable {
  InputFile {
    columns = List.copyOf(columns);
    types = List.copyOf(types);
    sections = List.copyOf(sections);
  }

  /** A text file. */
  static InputFile text(
      String path, String name, CsvHeader header, long size, Compression compression) {
    return new InputFile(
        path,
        name,
        header.names(),
        size,
        header.bytes(),
        header.lines(),
        compression,
        List.of(),
        List.of());
  }

  /** The same file by a path that other processes understand. */
  InputFile absolute() {
    return new InputFile(
        Storage.of(path).absolute(path),
        name,
        columns,
        size,
        dataStart,
        headerLines,
        compression,
        types,
        sections);
  }

  /** What a file of columns says of one; empty for a text file. */
  Optional<FileColumn> type(String name) {
    return types.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Its bytes, for the formats of files of columns. */
  ByteSource source() {
    return new StoredBytes(path, name, size);
  }

  /** The number of the first row of a section. */
  long firstRow(long start) {
    return sections.stream()
        .filter(section -> section.start() >= start)
        .mapToLong(Section::firstRow)
        .findFirst()
        .orElse(1);
  }

  /** Whether it can be read from the middle. */
  boolean splits() {
    return compression == Compression.NONE;
  }
}
