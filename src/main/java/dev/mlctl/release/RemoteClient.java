package dev.mlctl.release;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * What a store's own client library is asked to do; {@link RemoteStore} makes an {@link
 * ObjectStore} of it. Every method makes one attempt and says how it failed: a library that repeats
 * requests by itself would take the answer to the second for the answer to the first.
 *
 * <p>Keys and folders are those of {@link ObjectStore}. Implementations are safe for use by several
 * threads.
 */
public interface RemoteClient {
  /** The longest array that every Java can make. */
  int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /** Makes a client; the one class of a store that is looked up by name implements it. */
  interface Opener {
    /**
     * A client for the registry at an address.
     *
     * @param patience how long to wait for a store that says nothing
     * @param environment the process's environment
     * @throws RemoteFault when the client cannot be set up, for want of credentials for example
     */
    RemoteClient open(RemoteAddress address, Duration patience, Map<String, String> environment)
        throws RemoteFault;
  }

  /**
   * Creates an object if there is none of that key, in one atomic act of the store's.
   *
   * @return true when this call made it, and it is there to stay; false when there is one already
   * @throws RemoteFault of a kind that tells whether the object may have been created all the same
   */
  boolean create(String key, byte[] bytes) throws RemoteFault;

  /**
   * The content of an object, or empty when there is none.
   *
   * @throws RemoteFault of kind UNUSABLE when it is larger than {@code maxBytes} or no plain object
   */
  Optional<byte[]> read(String key, long maxBytes) throws RemoteFault;

  /** The size of an object in bytes, or empty when there is none. */
  OptionalLong size(String key) throws RemoteFault;

  /**
   * The names directly under a folder that come after one, those with a dot at their start too.
   *
   * @param after a name, or the empty string for all
   */
  SortedSet<String> list(String folder, String after) throws RemoteFault;

  /**
   * Takes an object away; nothing happens when there is none.
   *
   * @throws RemoteFault of kind UNUSABLE when it is no plain object
   */
  void delete(String key) throws RemoteFault;

  /**
   * All of an answer's bytes, unless they are too many.
   *
   * @param length what is said to come, or negative when nothing is said
   */
  static byte[] readAll(InputStream in, long length, long maxBytes)
      throws IOException, RemoteFault {
    byte[] bytes = {};
    if (length <= maxBytes) {
      bytes = in.readNBytes((int) Math.min(length < 0 ? maxBytes + 1 : length, MAX_ARRAY));
    }
    if (Math.max(length, bytes.length) > maxBytes) {
      throw RemoteFault.of(
          RemoteFault.Kind.UNUSABLE, "the object holds more than " + maxBytes + " bytes", null);
    }
    if (bytes.length < length) {
      throw new IOException("the answer is shorter than it said");
    }
    return bytes;
  }
}
