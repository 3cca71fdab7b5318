package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log costs in a store where every request is a round trip. */
class LongLogTest {
  private final Bucket bucket = new Bucket();

  /** A store that lists a thousand names at a time and counts what it is asked. */
  private static final class Bucket extends MemoryStore {
    private int roundTrips;
    private long hidden;

    @Override
    public Optional<byte[]> get(String key, long maxBytes) {
      roundTrips++;
      return isHidden(key) ? Optional.empty() : super.get(key, maxBytes);
    }

    @Override
    public OptionalLong size(String key) {
      roundTrips++;
      return isHidden(key) ? OptionalLong.empty() : super.size(key);
    }

    @Override
    public List<String> listAfter(String folder, String after) {
      List<String> names =
          super.listAfter(folder, after).stream()
              .filter(name -> !isHidden(folder + "/" + name))
              .toList();
      roundTrips += 1 + names.size() / 1000;
      return names;
    }

    @Override
    public boolean listsByPage() {
      return true;
    }

    private boolean isHidden(String key) {
      return hidden > 0 && key.endsWith(String.format("%020d.json", hidden));
    }
  }

  private ReleaseLog log(int releases) {
    ReleaseLog log = new ReleaseLog(bucket, "bikes", "prod");
    Optional<String> previous = Optional.empty();
    for (int number = 1; number <= releases; number++) {
      ReleaseRecord record =
          new ReleaseRecord(
              number,
              "operation-" + number,
              Optional.empty(),
              ReleaseRecord.Kind.DEPLOY,
              "bikes",
              "prod",
              Digest.of(new byte[0]),
              0,
              OptionalLong.empty(),
              previous,
              new Who("ada", "laptop", ""),
              Registries.NOON,
              "",
              List.of(),
              OptionalLong.empty(),
              List.of());
      byte[] bytes = RecordFormat.write(record);
      bucket.putIfAbsent(log.key(number), bytes);
      previous = Optional.of(Digest.of(bytes));
    }
    return log;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1000, 1001, 1999, 2000, 2001, 3000, 20_000})
  void the_newest_release_is_found_in_few_round_trips(int releases) {
    ReleaseLog log = log(releases);
    assertEquals(releases, log.readRecent().head());
    int records = releases <= ReleaseLog.SHORT ? releases : ReleaseLog.RECENT;
    assertTrue(bucket.roundTrips - records <= 16, bucket.roundTrips + " round trips");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 500, 1000, 1500, 2000, 2999})
  void a_gap_never_makes_an_older_release_current(long gap) {
    ReleaseLog log = log(3000);
    bucket.hidden = gap;
    assertEquals(FailureKind.INVALID, assertThrows(Failure.class, log::readAll).kind());
    try {
      assertEquals(3000, log.readRecent().head());
    } catch (Failure e) {
      assertEquals(FailureKind.INVALID, e.kind());
    }
  }
}
