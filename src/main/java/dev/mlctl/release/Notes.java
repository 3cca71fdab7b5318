package dev.mlctl.release;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable notes about one thing, numbered 1, 2, 3, … in a folder of their own; the newest counts.
 *
 * <p>A note is created with put-if-absent under the number after the newest that its writer saw. So
 * of two writers who saw the same, one wins and the other learns of it, and the order of notes is
 * that of who saw what, whatever the clocks of the machines say. Unlike releases, notes are no
 * chain: a damaged one harms nothing but itself, and what follows from it is its reader's business.
 */
final class Notes {
  /** The largest note, 64 KiB. */
  static final int LARGEST = 1 << 16;

  private static final int ATTEMPTS = 12;

  private final ObjectStore store;
  private final Pause pause;
  private final String folder;

  Notes(ObjectStore store, Pause pause, String folder) {
    this.store = store;
    this.pause = pause;
    this.folder = folder;
  }

  /**
   * One note.
   *
   * @param number from 1
   * @param place where a person finds it
   * @param fields what it says, or empty when it is damaged
   */
  record Note(long number, String place, Optional<RecordFormat.Fields> fields) {}

  /**
   * The newest note, or empty when there is none. What is not named like a note is passed over.
   *
   * @throws Failure of kind INVALID when the folder is none, of kind STORAGE when it or the note
   *     cannot be read
   */
  Optional<Note> newest() {
    List<Long> numbers = numbers();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(read(numbers.get(numbers.size() - 1)));
  }

  /** Every note, oldest first. */
  List<Note> all() {
    return numbers().stream().map(this::read).toList();
  }

  private List<Long> numbers() {
    return store.list(folder).stream()
        .filter(name -> name.matches("0{2}[0-9]{18}\\.json"))
        .map(name -> Long.parseLong(name.substring(0, 20)))
        .sorted()
        .toList();
  }

  private Note read(long number) {
    String place = store.place(key(number));
    Optional<RecordFormat.Fields> fields = Optional.empty();
    try {
      fields = store.get(key(number), LARGEST).map(bytes -> RecordFormat.open(place, bytes));
    } catch (Failure e) {
      if (e.kind() != FailureKind.INVALID) {
        throw e;
      }
      // Whoever reads notes has to decide what a damaged one means.
    }
    return new Note(number, place, fields);
  }

  /**
   * Creates the note after {@code seen}.
   *
   * @param seen the newest note's number, or 0 for none
   * @param fields what it says; must hold something that no other writer's note does
   * @return false when another's note was there first
   * @throws Failure of kind STORAGE when the note was certainly not created, UNKNOWN_OUTCOME when
   *     that cannot be told
   */
  boolean append(long seen, Map<String, Object> fields) {
    String key = key(seen + 1);
    byte[] bytes = bytes(fields);
    boolean inDoubt = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        pause.before(attempt);
        if (store.putIfAbsent(key, bytes) == PutResult.CREATED) {
          return true;
        }
        inDoubt = true;
        Optional<byte[]> there = store.get(key, LARGEST);
        if (there.isPresent()) {
          return Arrays.equals(there.get(), bytes);
        }
      } catch (Failure e) {
        if (!inDoubt) {
          throw e;
        }
        if (e.kind() == FailureKind.INVALID) {
          return false; // ours would be sound
        }
      }
    }
    throw Failure.of(
            FailureKind.UNKNOWN_OUTCOME, "cannot tell whether a note was made in the registry")
        .at(store.place(key));
  }

  private static byte[] bytes(Map<String, Object> fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", RecordFormat.API_VERSION);
    map.putAll(fields);
    return RecordFormat.seal(Json.pretty(map));
  }

  private String key(long number) {
    return folder + "/" + String.format("%020d.json", number);
  }
}
