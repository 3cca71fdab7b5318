package dev.mlctl.score;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import dev.mlctl.format.FileColumn;
import dev.mlctl.format.OutputColumn;
import dev.mlctl.format.RowWriter;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part as a file of columns. What a file of columns passes on keeps its type; of a text file the
 * numeric features become numbers, everything else stays text.
 */
final class ColumnPart implements PartEncoder {
  /** Where the arrays of codes are that the writer is given. */
  private static final int CLASSES = 0;

  private static final int CHALLENGER_CLASSES = 1;
  private static final int RELEASES = 2;

  private final RowWriter writer;
  private final boolean withChallenger;

  ColumnPart(ScoreJob job, Signature signature, OutputStream out) {
    Publication publication = job.publication();
    this.withChallenger = job.withChallenger();
    this.writer =
        publication
            .format()
            .columns()
            .orElseThrow()
            .write(out, columns(job, signature), publication.columnCompression());
  }

  private static List<OutputColumn> columns(ScoreJob job, Signature signature) {
    Set<String> numbers =
        signature.features().stream()
            .filter(feature -> feature.type() == FeatureType.NUMBER)
            .map(Feature::name)
            .collect(Collectors.toSet());
    List<OutputColumn> columns = new ArrayList<>();
    for (String name : job.layout().passthrough()) {
      FileColumn declared =
          job.files()
              .get(0)
              .type(name)
              .orElseGet(
                  () ->
                      FileColumn.of(
                          name,
                          numbers.contains(name) ? ColumnType.DOUBLE : ColumnType.STRING,
                          true));
      columns.add(OutputColumn.passed(declared.orNull(), job.layout().wanted().indexOf(name)));
    }
    addAnswers(job, signature, columns);
    return columns;
  }

  private static void addAnswers(ScoreJob job, Signature signature, List<OutputColumn> columns) {
    Iterator<String> added = job.layout().added().iterator();
    List<String> classes = signature.classes();
    columns.add(
        classes.isEmpty()
            ? OutputColumn.numbers(added.next(), 0)
            : OutputColumn.codes(added.next(), classes, CLASSES));
    int outputs = job.probabilities() ? classes.size() : 0;
    for (int k = 0; k < outputs; k++) {
      columns.add(OutputColumn.numbers(added.next(), k));
    }
    if (job.withChallenger()) {
      columns.add(
          classes.isEmpty()
              ? OutputColumn.numbersOrNull(added.next(), signature.outputs())
              : OutputColumn.codesOrNull(added.next(), classes, CHALLENGER_CLASSES));
      for (int k = 0; k < outputs; k++) {
        columns.add(OutputColumn.numbersOrNull(added.next(), signature.outputs() + k));
      }
    }
    if (job.withRelease()) {
      columns.add(release(job, added.next()));
    }
  }

  private static OutputColumn release(ScoreJob job, String name) {
    ChallengerJob challenger = job.challenger();
    return challenger != null && challenger.isCanary()
        ? OutputColumn.codes(name, List.of(job.release(), challenger.label()), RELEASES)
        : OutputColumn.constant(name, job.release());
  }

  @Override
  public void write(RowBatch batch, Answers answers) throws IOException {
    double[][] numbers = answers.given().outputs();
    int[][] codes = {answers.given().classes(), null, null};
    if (withChallenger) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      putChallenger(answers, batch.rows(), numbers);
      codes[CHALLENGER_CLASSES] = challengerClasses(answers, batch.rows());
    }
    if (answers.byChallenger() != null) {
      codes[RELEASES] = new int[batch.rows()];
      for (int r = 0; r < batch.rows(); r++) {
        codes[RELEASES][r] = answers.isByChallenger(r) ? 1 : 0;
      }
    }
    writer.write(batch, numbers, codes);
  }

  /** Puts what the challenger computed behind what was given, NaN where it is nothing. */
  private static void putChallenger(Answers answers, int rows, double[][] numbers) {
    int outputs = numbers.length / 2;
    for (int k = 0; k < outputs; k++) {
      double[] column = new double[rows];
      for (int r = 0; r < rows; r++) {
        column[r] = answers.hasChallenger(r) ? answers.challenger().outputs()[k][r] : Double.NaN;
      }
      numbers[outputs + k] = column;
    }
  }

  private static int[] challengerClasses(Answers answers, int rows) {
    int[] classes = new int[rows];
    for (int r = 0; r < rows; r++) {
      boolean there = answers.hasChallenger(r) && answers.challenger().classes() != null;
      classes[r] = there ? answers.challenger().classes()[r] : -1;
    }
    return classes;
  }

  @Override
  public RowDigest digest() {
    return writer.digest();
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
  }
}
