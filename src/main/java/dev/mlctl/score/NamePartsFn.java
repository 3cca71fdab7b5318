package dev.mlctl.score;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Names the parts of the input, each under a key of its own. */
final class NamePartsFn extends DoFn<byte[], KV<Integer, WorkUnit>> {
  private final List<WorkUnit> units;

  NamePartsFn(List<WorkUnit> units) {
    this.units = List.copyOf(units);
  }

  /** Takes the one impulse there is. */
  @ProcessElement
  public void name(OutputReceiver<KV<Integer, WorkUnit>> parts) {
    units.forEach(unit -> parts.output(KV.of(unit.part(), unit)));
  }
}
