package dev.mlctl.release;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** How a request to a store failed, and above all whether it may have been carried out. */
public final class RemoteFault extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_CAUSES = 20;
  private static final int MAX_LENGTH = 200;
  private static final String NETWORK = "look at the network, the endpoint and the proxy settings";

  private final Kind kind;
  private final String hint;

  /** What is known of the request. */
  public enum Kind {
    /** Not carried out, because there is too much to do: it may be repeated. */
    BUSY,
    /** Not carried out, and it would not be if it were repeated. */
    REFUSED,
    /** Not carried out, because the bucket does not exist. */
    ABSENT,
    /** Not carried out, because it never reached the store. */
    UNREACHED,
    /** What is there is larger than asked for, or is not a plain object. */
    UNUSABLE,
    /** Perhaps carried out, perhaps not, perhaps later. */
    DOUBT
  }

  private RemoteFault(Kind kind, String reason, String hint, Throwable cause) {
    super(reason, cause);
    this.kind = kind;
    this.hint = hint;
  }

  /**
   * A fault.
   *
   * @param reason one line, no full stop, nothing secret
   * @param cause what was thrown, or null
   */
  public static RemoteFault of(Kind kind, String reason, Throwable cause) {
    return new RemoteFault(kind, oneLine(reason), "", cause);
  }

  /**
   * What an HTTP status means (RFC 9110): of a server's errors, and of those between it and us, it
   * cannot be told what was done before.
   *
   * @param said what the store said about it; may be empty or null
   */
  public static RemoteFault ofStatus(int status, String said, Throwable cause) {
    String text = oneLine(said == null ? "" : said);
    String suffix = text.isEmpty() ? "" : ": " + text;
    return switch (status) {
      case 401 -> of(Kind.REFUSED, "no valid credentials" + suffix, cause);
      case 403 -> of(Kind.REFUSED, "access denied" + suffix, cause);
      case 404 -> of(Kind.ABSENT, "no such bucket", cause);
      default -> {
        boolean doubtful = status == 408 || (status >= 500 && status != 501);
        Kind kind = status == 429 ? Kind.BUSY : doubtful ? Kind.DOUBT : Kind.REFUSED;
        yield of(kind, "the store answered with status " + status + suffix, cause);
      }
    };
  }

  /** What an exception without an answer of the store's means. */
  public static RemoteFault ofException(Throwable thrown) {
    Throwable network = null;
    Throwable cause = thrown;
    // The deepest is the network's own; those above it tell what the library was about.
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      boolean isOne =
          cause instanceof UnknownHostException
              || cause instanceof SocketException
              || cause instanceof SocketTimeoutException;
      network = isOne ? cause : network;
    }
    Throwable telling = network == null ? thrown : network;
    String text = telling.getMessage();
    String reason = text == null ? telling.getClass().getSimpleName() : oneLine(text);
    if (network instanceof UnknownHostException) {
      return unreached("no such host: " + reason.replaceFirst("[: ].*", ""), thrown);
    } else if (network instanceof ConnectException || network instanceof NoRouteToHostException) {
      return unreached("cannot connect to the store: " + reason, thrown);
    } else if (network instanceof SocketTimeoutException) {
      return of(Kind.DOUBT, "the store does not answer: " + reason, thrown).hint(NETWORK);
    }
    return of(Kind.DOUBT, reason, thrown);
  }

  private static RemoteFault unreached(String reason, Throwable cause) {
    return of(Kind.UNREACHED, reason, cause).hint(NETWORK);
  }

  /** The same fault with advice. */
  public RemoteFault hint(String advice) {
    return new RemoteFault(kind, getMessage(), advice, getCause());
  }

  /** The same fault of a request that was certainly not carried out. */
  public RemoteFault certain() {
    return kind == Kind.DOUBT ? new RemoteFault(Kind.REFUSED, getMessage(), hint, this) : this;
  }

  /** What is known of the request. */
  public Kind kind() {
    return kind;
  }

  /** Advice, or empty. */
  public String hint() {
    return hint;
  }

  private static String oneLine(String text) {
    String line = text.strip().lines().findFirst().orElse("").strip();
    String trimmed = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return trimmed.length() > MAX_LENGTH ? trimmed.substring(0, MAX_LENGTH) + "…" : trimmed;
  }
}
