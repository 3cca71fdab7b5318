package dev.mlctl.servers;

import dev.mlctl.servers.GcsApi.Request;
import dev.mlctl.servers.GcsApi.Response;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many requests in one (https://cloud.google.com/storage/docs/batch). */
final class GcsBatch {
  private static final String BOUNDARY = "batch_of_the_stand_in";
  private static final Pattern ID = Pattern.compile("(?im)^content-id: *<?([^>\\r\\n]+)>?");
  private static final Pattern LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1.1");

  private GcsBatch() {}

  static Response answer(Request batch, Function<Request, Response> api) {
    GcsMultipart parts = GcsMultipart.of(batch.body(), batch.header("content-type"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int part = 0; part < parts.size(); part++) {
      String inner = new String(parts.body(part), StandardCharsets.ISO_8859_1);
      Matcher line = LINE.matcher(inner);
      if (!line.find()) {
        throw new IllegalArgumentException("no request in a part of a batch: " + inner);
      }
      int end = inner.indexOf("\r\n\r\n");
      byte[] content =
          end < 0 ? new byte[0] : inner.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
      String path = line.group(2).replaceFirst("^https?://[^/]+", "");
      Response response =
          api.apply(new Request(line.group(1), URI.create(path), Map.of(), content));
      Matcher id = ID.matcher(parts.head(part));
      write(response, id.find() ? id.group(1) : String.valueOf(part), body);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return new Response(
        200, Map.of("Content-Type", "multipart/mixed; boundary=" + BOUNDARY), body.toByteArray());
  }

  private static void write(Response response, String id, ByteArrayOutputStream body) {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Type: application/http\r\nContent-ID: <response-"
            + id
            + ">\r\n\r\nHTTP/1.1 "
            + response.status()
            + " -\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
            + response.body().length
            + "\r\n\r\n";
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(response.body());
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
