package dev.mlctl.score;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a run uses of the process it is in.
 *
 * @param stdin read when the source is {@code -}
 * @param stdout written when the sink is {@code -}, and only once all rows are scored
 * @param clock tells when the run began and ended
 * @param random tells runs apart that begin at the same moment
 * @param temporary where a run works whose output is no file
 * @param parallelism how many parts are scored at once, usually the number of processors
 */
public record ScoreHost(
    InputStream stdin,
    OutputStream stdout,
    Clock clock,
    RandomGenerator random,
    Path temporary,
    int parallelism) {}
