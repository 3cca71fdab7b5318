package dev.mlctl.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mlctl.config.Json;
import dev.mlctl.servers.GcsApi.Request;
import dev.mlctl.servers.GcsApi.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * Cloud Storage on the loopback interface, in this process and in memory. It honours what its Java
 * clients and Beam use of the JSON API, generation preconditions included, and gives out tokens for
 * the service account that {@link #serviceAccount} makes up. Thread-safe.
 */
public final class GcsStandIn implements AutoCloseable {
  private static final String TOKEN = "token-of-the-stand-in";

  static {
    // Or each reply whose head and body are sent apart takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final GcsObjects objects = new GcsObjects();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final GcsApi api;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean locked;
  private volatile int broken;
  private volatile Function<Request, Optional<Response>> besides = request -> Optional.empty();

  private GcsStandIn() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(any, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    api = new GcsApi(objects, root());
    server.start();
  }

  /** Starts one without buckets that asks nobody for credentials. */
  public static GcsStandIn start() throws IOException {
    return new GcsStandIn();
  }

  /** Adds a bucket. */
  public GcsStandIn withBucket(String name) {
    objects.addBucket(name);
    return this;
  }

  /** From now on requests need the token that the service account gets: 401 without any, 403. */
  public GcsStandIn locked() {
    locked = true;
    return this;
  }

  /** From now on writes are done whatever they are conditional on. */
  public GcsStandIn ignoringConditions() {
    objects.ignoreConditions();
    return this;
  }

  /** Serves more than Cloud Storage: what this has an answer to, it is asked for first. */
  void besides(Function<Request, Optional<Response>> other) {
    besides = other;
  }

  /** From now on every request is answered with a status; 0 to serve them again. */
  public void breakWith(int status) {
    broken = status;
  }

  /** Where it listens, with a slash at the end. */
  public String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** The port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What Beam's {@code --gcsEndpoint} wants. */
  public String endpoint() {
    return root() + "storage/v1/";
  }

  /** Puts an object. */
  public void put(String bucket, String name, byte[] bytes) {
    objects.put(bucket, name, bytes, "application/octet-stream", GcsConditions.NONE);
  }

  /** The bytes of an object, if it is there. */
  public Optional<byte[]> get(String bucket, String name) {
    return objects.find(bucket, name).map(GcsObjects.Stored::bytes);
  }

  /** The names of all objects of a bucket, sorted. */
  public List<String> names(String bucket) {
    return objects.names(bucket);
  }

  /** What was asked so far: method, path and query. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /**
   * Writes a key file for {@code GOOGLE_APPLICATION_CREDENTIALS}.
   *
   * @param file where to
   * @param known whether this server knows the account
   */
  public Path serviceAccount(Path file, boolean known) throws IOException {
    byte[] key;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      key = generator.generateKeyPair().getPrivate().getEncoded();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "service_account");
    map.put("project_id", "stand-in");
    map.put("private_key_id", "1");
    map.put(
        "private_key",
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n");
    map.put("client_email", "tester@stand-in.iam.gserviceaccount.com");
    map.put("client_id", "1");
    map.put("token_uri", root() + (known ? "token" : "no-token"));
    return Files.writeString(file, Json.write(map));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      Response response = answer(request(exchange));
      response.headers().forEach(exchange.getResponseHeaders()::set);
      int length = response.body().length;
      exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(response.body());
      }
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    InputStream body = exchange.getRequestBody();
    boolean zipped = "gzip".equals(headers.get("content-encoding"));
    byte[] bytes = zipped ? new GZIPInputStream(body).readAllBytes() : body.readAllBytes();
    String method = headers.getOrDefault("x-http-method-override", exchange.getRequestMethod());
    return new Request(method, exchange.getRequestURI(), headers, bytes);
  }

  private Response answer(Request request) {
    String path = request.target().getPath();
    if (path.equals("/token")) {
      return Response.json(
          200, Map.of("access_token", TOKEN, "expires_in", 3600L, "token_type", "Bearer"));
    } else if (path.equals("/no-token")) {
      return Response.json(
          400, Map.of("error", "invalid_grant", "error_description", "Invalid grant: no account"));
    } else if (broken != 0) {
      return Response.error(broken, "The stand-in is broken.");
    } else if (locked && !request.header("authorization").equals("Bearer " + TOKEN)) {
      boolean none = request.header("authorization").isEmpty();
      return none
          ? Response.error(401, "Anonymous caller does not have storage access.")
          : Response.error(403, "The caller does not have storage access.");
    }
    return besides.apply(request).orElseGet(() -> api.answer(request));
  }

  /** Stops it; whoever waits for an answer gets none. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
