package dev.mlctl.release;

import dev.mlctl.config.Nearest;
import dev.mlctl.data.FailedRow;
import dev.mlctl.data.RowBatch;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import dev.mlctl.format.RowFile;
import dev.mlctl.model.Evaluation;
import dev.mlctl.model.Gate;
import dev.mlctl.model.LabelledFile;
import dev.mlctl.model.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The file of labelled rows that gates are judged on. It may be read again after a lost race, so it
 * must be a regular file and stay as it is.
 */
final class GateFile {
  /** Fewer rows tell nothing; train asks for as many. */
  private static final int FEWEST_ROWS = 10;

  /** Of columns with more different values none is proposed: the one meant may not be seen. */
  private static final int MOST_VALUES = 1000;

  private static final int SHOWN_VALUES = 20;
  private static final Pattern SHOWN = Pattern.compile("\\P{Cntrl}{1,40}");

  private final Path path;
  private final RowFile file;
  private Optional<String> digest = Optional.empty();

  GateFile(Path path) {
    this.path = path;
    this.file = RowFile.of(path, "the rows to judge gates on");
  }

  /** The names of its columns. */
  List<String> columns() {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw failure("cannot judge gates on what is not a regular file")
          .hint("the rows may be read more than once: write them to a file first");
    }
    return file.columns();
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /**
   * Adds every row to an evaluation.
   *
   * @throws Failure of kind INPUT when too few rows count, or none in one of the slices, or when
   *     the file is not what it was the last time
   */
  LabelledFile evaluate(Evaluation evaluation) {
    String before = digest.orElseGet(this::digest);
    file.readBatches(evaluation.columns(), evaluation::add);
    String now = digest();
    if (!now.equals(before)) {
      throw failure("the rows to judge gates on changed while they were read")
          .hint("try again when nobody writes to the file");
    }
    digest = Optional.of(now);
    requireRows(evaluation);
    for (Slice slice : evaluation.slices()) {
      if (evaluation.rows(slice) == 0) {
        throw emptySlice(slice);
      }
    }
    return new LabelledFile(
        name(), now, evaluation.rows(), evaluation.unlabelled(), evaluation.unfit());
  }

  private String digest() {
    MessageDigest sha256 = Digest.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
      return Digest.of(sha256);
    } catch (IOException e) {
      throw failure("cannot read the rows to judge gates on: " + LocalStore.reason(e));
    }
  }

  private void requireRows(Evaluation evaluation) {
    if (evaluation.rows() < FEWEST_ROWS) {
      Failure failure =
          failure(
              String.format(
                  Locale.ROOT,
                  "%,d rows are too few to judge gates on: at least %d are needed",
                  evaluation.rows(),
                  FEWEST_ROWS));
      String leftOut = leftOut(evaluation);
      throw leftOut.isEmpty() ? failure : failure.hint(leftOut);
    }
  }

  /** What was left out and why, on one line; empty when nothing was. */
  String leftOut(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    if (evaluation.unlabelled() > 0) {
      text.append(rows(evaluation.unlabelled(), "has no label", "have no label"));
    }
    if (evaluation.unfit() > 0) {
      FailedRow first = evaluation.firstUnfit().orElseThrow();
      text.append(text.isEmpty() ? "" : ", ")
          .append(rows(evaluation.unfit(), "does not fit", "do not fit"))
          .append(" (first: %s:%d: %s)".formatted(first.source(), first.line(), first.reason()));
    }
    return text.isEmpty() ? "" : "left out of " + name() + ": " + text;
  }

  private static String rows(long count, String one, String more) {
    return count == 1 ? "1 row " + one : String.format(Locale.ROOT, "%,d rows %s", count, more);
  }

  private Failure emptySlice(Slice slice) {
    Failure failure = failure("no row to judge gates on is in the slice " + slice);
    for (Slice.Condition condition : slice.conditions()) {
      Set<String> values = values(condition.column());
      if (values.size() == MOST_VALUES) {
        return failure;
      }
      if (values.stream().noneMatch(condition::holds)) {
        return failure.hint(hint(condition, values));
      }
    }
    return failure.hint(
        "each condition holds for some rows, but not all for one row that can be judged");
  }

  private static String hint(Slice.Condition condition, Set<String> values) {
    Optional<String> near = Nearest.name(condition.value(), values);
    if (near.isPresent()) {
      return "did you mean \"" + near.get() + "\"?";
    }
    List<String> shown =
        values.stream().filter(v -> SHOWN.matcher(v).matches()).limit(SHOWN_VALUES + 1).toList();
    return shown.size() > SHOWN_VALUES
        ? "no row has this value of " + condition.column()
        : "the values of " + condition.column() + " are: " + String.join(", ", shown);
  }

  /** The fault of a gate whose metric these rows do not define. */
  Failure undefined(Gate gate, Gate.Metric metric) {
    return failure("gate \"%s\": these rows do not define %s".formatted(gate, metric.key()))
        .hint("auc needs rows of two classes or more, and scores that are numbers");
  }

  /** The different values of a column, the first thousand of them. */
  private Set<String> values(String column) {
    Set<String> values = new TreeSet<>();
    file.readBatches(List.of(column), batch -> addValues(batch, values));
    return values;
  }

  private static void addValues(RowBatch batch, Set<String> values) {
    for (int r = 0; r < batch.rows() && values.size() < MOST_VALUES; r++) {
      if (!batch.isRejected(r)) {
        values.add(batch.text(0, r));
      }
    }
  }

  private Failure failure(String message) {
    return new Failure(FailureKind.INPUT, List.of(Problem.of(message).at(path.toString())), null);
  }
}
