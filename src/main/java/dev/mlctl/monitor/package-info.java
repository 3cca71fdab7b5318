/**
 * Judges whether a released model still sees what it was trained on, and still answers well.
 *
 * <p>Open first: {@link dev.mlctl.monitor.Monitoring}. The straight line is: run records → those of
 * the release's bundle ({@code RunChoice}) → one merged profile → findings per column ({@code
 * ProfileCheck}), of the runs themselves ({@code RunChecks}) and, with labels, of the metrics
 * ({@code LabelJoin}, {@code Performance}) → what they come to, seen with the windows before
 * ({@code Alarms}) → {@link dev.mlctl.monitor.MonitorReport}. The room measures and judges; what is
 * done about it is the business of {@code monitor.action} and of the command, and {@code
 * monitor.export} writes it for other programs.
 *
 * <p><b>Windows.</b> Runs are put together into windows: each run one, or all that started in the
 * same hour, day, week or month, in UTC, or their rows by the rows' own times, as score counted
 * them; two bundles are never in one window. Each window is judged by itself, against the baseline
 * of the bundle that scored it, so the history shows what happened before and after a release
 * changed. What is judged is the newest window of the release, unless runs are named. A threshold
 * or rule may ask for a breach in so many of the newest windows; only windows of the judged bundle
 * count, for a new release begins with a clean sheet, and windows without enough rows are passed
 * over. Records are read from the newest back, some at a time, and their profiles added up at once,
 * so that a history of any length fits in memory.
 *
 * <p><b>Rules.</b> A rule of monitor.yaml is a threshold for some findings, how many windows must
 * breach it, and until when nobody wants to hear of it. Its limit becomes the threshold of those
 * findings, so it inherits what keeps thresholds from crying wolf; where there is no rule, the
 * thresholds stand. A slice differs from the whole at all times, and the baseline knows no slices;
 * so the slices that rules name are held against themselves in the windows before ({@code
 * SliceDrift}), and without a rule no slice raises an alarm. Nothing is remembered between two
 * calls of monitor: what an alarm is follows from the run records alone, so two machines come to
 * the same verdict.
 *
 * <p><b>What decides.</b> A difference must be both large and no accident. All statistics are
 * reported; which of them decide, {@code thresholds.drift} names, or {@code DriftChoice} chooses
 * ({@code auto}, the default) by the column's type and the rows of the smaller sample:
 *
 * <table>
 *   <caption>The choice, with the limits of a warning and of a critical finding</caption>
 *   <tr><th>column<th>50 to 999 rows<th>1,000 rows and more
 *   <tr><td>number in more than 5 bins<td>ks 0.1, 0.2; exact Smirnov test
 *     <td>psi 0.1, 0.25 and jensen_shannon 0.1, 0.2; chi-squared and likelihood ratio
 *   <tr><td>category, number in up to 5 bins<td>jensen_shannon; chi-squared and likelihood ratio
 *     <td>the same
 * </table>
 *
 * <p>Limits that monitor.yaml changes decide at any size, beside psi and Jensen-Shannon. What
 * chance gives on average is subtracted from psi and Jensen-Shannon; the finding's note has the
 * value before that. With {@code learned} the limits of what decides come from resamples of the
 * baseline of the sizes at hand ({@code LearnedLimits}): they shrink as rows grow, so that with a
 * million rows the smallest difference is found.
 *
 * <p>{@code significance} (0.01) is corrected for all tests made in a window together, by Holm's
 * procedure for critical findings and Benjamini and Hochberg's for warnings ({@code Correction}); a
 * finding tells its p-value and the level it had to reach. The shares of missing, new and
 * out-of-range values have Fisher's exact test. Except for {@code chi_squared} and learned limits a
 * test alone never raises an alarm: with a million rows the smallest difference is significant and
 * means nothing.
 *
 * <p>Fewer rows than {@code min_rows} (50) on either side are {@code NOT_ENOUGH_DATA}, never a
 * false OK. {@code FalseAlarmBenchmark} prints how often these defaults raise a false alarm and
 * miss a planted shift.
 *
 * <p><b>Bins.</b> Those of the baseline profile. Missing values and unknown categories are in none:
 * the increase of the missing share (0.02, 0.1) and the share of new categories (0.01, 0.05) are
 * findings of their own, as is the share of values outside the baseline's range (0.01, 0.05), and a
 * feature that varied and has one value now (a warning). Bins that would hold fewer than five rows
 * of the smaller sample are pooled (of numbers, neighbours) before psi, Jensen-Shannon and
 * chi-squared; psi then adds a half to every count so that an empty bin stays finite. New
 * categories are counted beyond what the baseline's own rare categories predict (Good, 1953).
 *
 * <p><b>Labels.</b> A metric breaches when it is worse than at training beyond its threshold and by
 * more than two standard errors (bootstrap with a fixed seed: the same labels always give the same
 * verdict). Labels come late: they are joined by key with any number of runs, from any number of
 * files, in bounded memory ({@code LabelJoin}); each run has its own metrics and the share of it
 * that is labelled yet. A slice by the values of a column is held against what the calibrated
 * probabilities of its own rows promise, not against the whole, for some slice is always harder;
 * with more standard errors the more slices there are, and it is a warning at most ({@code
 * SliceFindings}). Runs and slices have standard errors from each row's influence ({@code
 * StandardErrors}), since a bootstrap for each would take minutes.
 *
 * <p><b>No labels.</b> A classifier's accuracy, F1 and AUC are estimated from what its
 * probabilities were worth on the rows held out at training ({@code Cbpe}, {@code
 * EstimatedPerformance}): an estimate, never a measurement, and a warning from a fall of 0.05 by
 * default. It sees a change of who is scored, not a change of what is true of them.
 *
 * <p><b>Service.</b> Score counts the latency of each batch in buckets ({@link
 * dev.mlctl.data.Latencies}), so the quantiles of many runs are those of all their batches. What is
 * slow depends on the machine: latency, load time and rows per second have no limits until
 * monitor.yaml gives them. With {@code expected_every} a release is stale ({@code Staleness}) from
 * one and a half times that without a run, critically from three.
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
 * <p><b>The page.</b> {@link dev.mlctl.monitor.MonitorPage} shows a report to people, from the
 * report alone: one class for each section, which is left out when it has nothing to show. What is
 * limited (windows, columns, alerts, findings) says how much there is.
 *
 * <p>Verdicts depend on counts only, so profiles may be merged in any order and from any number of
 * parts. A new statistic enters as one method of {@code Drift} with values of an independent
 * implementation in the tests, one line in {@code MonitorShape} and one finding in {@code
 * DriftCheck}.
 */
package dev.mlctl.monitor;
