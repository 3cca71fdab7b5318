package dev.mlctl.monitor;

/**
 * What a two-sample test says.
 *
 * @param statistic the test's own statistic
 * @param degrees degrees of freedom; 0 where the test has none
 * @param pValue how probable so large a statistic is when both samples have one distribution
 */
record TestResult(double statistic, int degrees, double pValue) {}
