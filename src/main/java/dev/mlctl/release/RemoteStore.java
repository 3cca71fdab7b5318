package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * An object store in a bucket or on HDFS. What the store's own client does in single attempts
 * becomes the promises of {@link ObjectStore} here: a request to create that may have been carried
 * out is UNKNOWN and not repeated, one that certainly was not is repeated or fails; reads are
 * repeated.
 *
 * <p>Nothing is loaded or asked before the first call, and nothing is written before the store has
 * shown that it keeps its side of the contract: {@link StoreProbe}.
 */
final class RemoteStore implements PrunableStore {
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
  private static final int ATTEMPTS = 4;
  private static final int THREADS = 16;

  /** Waits begin here in the table of {@link Pause}: 4 ms would be no time for a store. */
  private static final int FIRST_PAUSE = 4;

  /** How long a store may say nothing before a request counts as lost. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RemoteAddress address;
  private final RemoteClient.Opener opener;
  private final Duration patience;
  private final Map<String, String> environment;
  private final Pause pause;
  private RemoteClient client;
  private boolean proven;

  /**
   * A store.
   *
   * @param opener makes the client when it is first needed
   * @param patience how long to wait for a store that says nothing
   */
  RemoteStore(
      RemoteAddress address,
      RemoteClient.Opener opener,
      Duration patience,
      Map<String, String> environment,
      Pause pause) {
    this.address = address;
    this.opener = opener;
    this.patience = patience;
    this.environment = environment;
    this.pause = pause;
  }

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    checked(key);
    prove();
    return create(key, bytes);
  }

  private synchronized void prove() {
    if (!proven) {
      new StoreProbe(this::create, pause).check(address.place(""));
      proven = true;
    }
  }

  private PutResult create(String key, byte[] bytes) {
    for (int attempt = 0; ; attempt++) {
      waitBefore(attempt);
      try {
        return call(client -> client.create(key, bytes)) ? PutResult.CREATED : PutResult.EXISTS;
      } catch (RemoteFault e) {
        if (e.kind() == RemoteFault.Kind.DOUBT) {
          return PutResult.UNKNOWN;
        }
        if (e.kind() != RemoteFault.Kind.BUSY || attempt == ATTEMPTS - 1) {
          throw failure("write", "; nothing was committed", key, e);
        }
      }
    }
  }

  @Override
  public Optional<byte[]> get(String key, long maxBytes) {
    checked(key);
    return patiently("read", key, client -> client.read(key, maxBytes));
  }

  /** {@inheritDoc} Many at once, since each is a round trip. */
  @Override
  public List<Optional<byte[]>> getAll(List<String> keys, long maxBytes) {
    if (keys.size() < 2) {
      return PrunableStore.super.getAll(keys, maxBytes);
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(keys.size(), THREADS));
    try {
      List<Callable<Optional<byte[]>>> reads = new ArrayList<>();
      keys.forEach(key -> reads.add(() -> get(key, maxBytes)));
      List<Optional<byte[]>> contents = new ArrayList<>();
      for (Future<Optional<byte[]>> read : threads.invokeAll(reads)) {
        contents.add(read.get());
      }
      return contents;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(FailureKind.INTERRUPTED, "interrupted").causedBy(e);
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public OptionalLong size(String key) {
    checked(key);
    return patiently("read", key, client -> client.size(key));
  }

  @Override
  public List<String> list(String folder) {
    return listAfter(folder, "");
  }

  @Override
  public List<String> listAfter(String folder, String after) {
    if (!folder.isEmpty()) {
      checked(folder);
    }
    return patiently("read", folder, client -> client.list(folder, after)).stream()
        .filter(name -> !name.isEmpty() && !name.startsWith("."))
        .toList();
  }

  @Override
  public boolean listsByPage() {
    return true;
  }

  /** {@inheritDoc} Repeated when in doubt: taking away twice is taking away once. */
  @Override
  public void delete(String key) {
    checked(key);
    patiently(
        "delete from",
        key,
        client -> {
          client.delete(key);
          return key;
        });
  }

  /** Never called: a store in which objects get their name as they are written has no leftovers. */
  @Override
  public void deleteLeftover(Leftover leftover) {
    throw new IllegalArgumentException("no leftover of this store: " + leftover.place());
  }

  @Override
  public String place(String key) {
    return address.place(key);
  }

  private static void checked(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a key: " + key);
    }
  }

  /** One request of the client's. */
  private interface Request<T> {
    T to(RemoteClient client) throws RemoteFault;
  }

  private <T> T patiently(String act, String key, Request<T> request) {
    long start = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      waitBefore(attempt);
      try {
        return call(request);
      } catch (RemoteFault e) {
        boolean mayPass = e.kind() == RemoteFault.Kind.BUSY || e.kind() == RemoteFault.Kind.DOUBT;
        boolean isLate = System.nanoTime() - start > patience.toNanos();
        if (!mayPass || isLate || attempt == ATTEMPTS - 1) {
          throw failure(act, "", key, e);
        }
      }
    }
  }

  private void waitBefore(int attempt) {
    pause.before(attempt == 0 ? 0 : attempt + FIRST_PAUSE);
  }

  /** With the client's own libraries in sight, which some of them look for by name. */
  private <T> T call(Request<T> request) throws RemoteFault {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(opener.getClass().getClassLoader());
    try {
      return request.to(client());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private synchronized RemoteClient client() throws RemoteFault {
    if (client == null) {
      client = opener.open(address, patience, environment);
    }
    return client;
  }

  private Failure failure(String act, String outcome, String key, RemoteFault fault) {
    Failure failure =
        switch (fault.kind()) {
          case ABSENT -> Failure.of(FailureKind.NOT_FOUND, "no such bucket: " + address.root());
          case UNUSABLE -> Failure.of(FailureKind.INVALID, fault.getMessage());
          default ->
              Failure.of(
                  FailureKind.STORAGE,
                  "cannot " + act + " the registry: " + fault.getMessage() + outcome);
        };
    return failure.at(address.place(key)).hint(fault.hint()).causedBy(fault);
  }
}
