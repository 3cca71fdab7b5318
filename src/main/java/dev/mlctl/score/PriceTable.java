package dev.mlctl.score;

import dev.mlctl.config.ConfigFile;
import dev.mlctl.config.Key;
import dev.mlctl.config.Settings;
import dev.mlctl.config.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the runners' workers are and what they cost: a prices.yaml. Immutable.
 *
 * @param date when the prices were valid, as the file says it
 * @param source whose prices they are
 * @param currency in which they are
 * @param workers each runner's, by its name, in the order to show them
 */
public record PriceTable(
    String date, String source, String currency, Map<String, WorkerPrice> workers) {
  /** What a prices.yaml may say. */
  public static final Shape SHAPE =
      Shape.object(
          Key.required("date", Shape.text(), "When the prices were valid."),
          Key.required("source", Shape.text(), "Whose prices they are, and for which region."),
          Key.optional("currency", Shape.text(), "USD", "The currency of the prices."),
          Key.required(
              "runners",
              Shape.object(
                  Key.optional(
                      Runner.DIRECT.text(), Shape.object(prices()), Map.of(), "This machine."),
                  Key.required("flink", cluster(), "The workers of a Flink cluster."),
                  Key.required("spark", cluster(), "The workers of a Spark cluster."),
                  Key.required("dataflow", cluster(), "The workers of a Dataflow job.")),
              "Each runner's workers and their prices."));

  /** The most workers that a runner can be said to have. */
  public static final int MOST_WORKERS = 100_000;

  private static final String STANDARD = "prices.yaml";
  private static final double MOST = 1e6;

  /** Copies. */
  public PriceTable {
    workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
  }

  private static Key[] prices() {
    return new Key[] {
      price("vcpu_hour", "The price of a processor for an hour."),
      price("gb_hour", "The price of a GB of memory for an hour."),
    };
  }

  private static Shape cluster() {
    return Shape.object(
        Key.required("workers", Shape.integer(1, MOST_WORKERS), "How many workers there are."),
        Key.required("vcpus", Shape.integer(1, 1024), "The processors of a worker."),
        Key.required("memory_gb", Shape.number(0, MOST), "The memory of a worker in GB."),
        Key.optional("disk_gb", Shape.number(0, MOST), 0.0, "The disk of a worker in GB."),
        Key.required(
            "start_seconds",
            Shape.number(0, MOST),
            "From the submission of a job to its first row."),
        prices()[0],
        prices()[1],
        price("disk_gb_hour", "The price of a GB of disk for an hour."));
  }

  private static Key price(String name, String doc) {
    return Key.optional(name, Shape.number(0, MOST), 0.0, doc);
  }

  /** The table that is part of mlctl. */
  public static PriceTable standard() {
    try (InputStream in = PriceTable.class.getResourceAsStream(STANDARD)) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return from(
          ConfigFile.parse(STANDARD, yaml, SHAPE, List.of(), variable -> null, Path.of("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The meaning of a checked prices.yaml.
   *
   * @param settings checked against {@link #SHAPE}
   */
  public static PriceTable from(Settings settings) {
    Settings runners = settings.section("runners");
    Map<String, WorkerPrice> workers = new LinkedHashMap<>();
    for (String runner : runners.keys()) {
      Settings given = runners.section(runner);
      workers.put(runner, runner.equals(Runner.DIRECT.text()) ? here(given) : cluster(given));
    }
    return new PriceTable(
        settings.text("date"), settings.text("source"), settings.text("currency"), workers);
  }

  private static WorkerPrice here(Settings given) {
    return new WorkerPrice(
        1, 0, 0, 0, Duration.ZERO, given.number("vcpu_hour"), given.number("gb_hour"), 0);
  }

  private static WorkerPrice cluster(Settings given) {
    return new WorkerPrice(
        given.integer("workers"),
        given.integer("vcpus"),
        given.number("memory_gb"),
        given.number("disk_gb"),
        Duration.ofMillis(Math.round(given.number("start_seconds") * 1e3)),
        given.number("vcpu_hour"),
        given.number("gb_hour"),
        given.number("disk_gb_hour"));
  }
}
