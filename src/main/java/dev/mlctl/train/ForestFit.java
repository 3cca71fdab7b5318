package dev.mlctl.train;

import dev.mlctl.data.Progress;
import dev.mlctl.model.Link;
import dev.mlctl.model.TreeEnsemble;
import dev.mlctl.model.TreeEnsembleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.type.StructType;

/**
 * A random forest. Smile's own is not the same twice when several threads share its pool, so trees
 * are grown in chunks, each on one thread with seeds of its own, and the chunks merged in order:
 * the result does not depend on how many threads there are.
 */
final class ForestFit {
  /** Trees grown between two reports of progress. */
  private static final int CHUNK = 10;

  private final Design design;
  private final Params params;
  private final DataFrame data;
  private final StructType schema;

  private ForestFit(Design design, Params params) {
    this.design = design;
    this.params = params;
    this.data = Frames.of(design);
    this.schema = Frames.rowSchema(design.inputs());
  }

  static Fitted fit(Design design, Params params, long seed, Progress progress) {
    ForestFit fit = new ForestFit(design, params);
    return design.classes() == 0
        ? fit.regression(seed, progress)
        : fit.classification(seed, progress);
  }

  private Fitted regression(long seed, Progress progress) {
    int split = params.integer("features_per_split", 0);
    var forest =
        grow(
            seed,
            progress,
            (trees, seeds) ->
                smile.regression.RandomForest.fit(
                    Frames.formula(),
                    data,
                    trees,
                    Math.min(split, design.inputs()),
                    params.integer("max_depth"),
                    params.integer("max_nodes", Integer.MAX_VALUE),
                    params.integer("node_size"),
                    params.number("subsample"),
                    seeds),
            smile.regression.RandomForest::merge);
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    TreeReading reading = reading(builder);
    for (var model : forest.models()) {
      reading.tree(model.tree.root(), 0, TreeReading::output);
    }
    TreeEnsemble ensemble =
        builder.build(design.inputs(), new double[1], 1.0 / forest.size(), Link.IDENTITY);
    return new Fitted(
        ensemble,
        (inputs, outputs) -> {
          outputs[0] = forest.predict(Tuple.of(Frames.row(inputs), schema));
          return -1;
        },
        forest.importance());
  }

  private Fitted classification(long seed, Progress progress) {
    int classes = design.classes();
    int split = params.integer("features_per_split", 0);
    var forest =
        grow(
            seed,
            progress,
            (trees, seeds) ->
                smile.classification.RandomForest.fit(
                    Frames.formula(),
                    data,
                    trees,
                    Math.min(split, design.inputs()),
                    TreeFit.rule(params),
                    params.integer("max_depth"),
                    params.integer("max_nodes", Integer.MAX_VALUE),
                    params.integer("node_size"),
                    params.number("subsample"),
                    null,
                    seeds),
            smile.classification.RandomForest::merge);
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder();
    TreeReading reading = reading(builder);
    for (var model : forest.models()) {
      reading.tree(
          model.tree.root(),
          -1,
          leaf -> {
            double[] values = TreeReading.posteriors(leaf, classes);
            for (int k = 0; k < classes; k++) {
              values[k] *= model.weight;
            }
            return values;
          });
    }
    TreeEnsemble ensemble = builder.build(design.inputs(), new double[classes], 1, Link.NORMALIZE);
    return new Fitted(
        ensemble,
        (inputs, outputs) -> forest.predict(Tuple.of(Frames.row(inputs), schema), outputs),
        forest.importance());
  }

  private TreeReading reading(TreeEnsembleBuilder builder) {
    return new TreeReading(builder, Frames.inputs(new double[design.inputs()][1]).schema(), 0);
  }

  /** Grows some trees with one seed each. */
  private interface Chunk<F> {
    F grow(int trees, LongStream seeds);
  }

  private <F> F grow(long seed, Progress progress, Chunk<F> chunk, BinaryOperator<F> merge) {
    int trees = params.integer("trees");
    // Smile ignores seeds of 0 and 1, and wants them distinct.
    long[] seeds =
        new SplittableRandom(seed).longs(2, Integer.MAX_VALUE).distinct().limit(trees).toArray();
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), (trees + CHUNK - 1) / CHUNK);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    AtomicInteger done = new AtomicInteger();
    try {
      List<Future<F>> futures = new ArrayList<>();
      for (int from = 0; from < trees; from += CHUNK) {
        int first = from;
        int count = Math.min(CHUNK, trees - from);
        futures.add(
            executor.submit(
                () -> {
                  LongStream own = LongStream.of(seeds).skip(first).limit(count);
                  F grown = Pools.single(() -> chunk.grow(count, own));
                  progress.at("growing trees", done.addAndGet(count), trees);
                  return grown;
                }));
      }
      F forest = null;
      for (Future<F> future : futures) {
        forest = forest == null ? future.get() : merge.apply(forest, future.get());
      }
      return forest;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while growing trees", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
