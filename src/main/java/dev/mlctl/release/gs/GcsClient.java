package dev.mlctl.release.gs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import com.google.auth.Retryable;
import dev.mlctl.release.RemoteAddress;
import dev.mlctl.release.RemoteClient;
import dev.mlctl.release.RemoteFault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Google Cloud Storage through its JSON API. An object is created with {@code ifGenerationMatch=0},
 * which the service checks and acts upon atomically
 * (https://cloud.google.com/storage/docs/request-preconditions); what it acknowledges is durable.
 *
 * <p>Google's HTTP client repeats a request only where it is told to: here when credentials have
 * run out, which the service says before it does anything. Java's own connection repeats none whose
 * body was streamed, as these are.
 */
final class GcsClient implements RemoteClient {
  private static final String HINT =
      "set GOOGLE_APPLICATION_CREDENTIALS, or log in with gcloud auth application-default login";

  private final Storage storage;
  private final RemoteAddress address;

  GcsClient(Storage storage, RemoteAddress address) {
    this.storage = storage;
    this.address = address;
  }

  @Override
  public boolean create(String key, byte[] bytes) throws RemoteFault {
    try {
      StorageObject object = new StorageObject().setName(address.name(key));
      Storage.Objects.Insert insert =
          storage
              .objects()
              .insert(
                  address.root(), object, new ByteArrayContent("application/octet-stream", bytes))
              .setIfGenerationMatch(0L)
              .setFields("generation");
      insert.getMediaHttpUploader().setDirectUploadEnabled(true);
      insert.setDisableGZipContent(true).execute();
      return true;
    } catch (IOException e) {
      if (status(e) == 412) {
        return false;
      }
      throw fault(e);
    }
  }

  @Override
  public Optional<byte[]> read(String key, long maxBytes) throws RemoteFault {
    try {
      HttpResponse response =
          storage.objects().get(address.root(), address.name(key)).executeMedia();
      try (InputStream in = response.getContent()) {
        Long length = response.getHeaders().getContentLength();
        return Optional.of(RemoteClient.readAll(in, length == null ? -1 : length, maxBytes));
      }
    } catch (IOException e) {
      return absent(e, Optional.empty());
    }
  }

  @Override
  public OptionalLong size(String key) throws RemoteFault {
    try {
      StorageObject object =
          storage.objects().get(address.root(), address.name(key)).setFields("size").execute();
      return OptionalLong.of(object.getSize().longValueExact());
    } catch (IOException e) {
      return absent(e, OptionalLong.empty());
    }
  }

  /** A missing object is an answer; a missing bucket is not. */
  private static <T> T absent(IOException e, T answer) throws RemoteFault {
    String said = e instanceof HttpResponseException r ? String.valueOf(r.getContent()) : "";
    if (status(e) == 404 && !said.toLowerCase(Locale.ROOT).contains("bucket does not exist")) {
      return answer;
    }
    throw fault(e);
  }

  @Override
  public SortedSet<String> list(String folder, String after) throws RemoteFault {
    String prefix = address.prefix(folder);
    SortedSet<String> names = new TreeSet<>();
    try {
      Storage.Objects.List list =
          storage
              .objects()
              .list(address.root())
              .setPrefix(prefix)
              .setDelimiter("/")
              .setFields("items/name,prefixes,nextPageToken");
      if (!after.isEmpty()) {
        list.setStartOffset(prefix + after);
      }
      do {
        Objects page = list.execute();
        if (page.getItems() != null) {
          page.getItems().forEach(item -> names.add(item.getName().substring(prefix.length())));
        }
        if (page.getPrefixes() != null) {
          page.getPrefixes()
              .forEach(name -> names.add(name.substring(prefix.length(), name.length() - 1)));
        }
        list.setPageToken(page.getNextPageToken());
      } while (list.getPageToken() != null);
    } catch (IOException e) {
      throw fault(e);
    }
    names.remove(after); // the offset is part of what it begins
    return names;
  }

  @Override
  public void delete(String key) throws RemoteFault {
    try {
      storage.objects().delete(address.root(), address.name(key)).execute();
    } catch (IOException e) {
      absent(e, key);
    }
  }

  private static int status(IOException e) {
    return e instanceof HttpResponseException response ? response.getStatusCode() : 0;
  }

  private static RemoteFault fault(IOException e) {
    if (e instanceof HttpResponseException) {
      boolean spoke = e instanceof GoogleJsonResponseException r && r.getDetails() != null;
      String said = spoke ? ((GoogleJsonResponseException) e).getDetails().getMessage() : "";
      RemoteFault fault = RemoteFault.ofStatus(status(e), said, e);
      return status(e) == 401 || status(e) == 403 ? fault.hint(HINT) : fault;
    }
    RemoteFault fault = RemoteFault.ofException(e);
    boolean isToken = fault.kind() == RemoteFault.Kind.DOUBT && e instanceof Retryable;
    return isToken ? noCredentials(e) : fault;
  }

  /** Google's message about a token holds its whole exchange with the server that gives them. */
  static RemoteFault noCredentials(IOException e) {
    return RemoteFault.of(RemoteFault.Kind.REFUSED, "no valid credentials", e).hint(HINT);
  }
}
