package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The run records of one model in one environment: what score saw, kept beside the log for monitor.
 * Written once and never changed, like everything here. Their content is between score and monitor.
 */
public final class Runs {
  /** The largest run record, 64 MiB. */
  public static final int LARGEST = 1 << 26;

  private static final int ATTEMPTS = 6;
  private static final String SUFFIX = ".json";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ObjectStore store;
  private final Pause pause;
  private final String folder;
  private final String name;

  Runs(ObjectStore store, Pause pause, String model, String env) {
    this.store = store;
    this.pause = pause;
    this.folder = "models/" + model + "/" + env + "/runs";
    this.name = model + "@" + env;
  }

  /**
   * A new id, such as {@code 20261123T193300.123Z-9f86d081}. Ids sort by time.
   *
   * @param start when the run began
   * @param random tells runs that begin at the same moment apart
   */
  public static String newId(Instant start, RandomGenerator random) {
    return TIME.format(start) + String.format("-%08x", random.nextInt());
  }

  /**
   * Writes a run record.
   *
   * @param id the run's id, from {@link #newId}
   * @throws Failure of kind CONFLICT when another record of that id exists, STORAGE when it cannot
   *     be written
   */
  public void put(String id, byte[] bytes) {
    String key = key(id);
    if (bytes.length > LARGEST) {
      throw Failure.of(
          FailureKind.STORAGE, "the run record has %d bytes, more than %d", bytes.length, LARGEST);
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      pause.before(attempt);
      if (store.putIfAbsent(key, bytes) == PutResult.CREATED) {
        return;
      }
      Optional<byte[]> there = store.get(key, LARGEST);
      if (there.isPresent() && Arrays.equals(there.get(), bytes)) {
        return;
      }
      if (there.isPresent()) {
        throw Failure.of(FailureKind.CONFLICT, "a run %s of %s exists already", id, name)
            .at(store.place(key));
      }
    }
    throw Failure.of(FailureKind.STORAGE, "the storage did not confirm the run record")
        .at(store.place(key));
  }

  /**
   * The folder they are in, for a job that writes its record itself; {@code ID.json} is its name.
   */
  public String place() {
    return store.place(folder);
  }

  /** The ids of all runs, oldest first; empty when there are none. */
  public List<String> list() {
    return store.list(folder).stream()
        .filter(file -> file.endsWith(SUFFIX))
        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
        .filter(id -> ID.matcher(id).matches())
        .toList();
  }

  /**
   * The bytes of a run record.
   *
   * @throws Failure of kind NOT_FOUND when there is no such run
   */
  public byte[] read(String id) {
    String key = key(id);
    return store
        .get(key, LARGEST)
        .orElseThrow(
            () ->
                Failure.of(FailureKind.NOT_FOUND, "no run %s of %s", id, name)
                    .at(store.place(key)));
  }

  private String key(String id) {
    if (!ID.matcher(id).matches()) {
      throw Failure.of(FailureKind.USAGE, "\"%s\" is not the id of a run", id);
    }
    return folder + "/" + id + SUFFIX;
  }
}
