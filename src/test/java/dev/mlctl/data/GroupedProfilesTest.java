package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles by window and slice, and the form they are recorded in. */
class GroupedProfilesTest {
  private static final List<Feature> FEATURES =
      List.of(Feature.number("x"), Feature.category("c", List.of("a", "b")));
  private static final Profile SHAPE =
      new Profile(
          List.of(
              NumberProfile.binsFor("x", IntStream.range(0, 500).asDoubleStream().toArray(), 500),
              CategoryProfile.of("c", List.of("a", "b"))),
          List.of(NumberProfile.binsFor(Profile.PREDICTION, new double[] {0, 1, 2}, 3)));
  private static final ProfileFormat FORMAT = new ProfileFormat(SHAPE);
  private static final Grouping BY_DAY_AND_REGION =
      new Grouping(2, TimeWindow.parse("P1D"), Map.of("region", 3));

  private static RunProfile counted(Grouping grouping, List<String> lines) throws IOException {
    Profiler profiler = new Profiler(SHAPE, grouping, Profiler.SMALL_INPUT);
    String csv = "x,c,time,region\n" + String.join("\n", lines) + "\n";
    CsvReader reader = CsvReader.file(Streams.of(csv), CsvOptions.DEFAULT, "f.csv", null);
    for (RowBatch rows = reader.next(); rows != null; rows = reader.next()) {
      FeatureBatch batch = new FeatureBatch(FEATURES, rows.capacity());
      new FeatureDecoder(FEATURES, new int[] {0, 1}, Set.of()).decode(rows, batch);
      profiler.addFeatures(batch, rows);
      profiler.addOutput(0, batch.numbers(0), rows.rows(), rows);
    }
    return profiler.run();
  }

  /** Rows of some days of which a few have no time, no region or no number. */
  private static List<String> rows(Random random, int count, int days, int regions) {
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      String x = random.nextInt(20) == 0 ? "" : "" + random.nextInt(600);
      String time =
          switch (random.nextInt(50)) {
            case 0 -> "";
            case 1 -> "yesterday";
            default ->
                Instant.ofEpochSecond(1_700_000_000L + random.nextInt(days) * 86_400L).toString();
          };
      String region = random.nextInt(30) == 0 ? "" : "\"region " + random.nextInt(regions) + "\"";
      String c = List.of("a", "b", "new").get(random.nextInt(3));
      lines.add(x + "," + c + "," + time + "," + region + (r % 97 == 0 ? ",too many" : ""));
    }
    return lines;
  }

  @Test
  void windows_add_up_to_the_whole_and_so_do_slices() throws IOException {
    List<String> lines = rows(new Random(1), 20_000, 12, 7);
    RunProfile whole = counted(Grouping.NONE, lines);
    RunProfile run = counted(BY_DAY_AND_REGION, lines);
    assertSame(whole.whole(), run.whole());
    List<Profile> windows = new ArrayList<>(run.windows().values());
    assertEquals(12, windows.size());
    assertEquals(Set.of(RunProfile.UNKNOWN), run.beside().keySet());
    windows.addAll(run.beside().values());
    assertSame(whole.whole(), sum(windows));
    assertEquals(8, run.slices().size(), "seven regions and none");
    assertTrue(run.slices().containsKey(new Slice("region", "")));
    assertSame(whole.whole(), sum(run.slices().values()));
  }

  @Test
  void a_window_holds_what_its_rows_alone_would_give() throws IOException {
    List<String> lines = rows(new Random(2), 9_000, 3, 4);
    RunProfile run = counted(BY_DAY_AND_REGION, lines);
    Instant day = run.windows().lastKey();
    String prefix = day.toString().substring(0, 10);
    List<String> own = lines.stream().filter(line -> line.contains("," + prefix)).toList();
    assertSame(counted(Grouping.NONE, own).whole(), run.windows().get(day));
    List<String> north = lines.stream().filter(line -> line.contains("region 2")).toList();
    assertSame(
        counted(Grouping.NONE, north).whole(), run.slices().get(new Slice("region", "region 2")));
  }

  /** More windows and slices than are kept: which are does not depend on parts and their order. */
  @ParameterizedTest
  @CsvSource({"1", "2", "64"})
  void parts_merged_in_any_order_keep_the_same_windows_and_slices(int parts) throws IOException {
    Random random = new Random(3);
    List<String> lines = rows(random, 3_000, 700, 500);
    RunProfile whole = counted(BY_DAY_AND_REGION, lines);
    assertEquals(RunProfile.mostWindows(3), whole.windows().size());
    assertEquals(Set.of(RunProfile.UNKNOWN, RunProfile.EARLIER), whole.beside().keySet());
    assertEquals(RunProfile.mostHeld(3) + 1, whole.slices().size());
    List<RunProfile> runs = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int from = lines.size() * p / parts;
      runs.add(counted(BY_DAY_AND_REGION, lines.subList(from, lines.size() * (p + 1) / parts)));
    }
    Collections.shuffle(runs, random);
    RunProfile merged = runs.stream().reduce(RunProfile::merge).orElseThrow();
    assertSame(whole.windows(), merged.windows());
    assertSame(whole.beside(), merged.beside());
    assertSame(whole.slices(), merged.slices());
    RunProfile kept = merged.shortened();
    assertEquals(RunProfile.SLICES + 1, kept.slices().size());
    assertSame(whole.shortened().slices(), kept.slices());
    assertSame(whole.whole(), sum(kept.slices().values()));
  }

  private static Profile sum(Collection<Profile> profiles) {
    ProfileSum sum = ProfileSum.ofCounts(SHAPE);
    profiles.forEach(sum::add);
    return sum.profile();
  }

  private static <K> void assertSame(Map<K, Profile> expected, Map<K, Profile> merged) {
    assertEquals(expected.keySet(), merged.keySet());
    expected.forEach((key, profile) -> assertSame(profile, merged.get(key)));
  }

  private static void assertSame(Profile expected, Profile merged) {
    for (int c : new int[] {0, 2}) {
      NumberProfile e = (NumberProfile) expected.column(c);
      NumberProfile m = (NumberProfile) merged.column(c);
      assertArrayEquals(e.counts(), m.counts());
      assertEquals(e.missing(), m.missing());
      assertEquals(e.outOfRange(), m.outOfRange());
      assertEquals(e.min(), m.min());
      assertEquals(e.max(), m.max());
      assertEquals(e.mean(), m.mean(), 1e-9);
    }
    assertEquals(expected.column(1), merged.column(1));
  }

  // --- The form in records -----------------------------------------------------------------------

  private static Map<String, Object> throughJson(Map<String, Object> map) {
    return Json.readObject("p", Json.write(map).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void comes_back_from_its_record() throws IOException {
    for (int rows : new int[] {0, 1, 5_000}) {
      RunProfile run = counted(BY_DAY_AND_REGION, rows(new Random(4), rows, 5, 3));
      assertEquals(run, FORMAT.fromMap(throughJson(FORMAT.toMap(run))));
    }
    RunProfile plain = RunProfile.of(SHAPE.emptied());
    assertEquals(plain, FORMAT.fromMap(throughJson(FORMAT.toMap(plain))));
  }

  @Test
  void reads_records_of_the_first_format() throws IOException {
    Profile profile = counted(Grouping.NONE, rows(new Random(5), 500, 2, 2)).whole();
    Map<String, Object> first = throughJson(ProfileJson.toMap(profile));
    assertEquals(RunProfile.of(profile.counted()), FORMAT.fromMap(first));
  }

  /** Written by the versions before there was a format number: it must be read for ever. */
  @Test
  void reads_the_kept_record_of_the_first_format() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("profile-format-1.json")) {
      Map<String, Object> kept = Json.readObject("fixture", in.readAllBytes());
      Profile shape = ProfileJson.fromMap(kept).emptied();
      Profile read = new ProfileFormat(shape).fromMap(kept).whole();
      NumberProfile x = (NumberProfile) read.column(0);
      assertArrayEquals(new long[] {1, 2, 3}, x.counts());
      assertEquals(4, x.missing());
      assertEquals(0.3, x.mean());
      assertEquals(Map.of("new", 3L), ((CategoryProfile) read.column(1)).newest());
      assertEquals(10, read.rows());
      assertTrue(read.summary(0).distinct().isEmpty(), "nothing was recorded of that");
      assertTrue(read.summary(0).quantile(0.5).isPresent(), "bins and range tell as much");
    }
  }

  @Test
  void refuses_the_bins_of_another_model_and_what_is_damaged() throws IOException {
    Map<String, Object> good =
        throughJson(FORMAT.toMap(counted(BY_DAY_AND_REGION, rows(new Random(6), 50, 2, 2))));
    List<ColumnProfile> other =
        List.of(NumberProfile.binsFor("x", new double[] {1, 2}, 2), SHAPE.column(1));
    ProfileFormat stranger = new ProfileFormat(new Profile(other, SHAPE.outputs()));
    assertThrows(IllegalArgumentException.class, () -> stranger.fromMap(good));
    assertRefused(with(good, "format", 3L));
    assertRefused(with(good, "rows", 51L));
    assertRefused(with(good, "bins", "00"));
    assertRefused(with(good, "counts", "AAAA"));
    assertRefused(with(good, "counts", good.get("counts") + "AAAA"));
    assertRefused(with(good, "counts", "%"));
    assertRefused(with(good, "windows", List.of(Map.of("start", "noon"))));
    List<?> windows = (List<?>) good.get("windows");
    assertRefused(with(good, "windows", List.of(windows.get(0), windows.get(0))));
    Profile cut = FORMAT.fromMap(with(good, "sketches", "BwECAw")).whole();
    assertThrows(IllegalArgumentException.class, () -> cut.summary(0), "only when they are used");
  }

  private static void assertRefused(Map<String, Object> map) {
    assertThrows(IllegalArgumentException.class, () -> FORMAT.fromMap(map), map::toString);
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  // --- Times -------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "2012-02-29, 2012-02-29T00:00:00Z",
    "2012-02-29 13:05, 2012-02-29T13:05:00Z",
    "2012-02-29T13:05:59, 2012-02-29T13:05:59Z",
    "2012-02-29T13:05:59Z, 2012-02-29T13:05:59Z",
    "2012-02-29T13:05:59.999, 2012-02-29T13:05:59Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59Z",
    "2012-02-29T13:05:59+02:00, 2012-02-29T11:05:59Z",
    "+12012-02-28, +12012-02-28T00:00:00Z",
    "-0001-01-01, -0001-01-01T00:00:00Z",
    "0000-03-01, 0000-03-01T00:00:00Z"
  })
  void reads_iso_dates_and_times(String text, Instant expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(expected.getEpochSecond(), TimeParser.seconds(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "2011-02-29",
    "2012-13-01",
    "2012-1-1",
    "20x2-01-01",
    "2012-01-01T24:30:00",
    "2012-01-01T12",
    "2012-01-01x12:00:00",
    "noon",
    "2012-01-01T12:00:00 and more",
    "é012-01-01"
  })
  void what_is_no_time_is_none(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(TimeParser.NONE, TimeParser.seconds(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, 2012-02-29T13:05:59Z, 2012-02-29T13:00:00Z, 2012-02-29T14:00:00Z",
    "P1D, 1969-12-31T23:59:59Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z",
    "P7D, 2026-11-26T00:38:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
    "P1W, 1970-01-01T00:00:00Z, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
    "P1M, 2012-02-29T13:05:59Z, 2012-02-01T00:00:00Z, 2012-03-01T00:00:00Z",
    "P3M, 1969-12-31T00:00:00Z, 1969-10-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "P1Y, 2012-02-29T13:05:59Z, 2012-01-01T00:00:00Z, 2013-01-01T00:00:00Z"
  })
  void windows_are_aligned_to_utc(String text, Instant moment, Instant start, Instant end) {
    TimeWindow window = TimeWindow.parse(text);
    assertEquals(start, window.start(moment));
    assertEquals(end, window.end(start));
    assertEquals(start, window.start(end.minusSeconds(1)));
    assertEquals(end, window.start(end));
  }

  @ParameterizedTest
  @CsvSource({"''", "1 day", "P0D", "PT0S", "-P1D", "P-1M", "P1M1D", "PT0.5S", "P9999999999D"})
  void other_windows_are_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TimeWindow.parse(text));
  }
}
