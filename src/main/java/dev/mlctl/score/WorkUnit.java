package dev.mlctl.score;

import java.io.Serializable;

/**
 * The element that flows through the pipeline: one byte range of one input file, cut at records, so
 * that it can be read and scored on its own.
 *
 * @param part its number in input order, from 0
 * @param file index into the job's files
 * @param start the first byte of its first record
 * @param end one past the last byte of its last record
 * @param firstLine the line it starts on, from 1
 */
record WorkUnit(int part, int file, long start, long end, long firstLine) implements Serializable {}
