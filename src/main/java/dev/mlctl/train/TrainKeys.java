package dev.mlctl.train;

import dev.mlctl.config.CsvSettings;
import dev.mlctl.config.Key;
import dev.mlctl.config.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of {@code train.yaml}. */
final class TrainKeys {
  static final String READ_FROM_CSV = "ReadFromCsv";

  private TrainKeys() {}

  static Shape shape() {
    return Shape.object(
        Key.required("model", Shape.text(), "The model's name: a-z, 0-9, '.', '_' and '-'."),
        Key.optional(
            "task",
            Shape.oneOf("regression", "classification"),
            "What is predicted; when left out, classification for a text target, else regression."),
        Key.required("source", source(), "Where the training rows come from."),
        Key.required("target", Shape.text(), "The column to predict."),
        Key.optional(
            "features",
            Shape.listOf(Shape.text()),
            "The columns to predict from; when left out, all others but dates and identifiers."),
        Key.optional(
            "columns", Shape.mapOf(column()), "What is known of single columns, by their name."),
        Key.optional("split", split(), Map.of(), "How the model is judged on rows it never saw."),
        Key.optional(
            "algorithm",
            Shape.oneOf(Algorithm.keys().toArray(String[]::new)),
            "gradient_boosting",
            "What is fitted."),
        Key.optional("params", params(), Map.of(), "The algorithm's parameters."),
        Key.optional(
            "preprocessing", preprocessing(), Map.of(), "What is done to values before fitting."),
        Key.optional(
            "gates", Shape.textOrList(), "Conditions on the metrics that must hold: r2 >= 0.85."),
        Key.optional("licence", Shape.text(), "", "The model's licence."),
        Key.optional("description", Shape.text(), "", "Free text that travels with the model."),
        Key.optional(
            "seed", Shape.integer(0, Integer.MAX_VALUE), "The seed of all that is random."));
  }

  private static Shape source() {
    Shape values = Shape.either(Shape.scalar(), Shape.listOf(Shape.scalar()));
    Map<String, Shape> types = new LinkedHashMap<>();
    List<Key> keys = new ArrayList<>();
    keys.add(Key.required("path", Shape.text(), "The file, relative to this YAML file."));
    keys.addAll(CsvSettings.sourceKeys());
    keys.add(
        Key.optional(
            "where",
            Shape.mapOf(values),
            "Keeps only the rows whose column has the value, or one of the values, given."));
    types.put(READ_FROM_CSV, Shape.object(keys.toArray(Key[]::new)));
    return Shape.tagged(types);
  }

  private static Shape column() {
    return Shape.object(
        Key.optional(
            "type",
            Shape.oneOf("number", "category", "date"),
            "What its values are; inferred from them when left out."),
        Key.optional(
            "missing",
            Shape.oneOf("impute", "reject"),
            "impute",
            "What becomes of a row without a value."),
        Key.optional(
            "unknown",
            Shape.oneOf("other", "reject"),
            "other",
            "What becomes of a row with a category that training never saw."));
  }

  private static Shape split() {
    return Shape.object(
        Key.optional(
            "test",
            Shape.number(0, 0.9),
            "The share of rows held out; 0.2, or 0 with test_path or folds, when left out."),
        Key.optional(
            "seed", Shape.integer(0, Integer.MAX_VALUE), "The seed of the split; else the seed."),
        Key.optional(
            "by",
            Shape.text(),
            "A column, such as a date, by whose order the last rows are held out."),
        Key.optional("test_path", Shape.text(), "A file whose rows are the held-out part."),
        Key.optional(
            "folds",
            Shape.integer(2, 50),
            "How many parts of the training rows to cross-validate."));
  }

  private static Shape params() {
    return Shape.object(
        Key.optional("trees", Shape.integer(1, 10_000), "How many trees."),
        Key.optional("max_depth", Shape.integer(1, 100), "The deepest a tree may grow."),
        Key.optional("max_nodes", Shape.integer(2, 1_000_000), "The most leaves of a tree."),
        Key.optional("node_size", Shape.integer(1, 1_000_000), "The fewest rows in a leaf."),
        Key.optional("shrinkage", Shape.number(1e-6, 1), "What each boosted tree is scaled by."),
        Key.optional("subsample", Shape.number(0.01, 1), "The share of rows each tree sees."),
        Key.optional(
            "features_per_split",
            Shape.integer(1, 100_000),
            "How many inputs a forest tries per split; a third of them, or their square root."),
        Key.optional("split_rule", Shape.oneOf("gini", "entropy"), "How impurity is measured."),
        Key.optional("method", Shape.oneOf("svd", "qr"), "How least squares is solved."),
        Key.optional("lambda", Shape.number(0, 1e12), "The weight of the penalty."),
        Key.optional("lambda1", Shape.number(1e-12, 1e12), "The weight of the L1 penalty."),
        Key.optional("lambda2", Shape.number(1e-12, 1e12), "The weight of the L2 penalty."),
        Key.optional("tolerance", Shape.number(1e-12, 1), "When iteration stops."),
        Key.optional("max_iterations", Shape.integer(1, 1_000_000), "The most iterations."),
        Key.optional(
            "hidden", Shape.listOf(Shape.integer(1, 4096)), "The units of each hidden layer."),
        Key.optional("activation", Shape.oneOf("rectifier", "sigmoid"), "What hidden units apply."),
        Key.optional("epochs", Shape.integer(1, 100_000), "Passes over the training rows."),
        Key.optional("batch_size", Shape.integer(1, 100_000), "Rows per step of the descent."),
        Key.optional("learning_rate", Shape.number(1e-9, 1), "The length of a step."));
  }

  private static Shape preprocessing() {
    return Shape.object(
        Key.optional(
            "number",
            Shape.object(
                Key.optional(
                    "impute",
                    Shape.either(Shape.oneOf("median", "mean"), Shape.number()),
                    "median",
                    "What replaces a missing number: median, mean or a constant."),
                Key.optional(
                    "scale",
                    Shape.oneOf("none", "standard"),
                    "standard gives mean 0 and deviation 1; the default of all but trees.")),
            Map.of(),
            "Numbers and dates."),
        Key.optional(
            "category",
            Shape.object(
                Key.optional(
                    "encode",
                    Shape.oneOf("one_hot", "ordinal"),
                    "one_hot makes an input per level, ordinal one of ordered levels (trees)."),
                Key.optional(
                    "impute",
                    Shape.oneOf("own_level", "most_frequent"),
                    "own_level",
                    "What a missing category is."),
                Key.optional(
                    "rare_below",
                    Shape.integer(0, 1_000_000),
                    10L,
                    "Categories with fewer training rows share a level; unknown ones join it.")),
            Map.of(),
            "Categories."));
  }
}
