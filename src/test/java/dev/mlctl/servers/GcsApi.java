package dev.mlctl.servers;

import dev.mlctl.config.Json;
import dev.mlctl.servers.GcsObjects.Refused;
import dev.mlctl.servers.GcsObjects.Stored;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Cloud Storage's JSON API (https://cloud.google.com/storage/docs/json_api/v1) that its
 * Java clients use: buckets, listings, objects, downloads with ranges, simple, multipart and
 * resumable uploads, copies and batches. Thread-safe.
 */
final class GcsApi {
  private static final Pattern BUCKET = Pattern.compile("/storage/v1/b/([^/]+)");
  private static final Pattern LIST = Pattern.compile("/storage/v1/b/([^/]+)/o/?");
  private static final Pattern OBJECT =
      Pattern.compile("(?:/download)?/storage/v1/b/([^/]+)/o/([^/]+)");
  private static final Pattern COPY =
      Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)/(?:rewriteTo|copyTo)/b/([^/]+)/o/([^/]+)");
  private static final Pattern UPLOAD =
      Pattern.compile("(?:/resumable)?/upload/storage/v1/b/([^/]+)/o");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:\\*|\\d+-\\d+)/(\\*|\\d+)");

  private final GcsObjects objects;
  private final String root;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger lastSession = new AtomicInteger();

  /**
   * An API.
   *
   * @param root what its addresses start with
   */
  GcsApi(GcsObjects objects, String root) {
    this.objects = objects;
    this.root = root;
  }

  /**
   * A request.
   *
   * @param target path and query as they were sent
   * @param headers by lower-case name
   */
  record Request(String method, URI target, Map<String, String> headers, byte[] body) {
    Map<String, String> query() {
      Map<String, String> query = new LinkedHashMap<>();
      if (target.getRawQuery() != null) {
        for (String pair : target.getRawQuery().split("&", -1)) {
          String[] parts = pair.split("=", 2);
          query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
      }
      return query;
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** A response. */
  record Response(int status, Map<String, String> headers, byte[] body) {
    static Response json(int status, Map<String, Object> body) {
      return new Response(
          status,
          Map.of("Content-Type", "application/json; charset=UTF-8"),
          Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    static Response empty(int status, Map<String, String> headers) {
      return new Response(status, headers, new byte[0]);
    }

    static Response error(int status, String message) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", status);
      error.put("message", message);
      error.put("errors", List.of(Map.of("message", message, "reason", reason(status))));
      return json(status, Map.of("error", error));
    }

    private static String reason(int status) {
      return switch (status) {
        case 401 -> "authError";
        case 403 -> "forbidden";
        case 404 -> "notFound";
        case 412 -> "conditionNotMet";
        default -> "backendError";
      };
    }
  }

  /** An upload that comes in pieces. */
  private record Session(
      String bucket,
      String name,
      String type,
      GcsConditions conditions,
      ByteArrayOutputStream bytes) {}

  Response answer(Request request) {
    try {
      return routed(request);
    } catch (Refused e) {
      return Response.error(e.status, e.getMessage());
    }
  }

  private Response routed(Request request) {
    String path = request.target().getRawPath();
    if (path.startsWith("/batch")) {
      return GcsBatch.answer(request, this::answer);
    }
    for (Route route : routes()) {
      Matcher matcher = route.path().matcher(path);
      if (matcher.matches()) {
        List<String> names = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
          names.add(decoded(matcher.group(group)));
        }
        return route.handler().answer(request, names);
      }
    }
    return Response.error(501, "not part of the stand-in: " + request.method() + " " + path);
  }

  /** What answers requests of a path. */
  private record Route(Pattern path, Handler handler) {}

  private interface Handler {
    /**
     * Answers a request.
     *
     * @param names the buckets and objects in its path, in order
     */
    Response answer(Request request, List<String> names);
  }

  private List<Route> routes() {
    return List.of(
        new Route(UPLOAD, (request, names) -> upload(request, names.get(0))),
        new Route(COPY, this::copy),
        new Route(OBJECT, (request, names) -> object(request, names.get(0), names.get(1))),
        new Route(
            LIST,
            (request, names) -> Response.json(200, objects.list(names.get(0), request.query()))),
        new Route(BUCKET, (request, names) -> bucket(names.get(0))));
  }

  private Response bucket(String name) {
    objects.requireBucket(name);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "storage#bucket");
    map.put("name", name);
    map.put("location", "US-CENTRAL1");
    map.put("storageClass", "STANDARD");
    return Response.json(200, map);
  }

  private Response object(Request request, String bucket, String name) {
    Map<String, String> query = request.query();
    if (request.method().equals("DELETE")) {
      objects.delete(bucket, name, GcsConditions.of(query));
      return Response.empty(204, Map.of());
    }
    GcsConditions conditions =
        query.containsKey("generation") ? GcsConditions.ofSource(query) : GcsConditions.of(query);
    Stored stored = objects.get(bucket, name, conditions);
    return "media".equals(query.get("alt"))
        ? media(stored, request.header("range"))
        : Response.json(200, stored.metadata());
  }

  private static Response media(Stored stored, String range) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", stored.type());
    headers.put("x-goog-generation", String.valueOf(stored.generation()));
    headers.put("x-goog-hash", "crc32c=" + stored.crc32c());
    Matcher matcher = RANGE.matcher(range);
    int size = stored.bytes().length;
    if (!matcher.matches()) {
      return new Response(200, headers, stored.bytes());
    }
    long from = Long.parseLong(matcher.group(1));
    long to = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (from >= size) {
      return Response.empty(416, Map.of("Content-Range", "bytes */" + size));
    }
    int end = (int) Math.min(to + 1, size);
    headers.put("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + size);
    return new Response(206, headers, Arrays.copyOfRange(stored.bytes(), (int) from, end));
  }

  private Response copy(Request request, List<String> names) {
    Stored copied =
        objects.copy(
            names.get(0),
            names.get(1),
            GcsConditions.ofSource(request.query()),
            names.get(2),
            names.get(3),
            GcsConditions.of(request.query()));
    if (request.target().getRawPath().contains("/copyTo/")) {
      return Response.json(200, copied.metadata());
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", "storage#rewriteResponse");
    map.put("totalBytesRewritten", String.valueOf(copied.bytes().length));
    map.put("objectSize", String.valueOf(copied.bytes().length));
    map.put("done", true);
    map.put("resource", copied.metadata());
    return Response.json(200, map);
  }

  // --- Uploads -----------------------------------------------------------------------------------

  private Response upload(Request request, String bucket) {
    Map<String, String> query = request.query();
    objects.requireBucket(bucket);
    if (query.containsKey("upload_id")) {
      return piece(request, query.get("upload_id"));
    }
    String type = request.header("content-type");
    GcsConditions conditions = GcsConditions.of(query);
    return switch (query.getOrDefault("uploadType", "media")) {
      case "resumable" -> begin(request, bucket, conditions);
      case "multipart" -> {
        GcsMultipart parts = GcsMultipart.of(request.body(), type);
        String name = query.getOrDefault("name", nameIn(parts.body(0)));
        yield stored(bucket, name, parts.body(1), parts.type(1), conditions);
      }
      default -> stored(bucket, query.get("name"), request.body(), type, conditions);
    };
  }

  private Response begin(Request request, String bucket, GcsConditions conditions) {
    String name = request.query().getOrDefault("name", nameIn(request.body()));
    String type = request.headers().getOrDefault("x-upload-content-type", "");
    String id = "upload-" + lastSession.incrementAndGet();
    sessions.put(id, new Session(bucket, name, type, conditions, new ByteArrayOutputStream()));
    String at = root + "upload/storage/v1/b/" + bucket + "/o?uploadType=resumable&upload_id=" + id;
    return Response.empty(200, Map.of("Location", at, "X-GUploader-UploadID", id));
  }

  private Response piece(Request request, String id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw new Refused(404, "No such upload");
    }
    session.bytes().writeBytes(request.body());
    Matcher range = CONTENT_RANGE.matcher(request.header("content-range"));
    boolean more =
        range.matches()
            && (range.group(1).equals("*")
                || session.bytes().size() < Long.parseLong(range.group(1)));
    if (more) {
      int size = session.bytes().size();
      return Response.empty(308, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
    }
    sessions.remove(id);
    return stored(
        session.bucket(),
        session.name(),
        session.bytes().toByteArray(),
        session.type(),
        session.conditions());
  }

  private Response stored(
      String bucket, String name, byte[] bytes, String type, GcsConditions conditions) {
    String known = type.isEmpty() ? "application/octet-stream" : type;
    return Response.json(200, objects.put(bucket, name, bytes, known, conditions).metadata());
  }

  private static String nameIn(byte[] metadata) {
    return metadata.length == 0
        ? ""
        : String.valueOf(Json.readObject("metadata", metadata).get("name"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
