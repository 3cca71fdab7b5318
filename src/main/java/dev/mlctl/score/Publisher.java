package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.data.TextFormat;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Turns finished parts into published files, whole or not at all.
 *
 * <p>The dead letter comes first and the output last: the output's appearance is the commit point,
 * and whoever sees it can rely on the rest being there.
 */
final class Publisher {
  private final ScoreJob job;
  private final Publication publication;
  private final WorkDirectory work;

  Publisher(ScoreJob job) {
    this.job = job;
    this.publication = job.publication();
    this.work = job.workDirectory();
  }

  /**
   * Publishes the results of all parts; an output on standard output is only assembled.
   *
   * @throws Failure of kind INPUT when too many rows were rejected (the dead letter is published,
   *     the output is not), CONFLICT when the output appeared meanwhile, STORAGE when a file cannot
   *     be written
   */
  void publish(List<PartResult> results) {
    Tally total = total(results);
    try {
      Files.writeString(work.total(), Json.write(total.toMap()));
      if (publication.hasDeadLetter()) {
        publishDeadLetter();
      }
      requireFewRejects(total);
      byte[] header =
          publication.format() == TextFormat.CSV
              ? CsvEncoder.header(job.layout(), publication.delimiter())
              : new byte[0];
      assemble(work.output(), header, work::part, total.bytesOut());
      if (!publication.output().equals(ScoreSource.STANDARD_STREAM)) {
        FinalFile.publish(work.output(), Path.of(publication.output()), publication.overwrite());
      }
    } catch (IOException e) {
      throw IoFailure.writing(publication.output(), e);
    }
  }

  private Tally total(List<PartResult> results) {
    List<PartResult> ordered =
        results.stream().sorted(Comparator.comparingInt(PartResult::part)).toList();
    if (ordered.size() != job.parts()) {
      throw new IllegalStateException(
          ordered.size() + " results for " + job.parts() + " parts of run " + job.id());
    }
    Tally total = ordered.get(0).tally();
    for (PartResult result : ordered.subList(1, ordered.size())) {
      total = total.then(result.tally());
    }
    if (total.rowsIn() != total.rowsOut() + total.rejected()
        || total.profile().rows() != total.rowsOut()) {
      throw new IllegalStateException("rows were lost: " + total);
    }
    return total;
  }

  private void publishDeadLetter() throws IOException {
    if (publication.deadLetter().equals(ScoreSource.STANDARD_STREAM)) {
      assemble(work.deadLetter(), deadLetterHeader(), work::rejects, -1);
      return;
    }
    Path target = Path.of(publication.deadLetter());
    Path temporary = FinalFile.beside(target, job.id());
    try {
      assemble(temporary, deadLetterHeader(), work::rejects, -1);
      FinalFile.publish(temporary, target, publication.overwrite());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private byte[] deadLetterHeader() {
    return RejectWriter.header(publication.deadLetterFormat(), publication.deadLetterDelimiter());
  }

  private void requireFewRejects(Tally total) {
    if (total.rejected() == 0
        || (publication.hasDeadLetter()
            && total.rejected() <= publication.maxRatio() * total.rowsIn())) {
      return;
    }
    String count =
        "%d of %d rows cannot be scored; nothing was published"
            .formatted(total.rejected(), total.rowsIn());
    List<Problem> problems = new ArrayList<>();
    if (publication.hasDeadLetter()) {
      problems.add(
          Problem.of(
                  "%d of %d rows cannot be scored, more than max_ratio %s allows; the output was not published"
                      .formatted(total.rejected(), total.rowsIn(), publication.maxRatio()))
              .hint("the rejected rows are in " + publication.deadLetter()));
    } else {
      problems.add(
          Problem.of(count).hint("set such rows aside with a dead_letter, or repair them"));
    }
    problems.addAll(total.first());
    throw new Failure(FailureKind.INPUT, problems, null);
  }

  private void assemble(Path target, byte[] header, IntFunction<Path> parts, long expected)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(header));
      for (int part = 0; part < job.parts(); part++) {
        append(parts.apply(part), out);
      }
      if (expected >= 0 && out.size() != expected + header.length) {
        throw new IllegalStateException(
            out.size() + " bytes were put together, " + (expected + header.length) + " scored");
      }
      out.force(true);
    }
  }

  private static void append(Path part, FileChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(part)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        done += in.transferTo(done, size - done, out);
      }
    }
  }
}
