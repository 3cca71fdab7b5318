package dev.mlctl.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hadoop's own name node and one data node on the loopback interface. */
public final class HdfsServer implements AutoCloseable {
  /** How many names it gives in one page of a listing. */
  public static final int PAGE = 10;

  private final Path configuration;
  private final int port;
  private final ServerProcess nameNode;
  private final ServerProcess dataNode;

  private HdfsServer(Path configuration, int port, ServerProcess nameNode, ServerProcess dataNode) {
    this.configuration = configuration;
    this.port = port;
    this.nameNode = nameNode;
    this.dataNode = dataNode;
  }

  /**
   * Starts an empty one.
   *
   * @param directory an empty directory for its files
   */
  public static HdfsServer start(Path directory) throws IOException {
    int port = ServerProcess.freePort();
    Path conf = configuration(directory, port);
    String nameNodeClass = "org.apache.hadoop.hdfs.server.namenode.NameNode";
    ServerProcess.start("hdfs", conf, "", nameNodeClass, "-format", "-nonInteractive").close();
    ServerProcess nameNode =
        ServerProcess.start("hdfs", conf, "Quota initialization completed", nameNodeClass);
    try {
      ServerProcess dataNode =
          ServerProcess.start(
              "hdfs",
              conf,
              "successfully registered with NN",
              "org.apache.hadoop.hdfs.server.datanode.DataNode");
      return new HdfsServer(conf, port, nameNode, dataNode);
    } catch (IOException e) {
      nameNode.close();
      throw e;
    }
  }

  private static Path configuration(Path directory, int port) throws IOException {
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Files.createDirectories(conf.resolve("webapps/hdfs"));
    Files.createDirectories(conf.resolve("webapps/datanode"));
    Files.createDirectory(directory.resolve("data"));
    Map<String, String> core = Map.of("fs.defaultFS", "hdfs://127.0.0.1:" + port);
    Map<String, String> hdfs = new LinkedHashMap<>();
    hdfs.put("dfs.namenode.name.dir", directory.resolve("name").toUri().toString());
    hdfs.put("dfs.datanode.data.dir", directory.resolve("data").toUri().toString());
    hdfs.put("dfs.namenode.http-address", "127.0.0.1:0");
    hdfs.put("dfs.datanode.address", "127.0.0.1:0");
    hdfs.put("dfs.datanode.http.address", "127.0.0.1:0");
    hdfs.put("dfs.datanode.ipc.address", "127.0.0.1:0");
    hdfs.put("dfs.replication", "1");
    hdfs.put("dfs.ls.limit", String.valueOf(PAGE));
    Files.writeString(conf.resolve("core-site.xml"), xml(core));
    Files.writeString(conf.resolve("hdfs-site.xml"), xml(hdfs));
    Files.writeString(
        conf.resolve("log4j.properties"),
        """
        log4j.rootLogger=INFO,out
        log4j.appender.out=org.apache.log4j.ConsoleAppender
        log4j.appender.out.layout=org.apache.log4j.PatternLayout
        log4j.appender.out.layout.ConversionPattern=%p %c{1} %m%n
        """);
    return conf;
  }

  private static String xml(Map<String, String> properties) {
    StringBuilder xml = new StringBuilder("<configuration>\n");
    properties.forEach(
        (name, value) ->
            xml.append(
                "<property><name>" + name + "</name><value>" + value + "</value></property>\n"));
    return xml.append("</configuration>\n").toString();
  }

  /** The name node's port. */
  public int port() {
    return port;
  }

  /** What paths in it start with, without a slash at the end. */
  public String root() {
    return "hdfs://127.0.0.1:" + port;
  }

  /** A directory for {@code HADOOP_CONF_DIR} that names it as the default file system. */
  public Path configuration() {
    return configuration;
  }

  /** Copies a local directory with all that is in it. */
  public void put(Path local, String path) throws IOException {
    shell("-put", local.toString(), root() + path);
  }

  /** Copies a directory with all that is in it to a local one that is not there yet. */
  public Path get(String path, Path local) throws IOException {
    shell("-get", root() + path, local.toString());
    return local;
  }

  private void shell(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("org.apache.hadoop.fs.FsShell"));
    command.addAll(List.of(arguments));
    ServerProcess.start("hdfs", configuration, "", command.toArray(String[]::new)).close();
  }

  @Override
  public void close() {
    dataNode.close();
    nameNode.close();
  }
}
