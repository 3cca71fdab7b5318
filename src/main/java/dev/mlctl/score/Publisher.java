package dev.mlctl.score;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns finished parts into published files, whole or not at all.
 *
 * <p>The dead letter comes first and the output last: the output's appearance is the commit point,
 * and whoever sees it can rely on the rest being there. Before anything gets its final name the
 * work directory says what is about to get it, so that after a kill the same run knows its own.
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
   * @param fresh the results of parts that were scored now; those of an earlier try are in the work
   *     directory
   * @throws Failure of kind INPUT when an input cannot be read after all or too many rows were
   *     rejected (the dead letter is published, the output is not), CONFLICT when the output
   *     appeared meanwhile, STORAGE when a file cannot be written
   */
  void publish(List<PartResult> fresh) {
    LiveRun run = LiveRun.of(job.id());
    Optional<OrderedOutput> shared = run.enter();
    try {
      if (shared.isPresent()) {
        PartChain chain = shared.get().finish();
        check(chain);
        publishFile(chain.total());
      } else {
        List<PartResult> parts = inOrder(fresh);
        PartChain chain = new PartChain(job.files());
        parts = fitting(parts, chain);
        check(chain);
        publishParts(parts, chain.total());
      }
    } catch (IOException e) {
      throw IoFailure.writing(publication.output(), e);
    } finally {
      run.leave();
    }
  }

  /** Counts, sets rejected rows aside and refuses to go on when they are too many. */
  private void check(PartChain chain) throws IOException {
    Tally total = chain.total();
    work.put(WorkDirectory.TOTAL, Json.write(total.toMap()));
    if (publication.hasDeadLetter()) {
      new DeadLetterFile(job).publish(chain.rejects());
    }
    requireFewRejects(total);
  }

  private List<PartResult> inOrder(List<PartResult> fresh) throws IOException {
    TreeMap<Integer, PartResult> byPart = new TreeMap<>();
    if (fresh.size() < job.parts()) {
      work.results().forEach(result -> byPart.put(result.part(), result));
    }
    fresh.forEach(result -> byPart.put(result.part(), result));
    if (byPart.size() != job.parts()) {
      throw new IllegalStateException(byPart.size() + " results for " + job.parts() + " parts");
    }
    return new ArrayList<>(byPart.values());
  }

  /** The parts, with those scored again that did not start where the one before them ended. */
  private List<PartResult> fitting(List<PartResult> parts, PartChain chain) throws IOException {
    List<PartResult> fitting = new ArrayList<>();
    UnitScorer scorer = null;
    for (PartResult part : parts) {
      PartResult next = part;
      if (!chain.fits(part)) {
        if (scorer == null) {
          scorer = new UnitScorer(job, Models.get(job.digest(), job.bundle()));
        }
        long start = chain.startOf(part.unit());
        next = scorer.scoreToFile(part.unit(), start);
        if (!next.isReadable()) {
          throw scorer.failure(part.unit(), start, chain.linesBefore(part.unit()));
        }
        work.putResult(next);
      }
      chain.add(next);
      fitting.add(next);
    }
    return fitting;
  }

  private void requireFewRejects(Tally total) {
    if (total.rejected() == 0
        || (publication.hasDeadLetter()
            && total.rejected() <= publication.maxRatio() * total.rowsIn())) {
      return;
    }
    if (!publication.hasDeadLetter()) {
      throw tooManyRejects(total, "nothing was published");
    }
    String message =
        "%d of %d rows cannot be scored, more than max_ratio %s allows; the output was not published";
    throw tooMany(
        Problem.of(message.formatted(total.rejected(), total.rowsIn(), publication.maxRatio()))
            .hint("the rejected rows are in " + publication.deadLetter()),
        total);
  }

  /**
   * What a run without a dead letter fails with.
   *
   * @param so what follows from it
   */
  static Failure tooManyRejects(Tally total, String so) {
    String message = "%d of %d rows cannot be scored; %s";
    return tooMany(
        Problem.of(message.formatted(total.rejected(), total.rowsIn(), so))
            .hint("set such rows aside with a dead_letter, or repair them"),
        total);
  }

  private static Failure tooMany(Problem problem, Tally total) {
    List<Problem> problems = new ArrayList<>(List.of(problem));
    problems.addAll(total.problems());
    return new Failure(FailureKind.INPUT, problems, null);
  }

  private void publishParts(List<PartResult> parts, Tally total) throws IOException {
    if (publication.isDirectory()) {
      OutputShards shards = new OutputShards(job);
      shards.assemble(parts, total);
      publish(shards.directory());
      return;
    }
    try (OutputStream out = work.create(WorkDirectory.OUTPUT)) {
      new PartJoin(job).join(parts, true, out);
    }
    work.storage().sync(work.output());
    publishFile(total);
  }

  private void publishFile(Tally total) throws IOException {
    if (publication.isStdout()) {
      return;
    }
    if (publication.manifest()) {
      Manifest.beside(job, total);
    }
    publish(work.output());
  }

  private void publish(String finished) throws IOException {
    String target = publication.target();
    OwnFiles own = new OwnFiles(work);
    boolean ours = own.isOutput(target);
    own.outputIs(finished);
    try {
      work.storage().publish(finished, target, publication.overwrite() || ours);
    } catch (FileAlreadyExistsException e) {
      throw exists(target).causedBy(e);
    }
  }

  static Failure exists(String target) {
    return Failure.of(FailureKind.CONFLICT, "the output exists already; nothing was published")
        .at(target)
        .hint("name another file, or replace it with --overwrite");
  }
}
