package dev.mlctl.release.gs;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.mlctl.release.RemoteAddress;
import dev.mlctl.release.RemoteClient;
import dev.mlctl.release.RemoteFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Makes clients of Cloud Storage. Credentials are Google's application default ones. Another
 * endpoint comes from the variables that Google's own tools read: {@code STORAGE_EMULATOR_HOST} of
 * a server that asks for none, {@code CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE} of one that does.
 */
public final class GcsOpener implements RemoteClient.Opener {
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
  private static final int CONNECT_MILLIS = 10_000;
  private static final int WRITE_MILLIS = 600_000;

  @Override
  public RemoteClient open(
      RemoteAddress address, Duration patience, Map<String, String> environment)
      throws RemoteFault {
    String emulator = environment.getOrDefault("STORAGE_EMULATOR_HOST", "");
    String endpoint = environment.getOrDefault("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", "");
    HttpTransport transport = new NetHttpTransport();
    Optional<HttpCredentialsAdapter> credentials =
        emulator.isEmpty() ? Optional.of(credentials(transport)) : Optional.empty();
    Storage.Builder storage =
        new Storage.Builder(
                transport,
                GsonFactory.getDefaultInstance(),
                request -> {
                  if (credentials.isPresent()) {
                    credentials.get().initialize(request);
                  }
                  request.setConnectTimeout(CONNECT_MILLIS);
                  request.setReadTimeout((int) patience.toMillis());
                  request.setWriteTimeout(WRITE_MILLIS);
                })
            .setApplicationName("mlctl");
    if (!emulator.isEmpty() || !endpoint.isEmpty()) {
      storage.setRootUrl(root(emulator.isEmpty() ? endpoint : emulator));
    }
    return new GcsClient(storage.build(), address);
  }

  private static HttpCredentialsAdapter credentials(HttpTransport transport) throws RemoteFault {
    try {
      GoogleCredentials credentials = GoogleCredentials.getApplicationDefault(() -> transport);
      return new HttpCredentialsAdapter(credentials.createScoped(SCOPE));
    } catch (IOException e) {
      throw GcsClient.noCredentials(e);
    }
  }

  /** Tools differ in whether the API's path belongs to the endpoint. */
  private static String root(String endpoint) {
    String address = endpoint.contains("://") ? endpoint : "http://" + endpoint;
    return address.replaceFirst("/*(storage/v1/*)?$", "/");
  }
}
