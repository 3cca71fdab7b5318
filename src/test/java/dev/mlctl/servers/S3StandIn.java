package dev.mlctl.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * S3 on the loopback interface, in this process and in memory: whole objects, listings by page, and
 * what S3Proxy 2.6.0 has not (it replaces the object), conditional writes. It knows one access key
 * and does not check signatures. Thread-safe.
 */
public final class S3StandIn implements AutoCloseable {
  private static final int PAGE = 1000;
  private static final Reply DEAD = Reply.error(500, "InternalError");

  static {
    // Or each reply whose head and body are sent apart takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, NavigableMap<String, byte[]>> buckets = new TreeMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private boolean honoursConditions = true;
  private Reply broken;
  private String fatal;
  private boolean dead;

  private S3StandIn() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(any, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one without buckets. */
  public static S3StandIn start() throws IOException {
    return new S3StandIn();
  }

  /** Adds a bucket. */
  public synchronized S3StandIn withBucket(String name) {
    buckets.put(name, new TreeMap<>());
    return this;
  }

  /** From now on every write is answered with a status and a code of S3's; 0 to do them again. */
  public synchronized void breakWith(int status, String code) {
    broken = status == 0 ? null : Reply.error(status, code);
    dead = false;
    fatal = null;
  }

  /** From now on writes are done whatever they are conditional on. */
  public synchronized S3StandIn ignoringConditions() {
    honoursConditions = false;
    return this;
  }

  /**
   * When an object whose key holds a text has been written, that and every request after it is
   * answered with status 500, until {@link #breakWith} mends it.
   */
  public synchronized void dieAfter(String text) {
    fatal = text;
  }

  /** The port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The variables with which AWS's clients reach it. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", S3Server.KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
    environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port());
    return environment;
  }

  /** Puts an object. */
  public synchronized void put(String bucket, String key, byte[] bytes) {
    buckets.get(bucket).put(key, bytes);
  }

  /** The names of all objects of a bucket, sorted. */
  public synchronized List<String> names(String bucket) {
    return List.copyOf(buckets.get(bucket).keySet());
  }

  /** What was asked so far: method, path and query. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private record Reply(int status, byte[] body) {
    static Reply xml(int status, String xml) {
      return new Reply(status, xml.getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(int status, String code) {
      return xml(
          status, "<Error><Code>" + code + "</Code><Message>It is " + code + ".</Message></Error>");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      byte[] body = body(exchange);
      Reply reply = answer(exchange, body);
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      int length = reply.body().length;
      if (isHead) {
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
      }
      exchange.sendResponseHeaders(reply.status(), isHead || length == 0 ? -1 : length);
      if (!isHead && length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  /**
   * The body without the chunks that carry signatures
   * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html).
   */
  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (hash == null || !hash.startsWith("STREAMING-")) {
      return sent;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String text = new String(sent, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < sent.length) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line).replaceFirst(";.*", ""), 16);
      if (size == 0) {
        break;
      }
      body.write(sent, line + 2, size);
      at = line + 2 + size + 2;
    }
    return body.toByteArray();
  }

  private synchronized Reply answer(HttpExchange exchange, byte[] body) {
    String credentials = exchange.getRequestHeaders().getFirst("Authorization");
    if (dead) {
      return DEAD;
    } else if (credentials == null || !credentials.contains("Credential=" + S3Server.KEY + "/")) {
      return Reply.error(403, "InvalidAccessKeyId");
    }
    String[] parts = exchange.getRequestURI().getPath().substring(1).split("/", 2);
    NavigableMap<String, byte[]> bucket = buckets.get(parts[0]);
    if (bucket == null) {
      return Reply.error(404, "NoSuchBucket");
    } else if (parts.length < 2 || parts[1].isEmpty()) {
      return list(bucket, query(exchange));
    } else if (exchange.getRequestMethod().equals("PUT")) {
      return put(bucket, parts[1], exchange.getRequestHeaders().getFirst("If-None-Match"), body);
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      bucket.remove(parts[1]);
      return new Reply(204, new byte[0]);
    }
    byte[] there = bucket.get(parts[1]);
    return there == null ? Reply.error(404, "NoSuchKey") : new Reply(200, there);
  }

  private Reply put(
      NavigableMap<String, byte[]> bucket, String key, String ifNoneMatch, byte[] body) {
    if (broken != null) {
      return broken;
    } else if (honoursConditions && "*".equals(ifNoneMatch) && bucket.containsKey(key)) {
      return Reply.error(412, "PreconditionFailed");
    }
    bucket.put(key, body);
    dead = fatal != null && key.contains(fatal);
    return dead ? DEAD : new Reply(200, new byte[0]);
  }

  private static Reply list(NavigableMap<String, byte[]> bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    StringBuilder xml = new StringBuilder("<ListBucketResult>");
    TreeSet<String> prefixes = new TreeSet<>();
    String last = "";
    int count = 0;
    for (String name : bucket.tailMap(prefix, true).keySet()) {
      if (!name.startsWith(prefix)) {
        break;
      } else if (name.compareTo(after) <= 0) {
        continue;
      } else if (count == PAGE) {
        xml.append("<IsTruncated>true</IsTruncated><NextContinuationToken>" + last);
        xml.append("</NextContinuationToken>");
        break;
      }
      int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      if (end >= 0) {
        prefixes.add(name.substring(0, end + 1));
      } else {
        xml.append("<Contents><Key>" + name + "</Key></Contents>");
      }
      last = name;
      count++;
    }
    prefixes.forEach(
        p -> xml.append("<CommonPrefixes><Prefix>" + p + "</Prefix></CommonPrefixes>"));
    return Reply.xml(200, xml.append("</ListBucketResult>").toString());
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (String pair : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length > 1 ? parts[1] : "";
      query.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }

  /** Stops it; whoever waits for an answer gets none. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
