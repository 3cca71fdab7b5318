package dev.mlctl.monitor;

import dev.mlctl.data.RowBatch;
import dev.mlctl.format.RowFile;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins the outputs of runs with labels by key. Labels are held in a quarter of the memory that the
 * program may use; if they do not fit, both sides are read again for each part of the keys, in two,
 * four, eight passes. Outputs are read row by row; of those with a label at most five million, or
 * what an eighth of the memory holds, are kept for the metrics. Where several runs answered the
 * same key, the newest counts. Not thread-safe.
 */
final class LabelJoin {
  private static final long MOST_ROWS = 5_000_000;

  /** How the labels' table and the kept rows share the memory. */
  private static final long SHARE_OF_LABELS = 4;

  private static final long SHARE_OF_ROWS = 8;

  private final Signature signature;
  private final LabelSource source;
  private final List<Further> further;
  private final FieldReading fields;
  private final List<Scored> files = new ArrayList<>();
  private final boolean withProbabilities;
  private final SliceColumns slices;
  private final LabelTable table;
  private final LabelReading labels;
  private final Answers answers;
  private final long[] predictions;
  private final long[] labelled;
  private final double[] numbers;
  private final int[] codes;
  private final int[] scoredCodes;
  private KeyPart part = KeyPart.ALL;
  private int run;
  private long duplicatePredictions;
  private long predictionsUnmatched;
  private long unmatchedLabels;
  private long contradictory;
  private long unusable;

  /**
   * A further column of the predictions.
   *
   * @param column its name
   * @param isNumber whether it holds numbers whatever the task; else it is read as the prediction
   *     is, a class by its index. What cannot be read is NaN, and the row is joined all the same
   */
  record Further(String column, boolean isNumber) {}

  /**
   * What a join gives.
   *
   * @param answers whose code 0 is the index of the run, the others those of the slices' columns
   * @param slices the columns of slices with their values
   * @param predictions usable predictions of each run that no newer run or earlier row answered,
   *     oldest run first
   * @param labelled how many of them have a label
   */
  record Joined(
      Answers answers,
      LabelCounts counts,
      SliceColumns slices,
      long[] predictions,
      long[] labelled) {}

  /**
   * A file of predictions.
   *
   * @param prediction the column they are in
   * @param canary what rows say that are another model's; empty when there are none
   * @param run the run's index
   */
  private record Scored(RowFile file, String prediction, Optional<String> canary, int run) {}

  private LabelJoin(
      Signature signature,
      LabelSource source,
      List<RunRecord> runs,
      List<Further> further,
      long memory) {
    this.signature = signature;
    this.source = source;
    this.further = further;
    this.fields = new FieldReading(signature);
    List<RowFile> labelFiles = LabelFiles.of(source);
    for (int i = runs.size() - 1; i >= 0; i--) {
      int index = i;
      RunRecord run = runs.get(i);
      if (run.canary().isPresent() && !run.namesReleases()) {
        continue; // nobody can tell whose answers these are, and some are not the release's
      }
      String prediction = ScoredFiles.predictionColumn(run);
      ScoredFiles.of(run)
          .forEach(file -> files.add(new Scored(file, prediction, run.canary(), index)));
    }
    this.withProbabilities =
        signature.task() == Task.CLASSIFICATION
            && files.stream().allMatch(f -> f.file().columns().containsAll(probabilityColumns()));
    this.slices = slices(labelFiles);
    this.table = new LabelTable(slices.labelled().size());
    String target = source.target().orElse(signature.target());
    this.labels = new LabelReading(labelFiles, source.key(), target, slices, fields, table);
    this.numbers =
        new double[2 + (withProbabilities ? signature.classes().size() : 0) + further.size()];
    this.codes = new int[1 + slices.names().size()];
    this.scoredCodes = new int[slices.scored().size()];
    long fit = Answers.rowsIn(memory / SHARE_OF_ROWS, numbers.length, codes.length);
    int most = (int) Math.max(1, Math.min(MOST_ROWS, fit));
    this.answers = new Answers(signature, withProbabilities, further.size(), codes.length, most);
    this.predictions = new long[runs.size()];
    this.labelled = new long[runs.size()];
  }

  private SliceColumns slices(List<RowFile> labelFiles) {
    return source.slices().isEmpty() || files.isEmpty()
        ? new SliceColumns(List.of(), List.of(), List.of())
        : new SliceColumns(
            source.slices(), common(files.stream().map(Scored::file).toList()), common(labelFiles));
  }

  private static List<String> common(List<RowFile> files) {
    List<String> common = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      List<String> columns = files.get(f).columns();
      if (f == 0) {
        common.addAll(columns);
      }
      common.retainAll(columns);
    }
    return common;
  }

  /**
   * Reads both sides.
   *
   * @param runs oldest first
   */
  static Joined of(Signature signature, LabelSource source, List<RunRecord> runs) {
    return of(signature, source, runs, List.of());
  }

  /** The same with further columns of the predictions, as {@link Answers#further} gives them. */
  static Joined of(
      Signature signature, LabelSource source, List<RunRecord> runs, List<Further> further) {
    return of(signature, source, runs, further, Runtime.getRuntime().maxMemory());
  }

  /**
   * The same in so much memory.
   *
   * @param memory bytes that the whole program may use
   */
  static Joined of(
      Signature signature,
      LabelSource source,
      List<RunRecord> runs,
      List<Further> further,
      long memory) {
    LabelJoin join = new LabelJoin(signature, source, runs, further, memory);
    join.run(LabelTable.labelsIn(memory / SHARE_OF_LABELS, join.slices.labelled().size()));
    return new Joined(join.answers, join.counts(), join.slices, join.predictions, join.labelled);
  }

  private void run(long mostLabels) {
    while (!labels.read(part, mostLabels)) {
      part = part.halved();
    }
    for (KeyPart next = part; next != null; next = next.next()) {
      part = next;
      if (!part.isFirst()) {
        labels.read(part, Long.MAX_VALUE); // about as many as in the first
      }
      files.forEach(this::readPredictions);
      unmatchedLabels += table.unanswered();
      contradictory += table.contradictory();
    }
  }

  private LabelCounts counts() {
    long joined = 0;
    for (long n : labelled) {
      joined += n;
    }
    return new LabelCounts(
        joined,
        unmatchedLabels,
        predictionsUnmatched,
        labels.duplicates(),
        contradictory,
        duplicatePredictions,
        unusable + labels.unusable());
  }

  private void readPredictions(Scored scored) {
    List<String> wanted = new ArrayList<>(List.of(source.key(), scored.prediction()));
    if (withProbabilities) {
      wanted.addAll(probabilityColumns());
    }
    further.forEach(column -> wanted.add(column.column()));
    wanted.addAll(slices.scored());
    int release = wanted.size();
    scored.canary().ifPresent(label -> wanted.add(ChallengerJoin.RELEASE));
    run = scored.run();
    long unreadable =
        scored
            .file()
            .read(
                wanted,
                (batch, row) -> {
                  if (scored.canary().isEmpty()
                      || !batch.text(release, row).equals(scored.canary().get())) {
                    readPrediction(batch, row);
                  }
                });
    unusable += part.isFirst() ? unreadable : 0;
  }

  private void readPrediction(RowBatch batch, int row) {
    long key = fields.key(batch, 0, row);
    boolean mine = part.holds(key);
    if (!mine && !part.isFirst()) {
      return;
    }
    if (key == 0 || !readNumbers(batch, row)) {
      unusable += part.isFirst() ? 1 : 0;
    } else if (mine) {
      join(key, batch, row);
    }
  }

  private void join(long key, RowBatch batch, int row) {
    int slot = table.find(key);
    if (slot < 0 || table.isContradictory(slot)) {
      predictionsUnmatched++;
      predictions[run]++;
    } else if (table.answer(slot)) {
      predictions[run]++;
      labelled[run]++;
      numbers[0] = table.value(slot);
      readCodes(slot, batch, row);
      answers.add(numbers, codes);
    } else {
      duplicatePredictions++;
    }
  }

  /** Reads prediction, probabilities and further numbers; false when one cannot be used. */
  private boolean readNumbers(RowBatch batch, int row) {
    numbers[1] = fields.answer(batch, 1, row);
    boolean usable = !Double.isNaN(numbers[1]);
    int c = 2;
    for (; c < numbers.length - further.size(); c++) {
      numbers[c] = fields.number(batch, c, row);
      usable &= numbers[c] >= 0 && numbers[c] <= 1;
    }
    for (Further column : further) {
      numbers[c] = column.isNumber() ? fields.number(batch, c, row) : fields.answer(batch, c, row);
      c++;
    }
    return usable;
  }

  private void readCodes(int slot, RowBatch batch, int row) {
    codes[0] = run;
    slices.read(slices.scored(), batch, numbers.length, row, scoredCodes);
    int ofScored = 0;
    int ofLabelled = 0;
    for (int s = 0; s < slices.names().size(); s++) {
      boolean inScored = slices.scored().contains(slices.names().get(s));
      codes[1 + s] = inScored ? scoredCodes[ofScored++] : table.code(ofLabelled++, slot);
    }
  }

  private List<String> probabilityColumns() {
    return signature.classes().stream().map(name -> "probability_" + name).toList();
  }
}
