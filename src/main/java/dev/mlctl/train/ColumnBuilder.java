package dev.mlctl.train;

import dev.mlctl.data.FeatureDecoder;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Numbers;
import dev.mlctl.data.RowBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Collects a column's values. Not thread-safe. */
final class ColumnBuilder {
  private final String name;
  private final FeatureType type;
  private final Set<String> nullValues;
  private final Map<String, Integer> codeOf = new HashMap<>();
  private double[] numbers = new double[1024];
  private int[] codes = new int[1024];
  private int rows;

  ColumnBuilder(String name, FeatureType type, Set<String> nullValues) {
    this.name = name;
    this.type = type;
    this.nullValues = nullValues;
  }

  String name() {
    return name;
  }

  FeatureType type() {
    return type;
  }

  int categories() {
    return codeOf.size();
  }

  /** Adds a row's value; returns false when it does not fit the type. */
  boolean add(RowBatch batch, int column, int row) {
    int start = batch.starts(column)[row];
    int end = batch.ends(column)[row];
    if (rows == numbers.length) {
      numbers = Arrays.copyOf(numbers, rows * 2);
      codes = Arrays.copyOf(codes, rows * 2);
    }
    double plain =
        type == FeatureType.NUMBER && end > start && nullValues.isEmpty()
            ? Numbers.parse(batch.bytes(), start, end)
            : Double.NaN;
    if (!Double.isNaN(plain)) {
      numbers[rows++] = plain;
      return true;
    }
    String text = start == end ? "" : batch.text(column, row);
    boolean missing = text.isEmpty() || nullValues.contains(text);
    boolean fits = true;
    if (type == FeatureType.CATEGORY) {
      codes[rows] = missing ? -1 : codeOf.computeIfAbsent(text, t -> codeOf.size());
    } else {
      double value = type == FeatureType.DATE ? FeatureDecoder.days(text) : Numbers.parse(text);
      numbers[rows] = missing ? Double.NaN : value;
      fits = missing || !Double.isNaN(value);
    }
    rows++;
    return fits;
  }

  /** The column, its texts in their natural order whatever order they came in. */
  Column build() {
    if (type != FeatureType.CATEGORY) {
      return new Column(name, type, Arrays.copyOf(numbers, rows), null, List.of());
    }
    List<String> texts = codeOf.keySet().stream().sorted(Comparator.naturalOrder()).toList();
    int[] sorted = new int[texts.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[codeOf.get(texts.get(i))] = i;
    }
    int[] mapped =
        IntStream.range(0, rows).map(r -> codes[r] < 0 ? -1 : sorted[codes[r]]).toArray();
    return new Column(name, type, null, mapped, texts);
  }
}
