package dev.mlctl.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A small ext4 file system in a file, mounted through a loop device; making one takes root. */
final class LoopDisk implements AutoCloseable {
  // Nothing but a sync brings anything onto the disk: not the journal's own timer, at least.
  private static final String OPTIONS = "loop,commit=3600,noatime";

  private final Path image;
  private final Path root;

  private LoopDisk(Path image, Path root) {
    this.image = image;
    this.root = root;
  }

  /** True when such a disk can be made here. */
  static boolean canBeMade(Path folder) throws IOException {
    try (LoopDisk disk = create(folder.resolve("try"), 4)) {
      return Files.isDirectory(disk.root());
    } catch (IOException e) {
      return false;
    }
  }

  /** A new, empty disk of some MiB, at {@code NAME}, its image in {@code NAME.img}. */
  static LoopDisk create(Path name, int megabytes) throws IOException {
    Path image = image(name);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) megabytes << 20);
    }
    run("mkfs.ext4", "-q", "-F", "-b", "1024", "-m", "0", image.toString());
    return mount(name);
  }

  /** The disk of an image that is there, at {@code NAME}; its journal is replayed. */
  static LoopDisk mount(Path name) throws IOException {
    Files.createDirectories(name);
    run("mount", "-t", "ext4", "-o", OPTIONS, image(name).toString(), name.toString());
    return new LoopDisk(image(name), name);
  }

  static Path image(Path name) {
    return name.resolveSibling(name.getFileName() + ".img");
  }

  /** Where the disk is mounted. */
  Path root() {
    return root;
  }

  /**
   * What is on the disk at one moment, as if the power were cut then: what was written and not yet
   * synced is in the kernel's memory and not in the image.
   *
   * <p>Reading the image takes some milliseconds, in which blocks may change; so it is read again
   * until two readings are equal. All of it was so at the moment between the two.
   */
  byte[] atThisMoment() throws IOException {
    byte[] before = Files.readAllBytes(image);
    while (true) {
      byte[] now = Files.readAllBytes(image);
      if (Arrays.equals(before, now)) {
        return now;
      }
      before = now;
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", root.toString());
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (exitOf(process) != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  private static int exitOf(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
