package dev.mlctl.score;

import java.io.Serializable;
import java.util.List;

/**
 * One file of the input.
 *
 * @param path where it is read from
 * @param name what messages call it
 * @param columns the header of a CSV file; the members of the first object of a JSON file
 * @param size in bytes
 */
record InputFile(String path, String name, List<String> columns, long size)
    implements Serializable {
  InputFile {
    columns = List.copyOf(columns);
  }
}
