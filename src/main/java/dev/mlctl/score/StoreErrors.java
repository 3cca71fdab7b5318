package dev.mlctl.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What the clients of the stores throw, as the two exceptions the rest of the room knows: {@link
 * NoSuchFileException} and {@link StoreException}.
 *
 * <p>The clients are not on our class path (see {@link RemoteFileSystems}), so their exceptions are
 * told by the status they carry and by what the causes below them are. Only short parts of their
 * messages are passed on: what a store says, never what was sent to it.
 */
final class StoreErrors {
  private static final int MAX_CAUSES = 20;
  private static final int MAX_LENGTH = 200;

  /** How batched requests of Cloud Storage tell the status: in the text only. */
  private static final Pattern STATUS_IN_TEXT = Pattern.compile("\"code\" ?: ?(\\d{3})\\b");

  /** What the S3 client adds to what the store said. */
  private static final Pattern S3_TAIL = Pattern.compile(" ?\\(Service: S3, .*");

  /** How exceptions of the S3 and the Cloud Storage client give what the store said. */
  private static final String[][] SAYINGS = {
    {"awsErrorDetails", "errorMessage"}, {"getDetails", "getMessage"}
  };

  private final RemotePath path;
  private final List<Throwable> causes = new ArrayList<>();

  private StoreErrors(RemotePath path, Throwable thrown) {
    this.path = path;
    for (Throwable t = thrown; t != null && causes.size() < MAX_CAUSES; t = t.getCause()) {
      causes.add(t);
    }
  }

  /** What was thrown, in readable form. */
  static IOException readable(RemotePath path, Exception thrown) {
    if (thrown instanceof StoreException || thrown instanceof NoSuchFileException) {
      return (IOException) thrown;
    }
    IOException readable = new StoreErrors(path, thrown).readable();
    readable.initCause(thrown);
    return readable;
  }

  /** A call that was given up. */
  static StoreException noAnswer(RemotePath path, long seconds) {
    return new StoreException(
        path.toString(),
        "no answer from the store within " + seconds + " s",
        true,
        "look at the network, the endpoint and the proxy settings");
  }

  private IOException readable() {
    OptionalInt status = status();
    if (status.isPresent()) {
      return ofStatus(status.getAsInt());
    }
    if (find(FileNotFoundException.class, NoSuchFileException.class).isPresent()) {
      return new NoSuchFileException(path.toString());
    }
    Optional<Throwable> network =
        find(
            UnknownHostException.class,
            ConnectException.class,
            NoRouteToHostException.class,
            SocketTimeoutException.class,
            SSLException.class,
            SocketException.class);
    if (network.isPresent()) {
      return new StoreException(
          path.toString(),
          unreachable(network.get()),
          true,
          "look at the network, the endpoint and the proxy settings");
    }
    return ofText();
  }

  private IOException ofStatus(int status) {
    String said = said();
    return switch (status) {
      case 401 -> denied("no valid credentials", said);
      case 403 -> denied("access denied", said);
      case 404 ->
          said.toLowerCase(Locale.ROOT).contains("bucket")
              ? new NoSuchFileException(path.toString(), null, "no such bucket: " + path.root())
              : new NoSuchFileException(path.toString());
      default ->
          new StoreException(
              path.toString(),
              "the store answered with status " + status + (said.isEmpty() ? "" : ": " + said),
              status >= 500 || status == 408 || status == 429,
              "");
    };
  }

  /** Failures that carry neither a status nor a network's exception. */
  private IOException ofText() {
    for (Throwable cause : causes) {
      String text = String.valueOf(cause.getMessage());
      if (text.contains("Unable to load credentials")
          || text.contains("application default credentials")
          || text.contains("Error getting access token")
          || text.contains("Error code invalid_")) {
        return denied("no valid credentials", "");
      }
      if (text.contains("Unable to load region")) {
        return new StoreException(
            path.toString(), "no AWS region is set", false, "set AWS_REGION or --awsRegion");
      }
      if (text.contains("No filesystem found for scheme")) {
        return new StoreException(
            path.toString(),
            "the Hadoop configuration has no file system for it",
            false,
            "set HADOOP_CONF_DIR, or fs.defaultFS in --hdfsConfiguration");
      }
      if (cause.getClass().getSimpleName().equals("AccessControlException")) {
        return denied("access denied", oneLine(text));
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return new StoreException(path.toString(), oneLine(text), true, "");
  }

  private StoreException denied(String what, String said) {
    String hint =
        switch (path.scheme()) {
          case GS -> "set GOOGLE_APPLICATION_CREDENTIALS, or log in with gcloud";
          case S3 -> "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
          case HDFS -> "set HADOOP_USER_NAME, or log in with kinit";
        };
    String reason = said.isEmpty() ? what : what + ": " + said;
    return new StoreException(path.toString(), reason, false, hint);
  }

  private static String unreachable(Throwable network) {
    String text = network.getMessage() == null ? "" : oneLine(network.getMessage());
    if (network instanceof UnknownHostException) {
      return "no such host: " + text.replaceFirst("[: ].*", "");
    } else if (network instanceof SocketTimeoutException) {
      return "the store does not answer: " + text;
    }
    return "cannot connect to the store: " + text;
  }

  @SafeVarargs
  private Optional<Throwable> find(Class<? extends Throwable>... types) {
    for (Class<? extends Throwable> type : types) {
      for (Throwable cause : causes) {
        if (type.isInstance(cause)) {
          return Optional.of(cause);
        }
      }
    }
    return Optional.empty();
  }

  /** The HTTP status that one of the causes carries. */
  private OptionalInt status() {
    for (Throwable cause : causes) {
      for (String getter : List.of("statusCode", "getStatusCode")) {
        int status = number(cause, getter);
        if (status >= 300) {
          return OptionalInt.of(status);
        }
      }
      Matcher text = STATUS_IN_TEXT.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof IOException && text.find()) {
        return OptionalInt.of(Integer.parseInt(text.group(1)));
      }
    }
    return OptionalInt.empty();
  }

  private static int number(Throwable cause, String getter) {
    return call(cause, getter) instanceof Integer number ? number : 0;
  }

  /** What the store itself said, in a line; empty when it said nothing. */
  private String said() {
    for (Throwable cause : causes) {
      for (String[] getters : SAYINGS) {
        Object details = call(cause, getters[0]);
        Object message = details == null ? null : call(details, getters[1]);
        if (message != null) {
          return oneLine(S3_TAIL.matcher(message.toString()).replaceFirst(""));
        }
      }
    }
    return "";
  }

  private static Object call(Object target, String getter) {
    try {
      return target.getClass().getMethod(getter).invoke(target);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  private static String oneLine(String text) {
    String line = text.strip().lines().findFirst().orElse("").strip();
    String trimmed = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return trimmed.length() > MAX_LENGTH ? trimmed.substring(0, MAX_LENGTH) + "…" : trimmed;
  }
}
