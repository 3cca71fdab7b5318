/**
 * A report for other programs: OpenMetrics for those that draw and alert, JUnit XML for those that
 * build.
 *
 * <p>Both are text that a caller writes where it was asked to; neither decides anything. Names of
 * metrics and labels, and of suites and test cases, are an interface: they are added to, never
 * renamed.
 */
package dev.mlctl.monitor.export;
