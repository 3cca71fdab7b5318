package dev.mlctl.release;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place where releases are kept. Opening one touches nothing: a registry that does not exist yet
 * is made by the first deploy into it, and reading from one that does not exist is a failure.
 *
 * <p>Safe for use by several threads.
 */
public final class Registry {
  static final String FORMAT_KEY = "mlctl-registry.json";

  /** The folders of a registry; what lies beside them is somebody else's. */
  static final Set<String> FOLDERS = Set.of("blobs", "models", "signatures", Fate.FOLDER);

  private static final String FORMAT = "mlctl-registry";
  private static final long VERSION = 1;
  private static final int LARGEST_FORMAT = 1 << 16;

  // One letter before a colon is a drive on Windows, not a scheme.
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

  private final ObjectStore store;

  private Registry(ObjectStore store) {
    this.store = store;
  }

  /** {@link #open(String, Map)} in the environment of this process. */
  public static Registry open(String location) {
    return open(location, System.getenv());
  }

  /**
   * The registry at a path, a {@code file:} address or one of a store.
   *
   * @param location a path, absolute or from the working directory, or an address
   * @param environment the process's environment, for the endpoints of stores
   * @throws Failure of kind USAGE when the address is of a kind that this version does not know
   */
  public static Registry open(String location, Map<String, String> environment) {
    if (location.isBlank()) {
      throw Failure.of(FailureKind.USAGE, "the registry's path is empty")
          .hint("name a directory with --registry or MLCTL_REGISTRY");
    }
    if (isRemote(location)) {
      RemoteAddress address = RemoteAddress.parse(location);
      return new Registry(
          new RemoteStore(
              address,
              RemoteClients.opener(address.scheme()),
              RemoteStore.PATIENCE,
              environment,
              Pause.jittered(new SplittableRandom())));
    }
    try {
      boolean isAddress = SCHEME.matcher(location).matches();
      return open(isAddress ? Path.of(URI.create(location)) : Path.of(location));
    } catch (IllegalArgumentException e) {
      throw Failure.of(FailureKind.USAGE, "the registry's path is not one: %s", e.getMessage())
          .at(location)
          .causedBy(e);
    }
  }

  /** True when a location is an address of a store, known or not, rather than of a directory. */
  public static boolean isRemote(String location) {
    Matcher scheme = SCHEME.matcher(location);
    return scheme.matches() && !scheme.group(1).equalsIgnoreCase("file");
  }

  /** The registry in a directory, which need not exist yet. */
  public static Registry open(Path directory) {
    return new Registry(new LocalStore(directory));
  }

  /** The registry in any store. */
  static Registry in(ObjectStore store) {
    return new Registry(store);
  }

  ObjectStore store() {
    return store;
  }

  /** Where the registry is, as a person would write it. */
  public String place() {
    return store.place("");
  }

  /**
   * True when there is a registry here.
   *
   * @throws Failure of kind INVALID when it is of a version that this one does not know
   */
  public boolean exists() {
    Optional<byte[]> format = store.get(FORMAT_KEY, LARGEST_FORMAT);
    format.ifPresent(this::checkFormat);
    return format.isPresent();
  }

  /** Refuses to read from a registry that is not there. */
  void requirePresent() {
    if (!exists()) {
      throw Failure.of(FailureKind.NOT_FOUND, "no registry at %s", place())
          .hint("the first deploy makes one; or name another with --registry or MLCTL_REGISTRY");
    }
  }

  /** Makes the registry unless it exists; never among other files. */
  void requireOrCreate() {
    if (exists()) {
      return;
    }
    List<String> others = store.list("");
    if (!others.isEmpty() && !exists()) {
      throw Failure.of(
              FailureKind.USAGE,
              "cannot make a registry in %s: it holds other files (%s)",
              place(),
              others.get(0))
          .hint("name an empty or a new directory");
    }
    byte[] format = formatBytes();
    // Whoever wins writes the same bytes, and an unknown outcome is settled by looking.
    if (store.putIfAbsent(FORMAT_KEY, format) != PutResult.CREATED && !exists()) {
      throw Failure.of(
              FailureKind.STORAGE,
              "cannot make a registry: the storage did not confirm it; nothing was committed")
          .at(place());
    }
  }

  private static byte[] formatBytes() {
    return ("{\"format\": \"" + FORMAT + "\", \"version\": " + VERSION + "}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void checkFormat(byte[] bytes) {
    String where = store.place(FORMAT_KEY);
    Map<String, Object> format = Json.readObject(where, bytes);
    if (!FORMAT.equals(format.get("format"))) {
      throw Failure.of(FailureKind.INVALID, "this file does not describe an mlctl registry")
          .at(where);
    }
    if (!Long.valueOf(VERSION).equals(format.get("version"))) {
      throw Failure.of(
              FailureKind.INVALID,
              "the registry is of version %s and this mlctl knows version %d",
              format.get("version"),
              VERSION)
          .at(where)
          .hint("a newer mlctl made it: update this one");
    }
  }
}
