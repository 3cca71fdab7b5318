package dev.mlctl.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Work units as four variable-length integers. */
final class WorkUnitCoder extends AtomicCoder<WorkUnit> {
  @Override
  public void encode(WorkUnit unit, OutputStream out) throws IOException {
    VarInt.encode(unit.part(), out);
    VarInt.encode(unit.file(), out);
    VarInt.encode(unit.start(), out);
    VarInt.encode(unit.end(), out);
  }

  @Override
  public WorkUnit decode(InputStream in) throws IOException {
    return new WorkUnit(
        VarInt.decodeInt(in), VarInt.decodeInt(in), VarInt.decodeLong(in), VarInt.decodeLong(in));
  }
}
