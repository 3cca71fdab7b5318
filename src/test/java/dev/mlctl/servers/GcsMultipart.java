package dev.mlctl.servers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of several parts (RFC 2046), each with its own headers. */
final class GcsMultipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *([^\\r\\n]+)");

  private final List<String> parts;

  private GcsMultipart(List<String> parts) {
    this.parts = parts;
  }

  /** Takes a body apart; a character of the texts in between is a byte. */
  static GcsMultipart of(byte[] body, String contentType) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new IllegalArgumentException("no boundary in " + contentType);
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String delimiter = "(?:\r\n)?" + Pattern.quote("--" + boundary.group(1));
    List<String> parts = new ArrayList<>();
    for (String part : text.split(delimiter, -1)) {
      // Neither what is before the first delimiter nor the two hyphens of the last one.
      if (part.startsWith("\r\n")) {
        parts.add(part.substring(2));
      }
    }
    return new GcsMultipart(parts);
  }

  int size() {
    return parts.size();
  }

  /** The headers of a part and the empty line after them. */
  String head(int part) {
    return parts.get(part).substring(0, headEnd(part));
  }

  byte[] body(int part) {
    return parts.get(part).substring(headEnd(part)).getBytes(StandardCharsets.ISO_8859_1);
  }

  String type(int part) {
    Matcher type = TYPE.matcher(head(part));
    return type.find() ? type.group(1).strip() : "";
  }

  private int headEnd(int part) {
    int end = parts.get(part).indexOf("\r\n\r\n");
    return end < 0 ? parts.get(part).length() : end + 4;
  }
}
