package dev.mlctl.bench;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * The Beam pipeline one would write first: lines in, each split, parsed and scored on its own,
 * lines out, on the direct runner with its checks off. It does less than mlctl: no order, no
 * profile, no rejected rows.
 */
final class RowPipeline {
  private RowPipeline() {}

  static void run(String input, String output, int columns) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner",
                    "--enforceImmutability=false",
                    "--enforceEncodability=false")
                .create());
    pipeline
        .apply("Read", TextIO.read().from(input).withSkipHeaderLines(1))
        .apply("Score", ParDo.of(new ScoreFn(columns)))
        .apply("Write", TextIO.write().to(output).withoutSharding());
    pipeline.run().waitUntilFinish();
  }

  /** The linear model of the benchmark, a row at a time. */
  static final class ScoreFn extends DoFn<String, String> {
    private final int columns;

    ScoreFn(int columns) {
      this.columns = columns;
    }

    /** Scores a line. */
    @ProcessElement
    public void score(@Element String line, OutputReceiver<String> scored) {
      String[] fields = line.split(",", -1);
      double sum = 0.5;
      for (int c = 1; c <= columns; c++) {
        sum += c * Double.parseDouble(fields[c - 1]);
      }
      scored.output(line + "," + sum);
    }
  }
}
