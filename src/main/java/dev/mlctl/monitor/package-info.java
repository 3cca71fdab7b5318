/**
 * Judges whether a released model still sees what it was trained on, and still answers well.
 *
 * <p>Open first: {@link dev.mlctl.monitor.Monitoring}. The straight line is: run records → those of
 * the release's bundle ({@code ChosenRuns}) → one merged profile → findings per column ({@code
 * ColumnCheck}), of the runs themselves ({@code RunChecks}) and, with labels, of the metrics
 * ({@code LabelJoin}, {@code Performance}) → {@link dev.mlctl.monitor.MonitorReport}. The room
 * measures and judges; what is done about it (printing, exit code 11, a rollback) is the command's
 * business.
 *
 * <p><b>What decides.</b> A difference must be both large and no accident:
 *
 * <ul>
 *   <li><i>Large:</i> the population stability index (0.1 warning, 0.25 critical) and the
 *       Jensen-Shannon distance, base 2 (0.1, 0.2) say how far two distributions lie apart,
 *       whatever the number of rows. Both are greater than 0 by chance alone in a small sample;
 *       what chance gives on average is subtracted, and the finding's note has the value before
 *       that.
 *   <li><i>No accident:</i> the p-value of Pearson's chi-squared test over the same bins must be
 *       below {@code significance} (0.01) divided by the number of tests made, which are three per
 *       column. A test alone never raises an alarm: with a million rows the smallest difference is
 *       significant and means nothing.
 * </ul>
 *
 * <p>Kolmogorov-Smirnov and the Wasserstein distance in baseline standard deviations are computed
 * for numbers over the profile's bins, not over the values, and reported; they decide once
 * monitor.yaml gives them thresholds. Fewer rows than {@code min_rows} (200) on either side are
 * {@code NOT_ENOUGH_DATA}, never a false OK.
 *
 * <p><b>Bins.</b> Those of the baseline profile. Missing values and unknown categories are in none:
 * the increase of the missing share (0.02, 0.1) and the share of new categories (0.01, 0.05) are
 * findings of their own, as is the share of values outside the baseline's range (0.01, 0.05). Bins
 * that would hold fewer than five rows of the smaller sample are pooled before psi, Jensen-Shannon
 * and chi-squared; psi then adds a half to every count so that an empty bin stays finite. New
 * categories are counted beyond what the baseline's own rare categories predict (Good, 1953).
 *
 * <p><b>Labels.</b> A metric breaches when it is worse than at training beyond its threshold and by
 * more than two standard errors (bootstrap with a fixed seed: the same labels always give the same
 * verdict).
 *
 * <p><b>Challengers.</b> What is tried beside a release ({@link dev.mlctl.monitor.ChallengerCheck})
 * is judged on the runs that scored with both. With labels the two are compared on the same rows:
 * the gain is the share of the champion's metric by which the challenger's is better, and counts
 * when it reaches the rule's margin, over the runs together by more than three standard errors (a
 * paired bootstrap with a fixed seed) and in each of the runs. Three and not two, since it is
 * looked at again with each run. Rows that a canary answered say nothing of the champion, and
 * labels leave them out; where the rows do not name their release nobody can tell, and labels leave
 * the run out. Without labels a challenger can be dropped, or promoted because it agrees: the
 * disagreement is the share of rows in another class, or the RMS difference in standard deviations
 * of the champion's predictions in its baseline. What speaks against it is looked at first.
 *
 * <p>Verdicts depend on counts only, so profiles may be merged in any order and from any number of
 * parts. A new statistic enters as one method of {@code Drift} with values of an independent
 * implementation in the tests, one line in {@code MonitorShape} and one finding in {@code
 * ColumnCheck}.
 */
package dev.mlctl.monitor;
