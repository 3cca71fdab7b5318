package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path in a store, as a user writes it: nothing in it is escaped.
 *
 * @param root the bucket of an object store; host and port of HDFS, empty for its default
 * @param key what follows the slash after it, without a slash at either end; may be empty
 */
record RemotePath(RemoteScheme scheme, String root, String key) {
  private static final Pattern FORM = Pattern.compile("[^:]+://([^/]*)/*(.*?)/*", Pattern.DOTALL);

  /**
   * Takes a path apart.
   *
   * @throws Failure of kind USAGE when it is none of a store or names no bucket
   */
  static RemotePath parse(String text) {
    RemoteScheme scheme =
        RemoteScheme.of(text)
            .orElseThrow(() -> Failure.of(FailureKind.USAGE, "not a path of a store: %s", text));
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && scheme != RemoteScheme.HDFS)) {
      throw Failure.of(FailureKind.USAGE, "the path names no bucket: %s", text)
          .hint("write " + scheme.text() + "://BUCKET/PATH");
    }
    return new RemotePath(scheme, matcher.group(1), matcher.group(2));
  }

  /** The last part of the key; empty for a bucket. */
  String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** The path without its last part; a bucket is its own parent. */
  RemotePath parent() {
    return withKey(key.substring(0, Math.max(0, key.lastIndexOf('/'))));
  }

  /** A path below this one. */
  RemotePath resolve(String name) {
    return withKey(key.isEmpty() ? name : key + "/" + name);
  }

  /** Another path of the same bucket. */
  RemotePath withKey(String other) {
    return new RemotePath(scheme, root, other);
  }

  /** The name by which Beam takes the path: HDFS wants a URI, the object stores the plain text. */
  String resource() {
    if (scheme != RemoteScheme.HDFS) {
      return toString();
    }
    try {
      String host = root.isEmpty() ? null : root;
      return new URI(scheme.text(), host, "/" + key, null, null).toString();
    } catch (URISyntaxException e) {
      throw Failure.of(FailureKind.USAGE, "not a path: %s", this).causedBy(e);
    }
  }

  /** The path behind a name that Beam gave. */
  static RemotePath ofResource(String resource) {
    if (!resource.startsWith(RemoteScheme.HDFS.text() + ":")) {
      return parse(resource);
    }
    URI uri = URI.create(resource);
    String host = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return parse(RemoteScheme.HDFS.text() + "://" + host + uri.getPath());
  }

  @Override
  public String toString() {
    return scheme.text() + "://" + root + "/" + key;
  }
}
