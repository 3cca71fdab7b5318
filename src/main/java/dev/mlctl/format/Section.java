package dev.mlctl.format;

import java.io.Serializable;

/**
 * The smallest piece of a file that can be read on its own: a row group, or a run of blocks.
 *
 * @param start its first byte
 * @param end one past its last byte
 * @param firstRow the number of its first row in the file, from 1
 * @param rows how many rows it has
 */
public record Section(long start, long end, long firstRow, long rows) implements Serializable {}
