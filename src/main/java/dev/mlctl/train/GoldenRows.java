package dev.mlctl.train;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureBatch;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.model.Golden;
import dev.mlctl.model.Model;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Golden rows: rows the model was judged by, with missing values and unknown categories among. */
final class GoldenRows {
  private static final int ROWS = 64;

  /** The last rows are varied: one of each pair loses a value, the other gets a new category. */
  private static final int VARIED = 8;

  private static final String NEW_CATEGORY = "never seen";

  private final List<Feature> features;
  private final FeatureBatch rows;

  private GoldenRows(Examples examples) {
    this.features = examples.features().features();
    this.rows = examples.features();
  }

  /**
   * Rows spread evenly over the examples, with the model's answers.
   *
   * @param examples at least one row
   */
  static Golden of(Model model, Examples examples) {
    GoldenRows golden = new GoldenRows(examples);
    int count = Math.min(ROWS, examples.rows());
    StringBuilder csv = new StringBuilder();
    csv.append(
        golden.features.stream().map(f -> quoted(f.name())).collect(Collectors.joining(",")));
    csv.append('\n');
    for (int i = 0; i < count; i++) {
      golden.row((int) ((long) i * examples.rows() / count), -1, csv);
    }
    for (int i = 0; i < VARIED; i++) {
      golden.row(i % examples.rows(), i, csv);
    }
    return Golden.record(model, csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a row.
   *
   * @param variation −1 for the row as it is; else every feature f with (f + variation) divisible
   *     by 3 is left empty when that is even, or gets a new category when it is odd
   */
  private void row(int row, int variation, StringBuilder csv) {
    for (int f = 0; f < features.size(); f++) {
      csv.append(f == 0 ? "" : ",");
      boolean varied = variation >= 0 && (f + variation) % 3 == 0;
      csv.append(varied ? varied(f, row, variation % 2 == 0) : value(f, row));
    }
    csv.append('\n');
  }

  private String varied(int f, int row, boolean missing) {
    Feature feature = features.get(f);
    if (missing) {
      return feature.missing() == MissingPolicy.REJECT ? value(f, row) : empty();
    }
    boolean category = feature.type() == FeatureType.CATEGORY;
    boolean free = !feature.categories().contains(NEW_CATEGORY);
    return category && free && feature.unknown() == UnknownPolicy.OTHER
        ? NEW_CATEGORY
        : value(f, row);
  }

  private String value(int f, int row) {
    Feature feature = features.get(f);
    if (feature.type() == FeatureType.CATEGORY) {
      int code = rows.codes(f)[row];
      if (code == FeatureBatch.MISSING) {
        return empty();
      }
      return code == FeatureBatch.UNKNOWN ? NEW_CATEGORY : quoted(feature.categories().get(code));
    }
    double value = rows.numbers(f)[row];
    if (Double.isNaN(value)) {
      return empty();
    }
    return feature.type() == FeatureType.DATE ? date(value) : Double.toString(value);
  }

  /** A row of one empty field would be a blank line, which is no row. */
  private String empty() {
    return features.size() == 1 ? "\"\"" : "";
  }

  private static String date(double days) {
    long seconds = Math.round(days * 86_400);
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
