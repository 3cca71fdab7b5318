package dev.mlctl.score;

import dev.mlctl.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an output holds: its files with sizes, rows and digests, and what it was made with. It says
 * nothing that differs between two runs on the same input, so equal outputs have equal manifests.
 */
final class Manifest {
  /** Its name in a directory of shards. */
  static final String NAME = "manifest.json";

  private static final int BUFFER_BYTES = 1 << 18;

  private Manifest() {}

  /** A file that is listed. */
  record Entry(String name, long rows) {}

  /** Writes the manifest of the files in a directory. */
  static void in(String directory, ScoreJob job, Tally total, List<Entry> entries)
      throws IOException {
    Storage storage = Storage.of(directory);
    List<Map<String, Object>> files = new ArrayList<>();
    for (Entry entry : entries) {
      files.add(listed(entry.name(), storage.resolve(directory, entry.name()), entry.rows()));
    }
    write(storage.resolve(directory, NAME), job, total, files);
  }

  /** Writes the manifest of the one output file beside where it is going to be. */
  static void beside(ScoreJob job, Tally total) throws IOException {
    String target = job.publication().target();
    Storage storage = Storage.of(target);
    String name = storage.name(target);
    List<Map<String, Object>> files =
        List.of(listed(name, job.workDirectory().output(), total.rowsOut()));
    String unfinished = job.workDirectory().file(NAME);
    write(unfinished, job, total, files);
    storage.publish(unfinished, storage.sibling(target, name + "." + NAME), true);
  }

  private static void write(String path, ScoreJob job, Tally total, List<Map<String, Object>> files)
      throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("apiVersion", "mlctl/v1");
    map.put("kind", "manifest");
    map.put("model", job.model());
    map.put("digest", "sha256:" + job.digest());
    map.put("rows_in", total.rowsIn());
    map.put("rows_out", total.rowsOut());
    map.put("rows_rejected", total.rejected());
    map.put("rows_digest", total.digest().toString());
    map.put("files", files);
    try (OutputStream out = Storage.of(path).create(path)) {
      out.write(Json.pretty(map).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, Object> listed(String name, String path, long rows)
      throws IOException {
    Map<String, Object> file = new LinkedHashMap<>();
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = new ChannelStream(Storage.of(path).read(path), 0)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    file.put("path", name);
    file.put("bytes", bytes);
    file.put("rows", rows);
    file.put("sha256", HexFormat.of().formatHex(digest.digest()));
    return file;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
