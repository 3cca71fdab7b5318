package dev.mlctl.monitor;

/**
 * A run of the chosen time that was not compared.
 *
 * @param id the run's id
 * @param reason why, as the end of a sentence
 */
public record LeftOutRun(String id, String reason) {}
