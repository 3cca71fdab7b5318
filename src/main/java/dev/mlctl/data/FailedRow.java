package dev.mlctl.data;

/**
 * A row that could not be used.
 *
 * @param source the file it came from
 * @param line the line its record starts on, from 1
 * @param reason why, naming the column where one is to blame
 * @param record the record as it stood in the file, invalid UTF-8 replaced
 */
public record FailedRow(String source, long line, String reason, String record) {}
