package dev.mlctl.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A file kind that uses every sort of shape, for the tests. */
final class Example {
  static final String SECRET = "hunter2";

  static final Function<String, String> ENV = Map.of("TOKEN", SECRET)::get;

  static final Shape SHAPE =
      Shape.object(
          Key.required("model", Shape.text(), "The model's name."),
          Key.optional("task", Shape.oneOf("regression", "classification"), "The task."),
          Key.optional("source", source(), "Where rows come from."),
          Key.optional("features", Shape.listOf(Shape.text()), "The columns to learn from."),
          Key.optional("split", split(), Map.of(), "How rows are divided."),
          Key.optional("params", Shape.mapOf(Shape.scalar()), "The algorithm's parameters."),
          Key.optional("gates", Shape.textOrList(), List.of("r2 >= 0.5"), "What must hold."),
          Key.optional("verbose", Shape.bool(), false, "Whether to say more."),
          Key.optional("workers", Shape.integer(1, 64), "Threads."),
          Key.optional(
              "depth", Shape.either(Shape.integer(), Shape.oneOf("auto")), "auto", "Tree depth."),
          Key.optional("alerts", Shape.mapOf(alert()), "By metric."),
          Key.optional("checks", Shape.listOf(alert()), "In order."));

  private Example() {}

  private static Shape source() {
    Map<String, Shape> types = new LinkedHashMap<>();
    types.put(
        "ReadFromCsv",
        Shape.object(
            Key.required("path", Shape.text(), "A path."),
            Key.optional("delimiter", Shape.text(), ",", "Between fields.")));
    types.put(
        "ReadFromKafka",
        Shape.object(
            Key.required("topic", Shape.text(), "A topic."),
            Key.optional("password", Shape.text(), "A secret.")));
    types.put("ReadNothing", Shape.object(Key.optional("rows", Shape.integer(), 0, "How many.")));
    return Shape.tagged(
        types, Key.optional("max_ratio", Shape.number(0, 1), "The most to reject."));
  }

  private static Shape split() {
    return Shape.object(
        Key.optional("test", Shape.number(0, 1), 0.2, "The test part."),
        Key.optional("seed", Shape.integer(), 42, "The random seed."));
  }

  private static Shape alert() {
    return Shape.object(
        Key.required("warn", Shape.number(), "From here on."),
        Key.optional("critical", Shape.number(), "And from here."));
  }

  static Settings parse(String yaml, String... overrides) {
    return ConfigFile.parse("f.yaml", yaml, SHAPE, List.of(overrides), ENV, Path.of(""));
  }
}
