package dev.mlctl.format;

import java.io.InputStream;
import java.io.OutputStream;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TProtocol;
import shaded.parquet.org.apache.thrift.protocol.TProtocolUtil;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/** Thrift's compact protocol, in which Parquet writes its metadata, with limits on what is read. */
final class Thrift {
  private static final int MAX_DEPTH = 32;

  static {
    TProtocolUtil.setMaxSkipDepth(MAX_DEPTH); // fields of later versions are skipped by recursion
  }

  private Thrift() {}

  /** A reader of at most so many bytes, none of whose texts or lists claims to be longer. */
  static TProtocol reader(InputStream in, int limit) throws TTransportException {
    TConfiguration limits = new TConfiguration(limit, limit, MAX_DEPTH);
    return new TCompactProtocol(new TIOStreamTransport(limits, in), limit, limit);
  }

  /** A writer. */
  static TProtocol writer(OutputStream out) throws TTransportException {
    return new TCompactProtocol(new TIOStreamTransport(out));
  }
}
