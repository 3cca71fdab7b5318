package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowLengthTest {
  @ParameterizedTest
  @CsvSource({
    "P1M, 2012-02-29T23:59:59Z, 2012-02-01T00:00:00Z, 2012-03-01T00:00:00Z, 2012-02",
    "P3M, 2012-02-29T23:59:59Z, 2012-01-01T00:00:00Z, 2012-04-01T00:00:00Z, 2012-01",
    "P1Y, 2012-02-29T23:59:59Z, 2012-01-01T00:00:00Z, 2013-01-01T00:00:00Z, 2012-01",
    "P1M, 1969-12-31T23:59:59Z, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z, 1969-12",
    "P1D, 2026-11-26T00:00:00Z, 2026-11-26T00:00:00Z, 2026-11-27T00:00:00Z, 2026-11-26",
    "P7D, 2026-11-26T10:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z, 2026-11-23",
    "P1W, 1970-01-04T10:00:00Z, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z, 1969-12-29",
    "PT6H, 2026-11-26T17:30:00Z, 2026-11-26T12:00:00Z, 2026-11-26T18:00:00Z, 2026-11-26T12:00Z",
    "PT90S, 2026-11-26T00:02:59Z, 2026-11-26T00:01:30Z, 2026-11-26T00:03:00Z, 2026-11-26T00:01:30Z"
  })
  void a_moment_is_in_one_window(
      String length, Instant moment, Instant start, Instant end, String label) {
    WindowLength every = WindowLength.parse(length);
    assertEquals(start, every.start(moment));
    assertEquals(end, every.end(start));
    assertEquals(label, every.label(start));
    assertEquals(start, every.start(start));
    assertEquals(end, every.start(end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "PT0S", "P-1D", "PT-1H", "PT0.5S", "P1M2D", "day", "1", ""})
  void what_no_calendar_can_be_cut_into_is_refused(String text) {
    assertThrows(DateTimeException.class, () -> WindowLength.parse(text));
  }
}
