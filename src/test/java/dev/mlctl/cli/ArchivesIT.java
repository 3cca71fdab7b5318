package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;

/**
 * The archives hold the whole program and nothing of the machine, the user and the hour they were
 * made by, so that everyone gets the same bytes.
 */
class ArchivesIT {
  /** The build's {@code project.build.outputTimestamp}. */
  private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

  private static final Path TARGET = Program.home().getParent();

  /** An entry as both kinds have it; a directory's name ends with a slash. */
  private record Entry(String name, Instant time, int permissions, long size) {}

  @Test
  void a_tar_has_what_is_installed_and_nothing_else() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (InputStream file = Files.newInputStream(archive("*.tar.gz"));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(file, 1 << 20)))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        assertEquals("0 0", e.getLongUserId() + " " + e.getLongGroupId(), e.getName());
        assertEquals("root root", e.getUserName() + " " + e.getGroupName(), e.getName());
        Instant time = e.getLastModifiedTime().toInstant();
        entries.add(new Entry(e.getName(), time, e.getMode() & 0777, e.getSize()));
      }
    }
    check(entries);
  }

  @Test
  void a_zip_has_what_is_installed_and_nothing_else() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (ZipFile zip = ZipFile.builder().setPath(archive("*.zip")).get()) {
      for (ZipArchiveEntry e : Collections.list(zip.getEntriesInPhysicalOrder())) {
        // A zip has the time of a wall clock, which readers take for the one that hangs here.
        Instant time =
            LocalDateTime.ofInstant(e.getLastModifiedTime().toInstant(), ZoneId.systemDefault())
                .toInstant(ZoneOffset.UTC);
        entries.add(new Entry(e.getName(), time, e.getUnixMode() & 0777, e.getSize()));
      }
    }
    check(entries);
  }

  private static void check(List<Entry> entries) throws IOException {
    String root = entries.get(0).name();
    Set<String> files = new TreeSet<>();
    List<String> inOrder = new ArrayList<>();
    for (Entry entry : entries) {
      String name = entry.name().substring(root.length());
      boolean directory = name.isEmpty() || name.endsWith("/");
      boolean program = name.equals("bin/mlctl");
      assertEquals(TIME, entry.time(), name);
      assertEquals(directory || program ? 0755 : 0644, entry.permissions(), name);
      if (!directory) {
        files.add(name + " " + entry.size());
      }
      if (!program) {
        inOrder.add((directory ? "0 " : "1 ") + name);
      }
    }
    assertEquals(inOrder.stream().sorted().toList(), inOrder);
    assertEquals(installed(), files);
  }

  /** The installed files with their sizes; archives of classes are made where it is installed. */
  private static Set<String> installed() throws IOException {
    Set<String> files = new TreeSet<>();
    Path home = Program.home();
    try (Stream<Path> walk = Files.walk(home)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = home.relativize(file).toString();
        if (!name.startsWith("cds/")) {
          files.add(name + " " + Files.size(file));
        }
      }
    }
    return files;
  }

  private static Path archive(String glob) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(TARGET, "mlctl-" + glob)) {
      return found.iterator().next();
    }
  }
}
