package dev.mlctl.score;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The files of one run that nobody else may see: the bundle, the parts and what is known of them.
 * It lies beside the output, hence on the same file system, and its name starts with a dot, so that
 * no glob finds it and what a killed run leaves behind is never taken for output.
 *
 * <p>A part may be scored more than once, by a worker that is given up and by the one in its place;
 * so each attempt writes files of its own, and the result, put in place last and at once, names
 * those that count.
 */
final class WorkDirectory {
  /** The model. */
  static final String BUNDLE = "model.mlb";

  /** What is tried beside it. */
  static final String CHALLENGER = "challenger.mlb";

  /** All rows, while they are put together. */
  static final String OUTPUT = "output";

  /** What all parts together came to. */
  static final String TOTAL = "total.json";

  /** There once the job itself has put its record into the registry. */
  static final String RECORDED = "recorded";

  private static final String RESULT = "result-";

  private final String path;
  private final Storage storage;

  private WorkDirectory(String path) {
    this.path = path;
    this.storage = Storage.of(path);
  }

  static WorkDirectory at(String path) {
    return new WorkDirectory(path);
  }

  String path() {
    return path;
  }

  /** The path of a file in it. */
  String file(String name) {
    return storage.resolve(path, name);
  }

  String output() {
    return file(OUTPUT);
  }

  /** The name of a new file for a part. */
  String newPart(int part) {
    return attempt("part", part);
  }

  /** The name of a new file for the rejected rows of a part. */
  String newRejects(int part) {
    return attempt("rejects", part);
  }

  private static String attempt(String kind, int part) {
    return String.format("%s-%05d-%08x", kind, part, ThreadLocalRandom.current().nextInt());
  }

  OutputStream create(String name) throws IOException {
    return storage.create(file(name));
  }

  InputStream open(String name) throws IOException {
    return new ChannelStream(storage.read(file(name)), 0);
  }

  SeekableByteChannel channel(String name) throws IOException {
    return storage.read(file(name));
  }

  void delete(String name) throws IOException {
    storage.delete(file(name));
  }

  void putBundle(byte[] bundle) throws IOException {
    putBundle(BUNDLE, bundle);
  }

  void putChallenger(byte[] bundle) throws IOException {
    putBundle(CHALLENGER, bundle);
  }

  private void putBundle(String name, byte[] bundle) throws IOException {
    try (OutputStream out = create(name)) {
      out.write(bundle);
    }
  }

  /** Writes a small file in one step. */
  void put(String name, String content) throws IOException {
    storage.put(file(name), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Says that a part is finished. */
  void putResult(PartResult result) throws IOException {
    put(resultName(result.part()), result.toJson());
  }

  private static String resultName(int part) {
    return String.format("%s%05d.json", RESULT, part);
  }

  /** The results of the parts that are finished, in no order. */
  List<PartResult> results() throws IOException {
    List<PartResult> results = new ArrayList<>();
    for (String name : storage.list(path)) {
      if (isResult(name)) {
        results.add(PartResult.fromJson(text(name)));
      }
    }
    return results;
  }

  /** How many parts are finished. */
  int countResults() throws IOException {
    return (int) storage.list(path).stream().filter(WorkDirectory::isResult).count();
  }

  private static boolean isResult(String name) {
    return name.startsWith(RESULT) && name.endsWith(".json");
  }

  /**
   * Removes the parts and their results. What tells that the output is this run's own goes last,
   * with the directory: a kill in between must not leave an output nobody knows.
   */
  void clear() throws IOException {
    for (String name : storage.list(path)) {
      if (!OwnFiles.isMark(name) && !name.equals(WorkClaim.LOCK)) {
        storage.delete(file(name));
      }
    }
  }

  /** The content of a small file. */
  String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What all parts together came to; null when it is not known yet. */
  Tally total() throws IOException {
    return has(TOTAL)
        ? Tally.fromMap(Json.readObject(TOTAL, text(TOTAL).getBytes(StandardCharsets.UTF_8)))
        : null;
  }

  boolean has(String name) throws IOException {
    return storage.exists(file(name));
  }

  /** Whether it is there at all. */
  boolean exists() throws IOException {
    return storage.exists(path);
  }

  Storage storage() {
    return storage;
  }
}
