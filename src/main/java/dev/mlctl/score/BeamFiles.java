package dev.mlctl.score;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The few calls of Beam's file systems that everything else is made of. Each takes and gives paths
 * as users write them, ends within a time and fails readably.
 */
final class BeamFiles {
  private static final String BYTES = "application/octet-stream";

  private final Limits limits;

  BeamFiles(Limits limits) {
    this.limits = limits;
  }

  /**
   * How long calls may take before they are given up.
   *
   * @param answer for what a store answers at once
   * @param listing for a listing of however many names
   * @param transfer for a buffer's worth of bytes
   * @param publish for copies inside a store, and for the end of an upload
   */
  record Limits(Duration answer, Duration listing, Duration transfer, Duration publish) {
    static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30));
  }

  /**
   * What a store knows of a file; a directory of HDFS looks like an empty file.
   *
   * @param version a checksum, or a time in milliseconds
   */
  record Found(RemotePath path, long size, String version) {}

  Limits limits() {
    return limits;
  }

  /**
   * What matches a pattern of Beam's.
   *
   * @param pattern as the file system takes it
   * @param at what the call is about, for messages
   */
  List<Found> match(String pattern, RemotePath at, Duration limit) throws IOException {
    return StoreCall.run(
        at,
        limit,
        () -> {
          MatchResult result = FileSystems.match(pattern);
          List<Found> found = new ArrayList<>();
          if (result.status() == MatchResult.Status.NOT_FOUND) {
            return found;
          }
          for (MatchResult.Metadata file : result.metadata()) {
            String resource = file.resourceId().toString();
            // Some tools keep empty objects of such names to stand for directories.
            if (!resource.endsWith("/")) {
              String version =
                  file.checksum() == null
                      ? String.valueOf(file.lastModifiedMillis())
                      : file.checksum();
              found.add(new Found(RemotePath.ofResource(resource), file.sizeBytes(), version));
            }
          }
          return found;
        });
  }

  /** Opens a file for reading. */
  SeekableByteChannel open(RemotePath path) throws IOException {
    return StoreCall.run(
        path,
        limits.answer(),
        () -> {
          ReadableByteChannel channel = FileSystems.open(resource(path));
          if (channel instanceof SeekableByteChannel seekable) {
            return seekable;
          }
          channel.close();
          throw new IOException("its file system cannot read from a position");
        });
  }

  /** Opens a file for writing, replacing what is there. */
  WritableByteChannel create(RemotePath path) throws IOException {
    return StoreCall.run(path, limits.answer(), () -> FileSystems.create(resource(path), BYTES));
  }

  /** Deletes files, and empty directories of HDFS; does not mind those that are gone. */
  void delete(List<RemotePath> paths) throws IOException {
    if (!paths.isEmpty()) {
      StoreCall.run(
          paths.get(0),
          limits.listing(),
          () -> {
            FileSystems.delete(resources(paths));
            return null;
          });
    }
  }

  /** Renames files, which for object stores is a copy inside the store; replaces the targets. */
  void rename(List<RemotePath> from, List<RemotePath> to) throws IOException {
    StoreCall.run(
        to.get(0),
        limits.publish(),
        () -> {
          FileSystems.rename(resources(from), resources(to));
          return null;
        });
  }

  /** Copies files inside a store, replacing the targets. */
  void copy(List<RemotePath> from, List<RemotePath> to) throws IOException {
    StoreCall.run(
        to.get(0),
        limits.publish(),
        () -> {
          FileSystems.copy(resources(from), resources(to));
          return null;
        });
  }

  private static List<ResourceId> resources(List<RemotePath> paths) {
    return paths.stream().map(BeamFiles::resource).toList();
  }

  private static ResourceId resource(RemotePath path) {
    return FileSystems.matchNewResource(path.resource(), false);
  }
}
