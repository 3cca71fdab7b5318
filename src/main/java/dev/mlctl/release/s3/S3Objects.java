package dev.mlctl.release.s3;

import dev.mlctl.release.RemoteAddress;
import dev.mlctl.release.RemoteClient;
import dev.mlctl.release.RemoteFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Amazon S3 and what speaks its protocol. An object is created with {@code If-None-Match: *}
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html), in one request
 * that the SDK must not repeat.
 *
 * <p>Of the answers, 412 says that there is an object, and 409 (ConditionalRequestConflict) that
 * another request for it was under way: whether that one made it is open.
 */
final class S3Objects implements RemoteClient {
  /** The slowest transfer that is waited for. */
  private static final long BYTES_PER_SECOND = 500_000;

  private final S3Client s3;
  private final RemoteAddress address;
  private final Duration patience;

  S3Objects(S3Client s3, RemoteAddress address, Duration patience) {
    this.s3 = s3;
    this.address = address;
    this.patience = patience;
  }

  @Override
  public boolean create(String key, byte[] bytes) throws RemoteFault {
    Duration limit = patience.plusSeconds(bytes.length / BYTES_PER_SECOND);
    try {
      s3.putObject(
          put ->
              put.bucket(address.root())
                  .key(address.name(key))
                  .ifNoneMatch("*")
                  .overrideConfiguration(settings -> settings.apiCallTimeout(limit)),
          RequestBody.fromBytes(bytes));
      return true;
    } catch (SdkException e) {
      int status = status(e);
      if (status == 412) {
        return false;
      }
      throw status == 409 ? RemoteFault.of(RemoteFault.Kind.DOUBT, said(e), e) : fault(e);
    }
  }

  @Override
  public Optional<byte[]> read(String key, long maxBytes) throws RemoteFault {
    try (ResponseInputStream<GetObjectResponse> in =
        s3.getObject(get -> get.bucket(address.root()).key(address.name(key)))) {
      Long length = in.response().contentLength();
      try {
        return Optional.of(RemoteClient.readAll(in, length == null ? -1 : length, maxBytes));
      } catch (RemoteFault e) {
        in.abort(); // or closing would read the rest
        throw e;
      }
    } catch (SdkException e) {
      return absent(e, Optional.empty());
    } catch (IOException e) {
      throw RemoteFault.ofException(e);
    }
  }

  @Override
  public OptionalLong size(String key) throws RemoteFault {
    try {
      return OptionalLong.of(
          s3.headObject(head -> head.bucket(address.root()).key(address.name(key)))
              .contentLength());
    } catch (SdkException e) {
      return absent(e, OptionalLong.empty());
    }
  }

  /** A missing object is an answer; a missing bucket is not. */
  private static <T> T absent(SdkException e, T answer) throws RemoteFault {
    if (status(e) == 404 && !code(e).equals("NoSuchBucket")) {
      return answer;
    }
    throw fault(e);
  }

  @Override
  public SortedSet<String> list(String folder, String after) throws RemoteFault {
    String prefix = address.prefix(folder);
    ListObjectsV2Request.Builder list =
        ListObjectsV2Request.builder().bucket(address.root()).prefix(prefix).delimiter("/");
    if (!after.isEmpty()) {
      list.startAfter(prefix + after);
    }
    SortedSet<String> names = new TreeSet<>();
    try {
      for (ListObjectsV2Response page : s3.listObjectsV2Paginator(list.build())) {
        page.contents().forEach(object -> names.add(object.key().substring(prefix.length())));
        page.commonPrefixes().stream()
            .map(common -> common.prefix())
            .forEach(name -> names.add(name.substring(prefix.length(), name.length() - 1)));
      }
    } catch (SdkException e) {
      throw fault(e);
    }
    names.remove(after); // "after/" comes after "after"
    return names;
  }

  @Override
  public void delete(String key) throws RemoteFault {
    try {
      s3.deleteObject(delete -> delete.bucket(address.root()).key(address.name(key)));
    } catch (SdkException e) {
      absent(e, key);
    }
  }

  private static int status(SdkException e) {
    return e instanceof S3Exception answer ? answer.statusCode() : 0;
  }

  private static String code(SdkException e) {
    AwsErrorDetails details = e instanceof S3Exception answer ? answer.awsErrorDetails() : null;
    return details == null ? "" : String.valueOf(details.errorCode());
  }

  private static String said(SdkException e) {
    AwsErrorDetails details = e instanceof S3Exception answer ? answer.awsErrorDetails() : null;
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }

  static RemoteFault fault(SdkException e) {
    int status = status(e);
    if (code(e).equals("SlowDown")) {
      return RemoteFault.of(RemoteFault.Kind.BUSY, "the store asks to slow down", e);
    }
    if (status == 0) {
      return withoutAnswer(e);
    }
    RemoteFault fault = RemoteFault.ofStatus(status, said(e), e);
    return switch (status) {
      case 301, 307, 400 -> fault.hint("is the bucket in another region? set AWS_REGION");
      case 401, 403 ->
          fault.hint(
              "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY;"
                  + " mlctl needs s3:ListBucket, s3:GetObject and s3:PutObject,"
                  + " and s3:DeleteObject to prune");
      case 501 -> fault.hint("the server must know conditional writes (If-None-Match)");
      default -> fault;
    };
  }

  private static RemoteFault withoutAnswer(SdkException e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("Unable to load credentials")) {
      return RemoteFault.of(RemoteFault.Kind.REFUSED, "no valid credentials", e)
          .hint("set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    if (text.contains("Unable to load region")) {
      return RemoteFault.of(RemoteFault.Kind.REFUSED, "no AWS region is set", e)
          .hint("set AWS_REGION");
    }
    return RemoteFault.ofException(e);
  }
}
