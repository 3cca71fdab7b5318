package dev.mlctl.score;

import dev.mlctl.data.ColumnType;
import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.RowBatch;
import dev.mlctl.data.RowDigest;
import dev.mlctl.format.FileColumn;
import dev.mlctl.format.OutputColumn;
import dev.mlctl.format.RowWriter;
import dev.mlctl.model.Predictions;
import dev.mlctl.model.Signature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part as a file of columns. What a file of columns passes on keeps its type; of a text file the
 * numeric features become numbers, everything else stays text.
 */
final class ColumnPart implements PartEncoder {
  private final RowWriter writer;

  ColumnPart(ScoreJob job, Signature signature, OutputStream out) {
    Publication publication = job.publication();
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
    List<String> added = job.layout().added();
    List<String> classes = signature.classes();
    columns.add(
        classes.isEmpty()
            ? OutputColumn.numbers(added.get(0), 0)
            : OutputColumn.codes(added.get(0), classes));
    for (int k = 0; k < classes.size() && job.probabilities(); k++) {
      columns.add(OutputColumn.numbers(added.get(k + 1), k));
    }
    if (job.withRelease()) {
      columns.add(OutputColumn.constant(added.get(added.size() - 1), job.release()));
    }
    return columns;
  }

  @Override
  public void write(RowBatch batch, Predictions predictions) throws IOException {
    writer.write(batch, predictions.outputs(), predictions.classes());
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
