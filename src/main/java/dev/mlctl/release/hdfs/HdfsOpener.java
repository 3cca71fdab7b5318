package dev.mlctl.release.hdfs;

import dev.mlctl.release.RemoteAddress;
import dev.mlctl.release.RemoteClient;
import dev.mlctl.release.RemoteFault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Path;

/**
 * Makes clients of HDFS, with the configuration in {@code HADOOP_CONF_DIR} where there is one. The
 * user is Hadoop's: {@code HADOOP_USER_NAME}, or who has logged in with kinit, or who runs mlctl.
 */
public final class HdfsOpener implements RemoteClient.Opener {
  @Override
  public RemoteClient open(
      RemoteAddress address, Duration patience, Map<String, String> environment)
      throws RemoteFault {
    Configuration configuration = new Configuration();
    configuration.setClassLoader(HdfsOpener.class.getClassLoader());
    // Hadoop's own defaults try a host that does not answer for a quarter of an hour.
    configuration.setInt("ipc.client.connect.max.retries", 3);
    configuration.setInt("ipc.client.connect.retry.interval", 300);
    configuration.setInt("ipc.client.connect.max.retries.on.timeouts", 2);
    // How long to wait before asking again whether a file just written has reached its data node.
    configuration.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 20);
    configuration.setInt("ipc.client.rpc-timeout.ms", (int) patience.toMillis());
    String folder = environment.getOrDefault("HADOOP_CONF_DIR", "");
    if (!folder.isEmpty()) {
      configuration.addResource(new Path(folder, "core-site.xml"));
      configuration.addResource(new Path(folder, "hdfs-site.xml"));
    }
    String root = address.root();
    URI uri = root.isEmpty() ? defaultSystem(configuration) : URI.create("hdfs://" + root);
    try {
      return new HdfsClient(FileContext.getFileContext(uri, configuration), uri, address);
    } catch (IOException | RuntimeException e) {
      throw RemoteFault.ofException(e).certain();
    }
  }

  private static URI defaultSystem(Configuration configuration) throws RemoteFault {
    URI uri = URI.create(configuration.get("fs.defaultFS", ""));
    if (!"hdfs".equals(uri.getScheme())) {
      throw RemoteFault.of(
              RemoteFault.Kind.REFUSED, "the address names no host, nor does Hadoop", null)
          .hint("write hdfs://HOST:PORT/PATH, or set HADOOP_CONF_DIR");
    }
    return uri;
  }
}
