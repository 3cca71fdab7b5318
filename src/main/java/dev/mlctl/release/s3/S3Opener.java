package dev.mlctl.release.s3;

import dev.mlctl.release.RemoteAddress;
import dev.mlctl.release.RemoteClient;
import dev.mlctl.release.RemoteFault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes clients of S3. Credentials, region and endpoint are looked for where Amazon's SDK looks:
 * variables ({@code AWS_*}), profiles, the machine it runs on.
 */
public final class S3Opener implements RemoteClient.Opener {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  @Override
  public RemoteClient open(
      RemoteAddress address, Duration patience, Map<String, String> environment)
      throws RemoteFault {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(patience)
                    .expectContinueEnabled(false))
            .overrideConfiguration(
                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
    String endpoint =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
    if (!endpoint.isEmpty()) {
      pointTo(endpoint, builder, environment);
    }
    try {
      return new S3Objects(builder.build(), address, patience);
    } catch (SdkException e) {
      throw S3Objects.fault(e).certain();
    }
  }

  /** Other servers than Amazon's seldom have a name for each bucket, and none has its regions. */
  private static void pointTo(
      String endpoint, S3ClientBuilder builder, Map<String, String> environment)
      throws RemoteFault {
    try {
      URI uri = URI.create(endpoint);
      builder.endpointOverride(uri);
      String host = String.valueOf(uri.getHost());
      if (!host.endsWith(".amazonaws.com") && !host.endsWith(".amazonaws.com.cn")) {
        builder.forcePathStyle(true);
        String region = environment.getOrDefault("AWS_DEFAULT_REGION", "us-east-1");
        builder.region(Region.of(environment.getOrDefault("AWS_REGION", region)));
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      throw RemoteFault.of(RemoteFault.Kind.REFUSED, "AWS_ENDPOINT_URL is not an address", e)
          .hint("write it as http://HOST:PORT or https://HOST");
    }
  }
}
