package dev.mlctl.model;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Bundles as files: read with their size checked first, written whole or not at all. */
public final class BundleFile {
  private static final int PIECE = 1 << 20;

  private BundleFile() {}

  /**
   * What was written.
   *
   * @param path the file
   * @param bytes its size
   * @param digest SHA-256 of its bytes, hexadecimal
   * @param difference the largest relative difference of its golden rows
   * @param changed whether it was written now; false when the same file was there already
   */
  public record Written(Path path, long bytes, String digest, double difference, boolean changed) {}

  /**
   * The bytes of a file that should hold a bundle; whether they do is for {@link Bundle#parse}.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file, INVALID when it is no file or too
   *     large to be a bundle, STORAGE when it cannot be read
   */
  public static byte[] read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      long size = Files.size(path);
      if (!Files.isRegularFile(path)) {
        throw Failure.of(FailureKind.INVALID, "not a bundle: it is no file").at(path.toString());
      }
      if (size > Bundle.MAX_BYTES) {
        throw tooLarge(path);
      }
      byte[] bytes = read(in, (int) size);
      if (bytes.length != size || in.read() >= 0) {
        throw Failure.of(FailureKind.INVALID, "the file changed while it was read")
            .at(path.toString());
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw Failure.of(FailureKind.NOT_FOUND, "there is no bundle %s", path).causedBy(e);
    } catch (IOException e) {
      if (Files.isDirectory(path)) {
        throw Failure.of(FailureKind.INVALID, "not a bundle: it is no file")
            .at(path.toString())
            .causedBy(e);
      }
      throw Failure.of(FailureKind.STORAGE, "cannot read the bundle: %s", reason(e))
          .at(path.toString())
          .causedBy(e);
    }
  }

  /**
   * So many bytes of a stream, fewer when it ends before. They are taken piece by piece: a large
   * read of a file would need as much memory again, outside of the heap.
   */
  private static byte[] read(InputStream in, int size) throws IOException {
    byte[] bytes = new byte[size];
    int at = 0;
    int count = 0;
    while (at < size && count >= 0) {
      count = in.read(bytes, at, Math.min(PIECE, size - at));
      at += Math.max(0, count);
    }
    return at == size ? bytes : Arrays.copyOf(bytes, at);
  }

  /**
   * Proves bytes to be a sound bundle, writes them, reads them back and proves them again.
   *
   * @throws Failure of kind INVALID when they are no bundle or do not answer the golden rows,
   *     CONFLICT when the file exists with other bytes, STORAGE when it cannot be written
   */
  public static Written serialize(byte[] bytes, Path path) {
    Bundle.parse(bytes).prove();
    boolean changed = write(path, bytes);
    byte[] back = read(path);
    String digest = Bundle.digest(back);
    if (!digest.equals(Bundle.digest(bytes))) {
      throw Failure.of(FailureKind.STORAGE, "the file does not hold what was written to it")
          .at(path.toString());
    }
    return new Written(path, back.length, digest, Bundle.parse(back).prove(), changed);
  }

  /**
   * Writes bytes: to a file beside the target that is then linked to its name, which fails if the
   * name is taken. Folders are made as needed.
   *
   * @return false when the same bytes were there already
   * @throws Failure of kind CONFLICT when the file exists with other bytes, STORAGE when it cannot
   *     be written
   */
  public static boolean write(Path path, byte[] bytes) {
    Path absolute = path.toAbsolutePath().normalize();
    Path temporary = null;
    try {
      if (Files.exists(absolute)) {
        return keep(path, bytes);
      }
      Files.createDirectories(absolute.getParent());
      temporary =
          absolute.resolveSibling(
              "." + absolute.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
      force(temporary, bytes);
      link(temporary, absolute);
      return true;
    } catch (FileAlreadyExistsException e) {
      return keep(path, bytes);
    } catch (IOException e) {
      throw Failure.of(FailureKind.STORAGE, "cannot write the bundle: %s", reason(e))
          .at(path.toString())
          .causedBy(e);
    } finally {
      delete(temporary);
    }
  }

  /** Why reading or writing failed, in words a person knows. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static boolean keep(Path path, byte[] bytes) {
    if (Files.isRegularFile(path) && Arrays.equals(read(path), bytes)) {
      return false;
    }
    throw Failure.of(FailureKind.CONFLICT, "%s exists already and is another bundle", path)
        .hint("name another file with -o, or remove this one");
  }

  private static void force(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (e instanceof FileAlreadyExistsException taken) {
        throw taken;
      }
      // A file system without links: a move without REPLACE_EXISTING is the next best.
      Files.move(from, to);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The bundle is in place or the failure already known; a hidden file is left over.
    }
  }

  private static Failure tooLarge(Path path) {
    return Failure.of(
            FailureKind.INVALID,
            "not a bundle: the file is larger than %d MiB",
            Bundle.MAX_BYTES >> 20)
        .at(path.toString());
  }
}
