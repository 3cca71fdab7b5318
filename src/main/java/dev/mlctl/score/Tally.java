package dev.mlctl.score;

import dev.mlctl.data.FailedRow;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.ProfileJson;
import dev.mlctl.data.RowDigest;
import dev.mlctl.data.RunProfile;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What some rows came to. Immutable.
 *
 * @param rowsIn rows read, rejected ones included
 * @param rowsOut rows scored
 * @param rejected rows that could not be scored
 * @param digest of the rows scored, as they are written
 * @param reasons rejected rows by kind of reason, at most {@link #REASONS} kinds
 * @param first the first rejected rows without their records, at most {@link #FIRST}
 * @param profile of the rows scored, for which a canary did not answer
 * @param challenger what they came to for the challenger; null without one
 * @param service how well they were served
 */
record Tally(
    long rowsIn,
    long rowsOut,
    long rejected,
    RowDigest digest,
    Map<String, Long> reasons,
    List<FailedRow> first,
    RunProfile profile,
    ChallengerTally challenger,
    ServiceTally service) {
  /** How many rejected rows are shown. */
  static final int FIRST = 5;

  /** How many kinds of reasons are told apart; the others are counted together. */
  static final int REASONS = 50;

  private static final String OTHER_REASONS = "other reasons";

  Tally {
    long own = rowsOut - (challenger == null ? 0 : challenger.answered());
    if (rowsIn != rowsOut + rejected || (profile.rows() != own && profile.rows() != 0)) {
      throw new IllegalArgumentException(
          "rows were lost: " + rowsIn + " in, " + rowsOut + " out, " + rejected + " rejected");
    }
    reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
    first = List.copyOf(first);
  }

  /** Rows without a challenger, that nobody timed. */
  Tally(
      long rowsIn,
      long rowsOut,
      long rejected,
      RowDigest digest,
      Map<String, Long> reasons,
      List<FailedRow> first,
      RunProfile profile) {
    this(rowsIn, rowsOut, rejected, digest, reasons, first, profile, null, ServiceTally.NONE);
  }

  /** Both together; the other one comes after this one in the input. */
  Tally then(Tally next) {
    Map<String, Long> sum = new TreeMap<>(reasons);
    next.reasons.forEach((reason, count) -> count(sum, reason, count));
    List<FailedRow> rows = new ArrayList<>(first);
    next.first.stream().limit(Math.max(0, FIRST - rows.size())).forEach(rows::add);
    return new Tally(
        rowsIn + next.rowsIn,
        rowsOut + next.rowsOut,
        rejected + next.rejected,
        digest.plus(next.digest),
        sum,
        rows,
        profile.merge(next.profile),
        ChallengerTally.sum(challenger, next.challenger),
        service.plus(next.service));
  }

  /** The same with the lines of rejected rows moved down. */
  Tally below(long lines) {
    List<FailedRow> moved =
        first.stream()
            .map(r -> new FailedRow(r.source(), r.line() + lines, r.reason(), ""))
            .toList();
    return new Tally(
        rowsIn, rowsOut, rejected, digest, reasons, moved, profile, challenger, service);
  }

  /** The first rejected rows as problems. */
  List<Problem> problems() {
    return first.stream()
        .map(row -> Problem.of(row.reason()).at(row.source() + ":" + row.line()))
        .toList();
  }

  static void count(Map<String, Long> reasons, String reason, long count) {
    boolean room = reasons.size() < REASONS || reasons.containsKey(reason);
    reasons.merge(room ? reason : OTHER_REASONS, count, Long::sum);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows_in", rowsIn);
    map.put("rows_out", rowsOut);
    map.put("rejected", rejected);
    map.put("digest", digest.toString());
    map.put("reasons", reasons);
    map.put("first", first.stream().map(r -> List.of(r.source(), r.line(), r.reason())).toList());
    // The bins are here, too: where this is read, there need not be a model.
    ProfileFormat format = new ProfileFormat(profile.whole());
    map.put("bins", ProfileJson.toMap(format.shape()));
    map.put("profile", format.toMap(profile));
    if (challenger != null) {
      map.put("challenger", challenger.toMap());
    }
    map.put("service", service.toMap());
    return map;
  }

  static Tally fromMap(Map<?, ?> map) {
    Map<String, Long> reasons = new TreeMap<>();
    ((Map<?, ?>) map.get("reasons"))
        .forEach((reason, count) -> reasons.put((String) reason, ((Number) count).longValue()));
    List<FailedRow> first = new ArrayList<>();
    for (Object row : (List<?>) map.get("first")) {
      List<?> parts = (List<?>) row;
      long line = ((Number) parts.get(1)).longValue();
      first.add(new FailedRow((String) parts.get(0), line, (String) parts.get(2), ""));
    }
    return new Tally(
        whole(map, "rows_in"),
        whole(map, "rows_out"),
        whole(map, "rejected"),
        RowDigest.parse((String) map.get("digest")),
        reasons,
        first,
        new ProfileFormat(ProfileJson.fromMap((Map<?, ?>) map.get("bins")))
            .fromMap((Map<?, ?>) map.get("profile")),
        map.containsKey("challenger")
            ? ChallengerTally.fromMap((Map<?, ?>) map.get("challenger"))
            : null,
        ServiceTally.fromMap((Map<?, ?>) map.get("service")));
  }

  static long whole(Map<?, ?> map, String key) {
    return ((Number) map.get(key)).longValue();
  }
}
