package dev.mlctl.servers;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * The buckets of {@link GcsStandIn}: objects with generations. Every change is conditional on the
 * generation it is told to expect, atomically, as Cloud Storage does it
 * (https://cloud.google.com/storage/docs/request-preconditions). Thread-safe.
 */
final class GcsObjects {
  private static final int PAGE = 1000;

  private final Map<String, NavigableMap<String, Stored>> buckets = new TreeMap<>();
  private boolean honoursConditions = true;
  private long lastGeneration = 1_700_000_000_000_000L;

  /** An object as it was written once. */
  record Stored(
      String bucket, String name, byte[] bytes, String type, long generation, Instant at) {
    /** Its metadata as the API gives it. */
    Map<String, Object> metadata() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("kind", "storage#object");
      map.put("id", bucket + "/" + name + "/" + generation);
      map.put("bucket", bucket);
      map.put("name", name);
      map.put("size", String.valueOf(bytes.length));
      map.put("generation", String.valueOf(generation));
      map.put("metageneration", "1");
      map.put("contentType", type);
      map.put("storageClass", "STANDARD");
      map.put("timeCreated", at.toString());
      map.put("updated", at.toString());
      map.put("md5Hash", md5());
      map.put("crc32c", crc32c());
      map.put("etag", "e" + generation);
      return map;
    }

    String crc32c() {
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
      return Base64.getEncoder().encodeToString(sum);
    }

    private String md5() {
      try {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What a request refuses to find, with the status it is answered with. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  synchronized void addBucket(String bucket) {
    buckets.putIfAbsent(bucket, new TreeMap<>());
  }

  synchronized void ignoreConditions() {
    honoursConditions = false;
  }

  synchronized void requireBucket(String bucket) {
    bucket(bucket);
  }

  private NavigableMap<String, Stored> bucket(String bucket) {
    NavigableMap<String, Stored> objects = buckets.get(bucket);
    if (objects == null) {
      throw new Refused(404, "The specified bucket does not exist.");
    }
    return objects;
  }

  synchronized Stored put(
      String bucket, String name, byte[] bytes, String type, GcsConditions conditions) {
    if (honoursConditions) {
      conditions.check(bucket(bucket).get(name));
    }
    Stored stored = new Stored(bucket, name, bytes, type, ++lastGeneration, Instant.now());
    bucket(bucket).put(name, stored);
    return stored;
  }

  synchronized Stored get(String bucket, String name, GcsConditions conditions) {
    Stored stored = find(bucket, name).orElseThrow(() -> noObject(bucket, name));
    conditions.check(stored);
    return stored;
  }

  synchronized Optional<Stored> find(String bucket, String name) {
    return Optional.ofNullable(bucket(bucket).get(name));
  }

  synchronized void delete(String bucket, String name, GcsConditions conditions) {
    get(bucket, name, conditions);
    bucket(bucket).remove(name);
  }

  synchronized Stored copy(
      String bucket,
      String name,
      GcsConditions source,
      String toBucket,
      String toName,
      GcsConditions target) {
    Stored from = get(bucket, name, source);
    return put(toBucket, toName, from.bytes(), from.type(), target);
  }

  private static Refused noObject(String bucket, String name) {
    return new Refused(404, "No such object: " + bucket + "/" + name);
  }

  synchronized List<String> names(String bucket) {
    return List.copyOf(bucket(bucket).keySet());
  }

  /**
   * A page of a listing.
   *
   * @param query prefix, delimiter, startOffset, pageToken and maxResults
   */
  synchronized Map<String, Object> list(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String delimiter = query.getOrDefault("delimiter", "");
    int most = Integer.parseInt(query.getOrDefault("maxResults", String.valueOf(PAGE)));
    List<Object> items = new ArrayList<>();
    TreeSet<String> prefixes = new TreeSet<>();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("kind", "storage#objects");
    String offset = query.getOrDefault("startOffset", "");
    String from = offset.compareTo(prefix) > 0 ? offset : prefix;
    for (Stored stored : bucket(bucket).tailMap(from, true).values()) {
      String name = stored.name();
      if (!name.startsWith(prefix)) {
        break;
      } else if (name.compareTo(query.getOrDefault("pageToken", "")) <= 0) {
        continue;
      } else if (items.size() == most) {
        page.put("nextPageToken", bucket(bucket).lowerKey(name));
        break;
      }
      int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      if (end < 0) {
        items.add(stored.metadata());
      } else {
        prefixes.add(name.substring(0, end + delimiter.length()));
      }
    }
    page.put("items", items);
    page.put("prefixes", List.copyOf(prefixes));
    return page;
  }
}
