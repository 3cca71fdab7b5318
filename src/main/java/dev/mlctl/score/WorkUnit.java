package dev.mlctl.score;

import java.io.Serializable;

/**
 * The element that flows through the pipeline: a byte range of an input file. The records that
 * start in it belong to it, wherever they end.
 *
 * @param part its number in input order, from 0
 * @param file index into the job's files
 * @param start the first byte
 * @param end one past the last byte
 */
record WorkUnit(int part, int file, long start, long end) implements Serializable {}
