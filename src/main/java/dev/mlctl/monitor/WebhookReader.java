package dev.mlctl.monitor;

import dev.mlctl.config.Settings;
import dev.mlctl.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Promotes a webhook. Its URL and headers may be secrets as a whole, so no fault repeats any of
 * their text.
 */
final class WebhookReader {
  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}|\\[(::1|0:0:0:0:0:0:0:1)\\]");

  /** What the HTTP client sets, or we do. */
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade",
          "x-hub-signature-256");

  private WebhookReader() {}

  static Optional<Action.Webhook> read(Settings action, Duration timeout, List<Problem> faults) {
    int before = faults.size();
    URI url = url(action, faults);
    Map<String, String> headers = headers(action, faults);
    boolean signed = action.has("secret");
    if (signed && action.text("secret").isEmpty()) {
      faults.add(action.problem("secret", "the secret is empty"));
    }
    if (faults.size() > before) {
      return Optional.empty();
    }
    Optional<String> secret = signed ? Optional.of(action.text("secret")) : Optional.empty();
    return Optional.of(new Action.Webhook(url, shown(action, url), headers, timeout, secret));
  }

  private static URI url(Settings action, List<Problem> faults) {
    URI url;
    try {
      url = new URI(action.text("url"));
    } catch (URISyntaxException e) {
      // The cause would repeat the URL.
      faults.add(action.problem("url", "the url is none").hint("write https://HOST/PATH"));
      return null;
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!List.of("http", "https").contains(scheme) || url.getHost() == null) {
      faults.add(action.problem("url", "the url is none").hint("write https://HOST/PATH"));
    } else if (url.getRawUserInfo() != null) {
      faults.add(
          action
              .problem("url", "the url holds credentials")
              .hint("put them into headers: {Authorization: \"${env:NAME}\"}"));
    } else if (scheme.equals("http") && !isLoopback(url.getHost())) {
      faults.add(
          action
              .problem("url", "plain http is for this machine only (127.0.0.1, ::1, localhost)")
              .hint("use https"));
    }
    return url;
  }

  /** By how it is written: what a name resolves to may be another host a moment later. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static Map<String, String> headers(Settings action, List<Problem> faults) {
    Map<String, String> headers = new LinkedHashMap<>();
    action
        .scalars("headers")
        .forEach(
            (name, value) -> {
              String text = (String) value;
              if (!NAME.matcher(name).matches()) {
                faults.add(action.problem("headers", "a header has a name that is none"));
              } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                faults.add(action.problem("headers", "the header " + name + " is not to be given"));
              } else if (!text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))) {
                faults.add(
                    action.problem("headers", "the header " + name + " is not printable ASCII"));
              }
              headers.put(name, text);
            });
    return headers;
  }

  /** A path is often a token; a URL that is filled in is shown as it stands in the file. */
  private static String shown(Settings action, URI url) {
    String given = (String) action.toMap().get("url");
    if (given.contains("${")) {
      return given;
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }
}
