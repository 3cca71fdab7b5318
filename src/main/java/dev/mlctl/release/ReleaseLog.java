package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The log of one model in one environment: the records 1, 2, … head, each naming the digest of the
 * one before.
 *
 * <p>{@link #readAll} verifies every record and link. {@link #readRecent} does so for a log of up
 * to {@link #SHORT} releases and for the newest {@link #RECENT} of a longer one, so that a log of
 * many thousand stays quick to use. Both look at every name in the folder, so a gap or a foreign
 * file is found by either; but of a long log in a store that lists page by page {@link #readRecent}
 * looks at the names near the end only.
 */
final class ReleaseLog {
  /** A log of at most so many releases is always verified whole. */
  static final int SHORT = 256;

  /** How many of the newest releases of a longer log are verified whenever it is used. */
  static final int RECENT = 16;

  /** How many records are asked for at once. */
  private static final int CHUNK = 256;

  /** About as many names as stores give in one page of a listing. */
  private static final long PAGE = 1000;

  private static final int DIGITS = 20;
  private static final String SUFFIX = ".json";

  private final ObjectStore store;
  private final String model;
  private final String env;

  ReleaseLog(ObjectStore store, String model, String env) {
    this.store = store;
    this.model = model;
    this.env = env;
  }

  static String folder(String model, String env) {
    return "models/" + model + "/" + env + "/log";
  }

  String key(long number) {
    return folder(model, env) + "/" + name(number);
  }

  private static String name(long number) {
    return String.format("%020d.json", number);
  }

  /** The folder in which the log lies. */
  String parent() {
    return "models/" + model + "/" + env;
  }

  /** {@code bikes@prod}. */
  String reference() {
    return model + "@" + env;
  }

  /** The whole log, every record and link verified. */
  View readAll() {
    return read(Integer.MAX_VALUE);
  }

  /** The newest releases, verified among themselves; the whole log when it is short. */
  View readRecent() {
    return read(RECENT);
  }

  /**
   * Release {@code number} of a log whose newest is {@code head}, its links to both neighbours
   * verified.
   */
  Entry readOne(long number, long head) {
    List<Entry> around = readRange(Math.max(1, number - 1), Math.min(head, number + 1));
    return around.get(number == 1 ? 0 : 1);
  }

  /** A view of a log without releases. */
  View empty() {
    return new View(model, env, List.of());
  }

  /**
   * Makes sure that a release somebody else made survives a power cut, before we tell anyone that
   * it is there. Its maker may have been killed between creating it and syncing the folder; by the
   * store's promise, finding it again while trying to create it settles that.
   *
   * @throws Failure of kind UNKNOWN_OUTCOME when that fails
   */
  void settle(long number) {
    String key = key(number);
    Optional<byte[]> bytes = store.get(key, RecordFormat.LARGEST);
    if (bytes.isPresent() && store.putIfAbsent(key, bytes.get()) == PutResult.UNKNOWN) {
      readBack(number);
    }
  }

  private void readBack(long number) {
    try {
      store.get(key(number), RecordFormat.LARGEST);
    } catch (Failure e) {
      throw Failure.of(
              FailureKind.UNKNOWN_OUTCOME,
              "release %d of %s is in the log, but the storage did not confirm it",
              number,
              reference())
          .at(store.place(key(number)))
          .hint("it may not survive a power cut: look at the storage, then try again")
          .causedBy(e);
    }
  }

  private View read(int atMost) {
    long head = head(atMost == RECENT && store.listsByPage() ? someRelease() : 0);
    long first = head <= SHORT ? 1 : Math.max(1, head - atMost + 1);
    return new View(model, env, readRange(first, head));
  }

  private List<Entry> readRange(long first, long last) {
    List<Entry> entries = new ArrayList<>();
    for (long from = first; from <= last; from += CHUNK) {
      long end = Math.min(last, from + CHUNK - 1);
      List<String> keys = LongStream.rangeClosed(from, end).mapToObj(this::key).toList();
      for (Optional<byte[]> bytes : store.getAll(keys, RecordFormat.LARGEST)) {
        Entry entry = entry(first + entries.size(), bytes);
        if (!entries.isEmpty()) {
          checkLink(entries.get(entries.size() - 1), entry);
        }
        entries.add(entry);
      }
    }
    return entries;
  }

  private Entry entry(long number, Optional<byte[]> content) {
    byte[] bytes = content.orElseThrow(() -> gap(number));
    String place = store.place(key(number));
    ReleaseRecord record = RecordFormat.read(place, bytes);
    if (record.number() != number || !record.model().equals(model) || !record.env().equals(env)) {
      throw RecordFormat.bad(place, "the record is that of " + record.reference());
    }
    return new Entry(record, Digest.of(bytes));
  }

  private void checkLink(Entry before, Entry after) {
    if (!after.record().previous().equals(Optional.of(before.digest()))) {
      throw RecordFormat.bad(
          store.place(key(after.record().number())),
          "the chain is broken: it does not follow the record of release "
              + before.record().number());
    }
    if (!Revocations.follow(before.record(), after.record())) {
      throw RecordFormat.bad(
          store.place(key(after.record().number())),
          "what it says is revoked does not follow from the record of release "
              + before.record().number());
    }
  }

  /**
   * The newest release's number, or 0. Releases that are made while the folder is listed may be
   * missing from the listing, so what looks like a gap is looked at again, and the end is probed.
   *
   * @param known a release that is there, after which the listing begins; or 0
   */
  private long head(long known) {
    long head = known;
    String after = known == 0 ? "" : name(known);
    for (String name : store.listAfter(folder(model, env), after)) {
      long number = numberOf(name);
      while (++head < number) {
        if (store.size(key(head)).isEmpty()) {
          throw gap(head);
        }
      }
    }
    while (store.size(key(head + 1)).isPresent()) {
      head++;
    }
    return head;
  }

  /**
   * A release within a page of the newest, or 0 when the log has no more than a page: found by
   * doubling and halving, so that of a log of many thousand only the end need be listed.
   */
  private long someRelease() {
    long there = 0;
    long missing = PAGE;
    while (store.size(key(missing)).isPresent()) {
      there = missing;
      missing *= 2;
    }
    while (missing - there > PAGE) {
      long middle = there + (missing - there) / 2;
      if (store.size(key(middle)).isPresent()) {
        there = middle;
      } else {
        missing = middle;
      }
    }
    return there;
  }

  /** By hand, since a folder may hold many thousand names. */
  private long numberOf(String name) {
    boolean good = name.length() == DIGITS + SUFFIX.length() && name.endsWith(SUFFIX);
    long number = 0;
    for (int i = 0; good && i < DIGITS; i++) {
      int digit = name.charAt(i) - '0';
      // More than 18 digits do not fit into a long, and nobody deploys that often.
      good = digit >= 0 && digit <= 9 && (digit == 0 || i >= 2);
      number = number * 10 + digit;
    }
    if (!good || number < 1) {
      throw Failure.of(FailureKind.INVALID, "a file in the release log is not a release record")
          .at(store.place(folder(model, env) + "/" + name))
          .hint("move it out of the log; mlctl did not write it");
    }
    return number;
  }

  private Failure gap(long number) {
    return RecordFormat.bad(
        store.place(key(number)), "the record of release " + number + " is missing");
  }

  /**
   * A record and the digest of its bytes.
   *
   * @param record what it says
   * @param digest the digest that the next record must name
   */
  record Entry(ReleaseRecord record, String digest) {}

  /**
   * What a reader saw of the log at one moment.
   *
   * @param model the model's name
   * @param env the environment's name
   * @param entries consecutive releases up to the newest; empty when there is none
   */
  record View(String model, String env, List<Entry> entries) {
    View {
      entries = List.copyOf(entries);
    }

    long head() {
      return entries.isEmpty() ? 0 : last().record().number();
    }

    OptionalLong currentNumber() {
      return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(head());
    }

    Optional<ReleaseRecord> current() {
      return entries.isEmpty() ? Optional.empty() : Optional.of(last().record());
    }

    /** The digest that the next record must name. */
    Optional<String> link() {
      return entries.isEmpty() ? Optional.empty() : Optional.of(last().digest());
    }

    /** The bundles never to be used again, as digests. */
    List<String> revoked() {
      return entries.isEmpty() ? List.of() : last().record().revoked();
    }

    /** Every release seen, oldest first. */
    List<ReleaseRecord> records() {
      return entries.stream().map(Entry::record).toList();
    }

    private Entry last() {
      return entries.get(entries.size() - 1);
    }
  }
}
