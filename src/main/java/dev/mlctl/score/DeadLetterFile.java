package dev.mlctl.score;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;

/** Puts the logs of rejected rows together as the dead letter. */
final class DeadLetterFile {
  /** The name of the dead letter in the work directory, when it goes to standard output. */
  static final String IN_WORK = "dead-letter";

  private static final int FLUSH_BYTES = 1 << 18;

  private final ScoreJob job;
  private final Publication publication;
  private final WorkDirectory work;

  DeadLetterFile(ScoreJob job) {
    this.job = job;
    this.publication = job.publication();
    this.work = job.workDirectory();
  }

  void publish(List<PartChain.Rejects> rejects) throws IOException {
    String target = publication.deadLetter();
    if (target.equals(ScoreSource.STANDARD_STREAM)) {
      try (OutputStream out = work.create(IN_WORK)) {
        write(rejects, out);
      }
      return;
    }
    Storage storage = Storage.of(target);
    storage.makeDirectory(storage.parent(target));
    String name = "." + storage.name(target) + ".mlctl-" + job.fingerprint();
    String unfinished = storage.sibling(target, name);
    OwnFiles own = new OwnFiles(work);
    boolean ours = own.isDeadLetter(target);
    try {
      try (OutputStream out = storage.create(unfinished)) {
        write(rejects, out);
      }
      storage.sync(unfinished);
      own.deadLetterIs(unfinished);
      storage.publish(unfinished, target, publication.overwrite() || ours);
    } catch (FileAlreadyExistsException e) {
      throw Publisher.exists(target).causedBy(e);
    } finally {
      storage.delete(unfinished);
    }
  }

  private void write(List<PartChain.Rejects> rejects, OutputStream out) throws IOException {
    DeadLetterText text =
        new DeadLetterText(publication.deadLetterFormat(), publication.deadLetterCsv());
    Bytes bytes = new Bytes();
    bytes.put(text.header());
    for (PartChain.Rejects part : rejects) {
      RejectLog.read(
          work.open(part.file()),
          part.source(),
          part.linesBefore(),
          row -> {
            text.put(row, bytes);
            flush(bytes, out, FLUSH_BYTES);
          });
    }
    flush(bytes, out, 0);
  }

  private static void flush(Bytes bytes, OutputStream out, int limit) throws IOException {
    if (bytes.size() > limit) {
      bytes.writeTo(out);
      bytes.clear();
    }
  }
}
