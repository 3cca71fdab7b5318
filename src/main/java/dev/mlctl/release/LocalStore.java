package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An object store in a directory, local or shared over a network file system with hard links.
 *
 * <p>An object is created by writing and syncing a temporary file beside it and then linking that
 * file to the final name: {@code link(2)} fails when the name exists, which {@code rename(2)} and
 * {@code ATOMIC_MOVE} do not. The directory is synced before the caller hears of success, and so is
 * every directory above it, since a parent made by another process that was killed may not be on
 * the disk yet. A process killed half-way leaves at most a hidden temporary file, which no reader
 * looks at.
 */
final class LocalStore implements PrunableStore {
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
  private static final int CHUNK = 1 << 20;

  private final Path root;
  private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();

  /**
   * Objects whose name the disk failed to take. They are not to be relied on any more, whatever a
   * later sync says: Linux reports a failed write-back once and then forgets it.
   */
  private final Set<Path> doubtful = ConcurrentHashMap.newKeySet();

  LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    Path target = path(key);
    Path temporary = LocalLeftovers.temporaryFor(target);
    try {
      makeFolders(target.getParent());
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return settle(target, PutResult.EXISTS);
      }
      writeAndSync(temporary, bytes);
      return link(temporary, target);
    } catch (IOException e) {
      throw failed("write", target, e);
    } finally {
      discard(temporary);
    }
  }

  /** Everything before the link throws: the object certainly does not exist because of us. */
  private PutResult link(Path temporary, Path target) {
    try {
      Files.createLink(target, temporary);
      return settle(target, PutResult.CREATED);
    } catch (FileAlreadyExistsException e) {
      return settle(target, PutResult.EXISTS);
    } catch (UnsupportedOperationException e) {
      throw noHardLinks(target, e);
    } catch (IOException e) {
      return settle(target, inspect(temporary, target, e));
    }
  }

  /**
   * What became of a link that failed: over a network it may have been made all the same, or may
   * still be under way. Once the temporary file is gone it cannot be made any more.
   */
  private static PutResult inspect(Path temporary, Path target, IOException e) {
    int links = linkCount(temporary);
    if (links == 1 && discard(temporary)) {
      throw isUnsupported(e) ? noHardLinks(target, e) : failed("write", target, e);
    }
    return links == 2 ? PutResult.CREATED : PutResult.UNKNOWN;
  }

  /** Syncs the name; also of a file that was there: its creator may have been killed before. */
  private PutResult settle(Path target, PutResult result) {
    try {
      syncFolder(target.getParent());
    } catch (IOException e) {
      doubtful.add(target);
    }
    return doubtful.contains(target) ? PutResult.UNKNOWN : result;
  }

  /** The number of names a file has, or -1 when that cannot be told. */
  private static int linkCount(Path file) {
    try {
      return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return -1;
    }
  }

  private void makeFolders(Path folder) throws IOException {
    if (durableFolders.contains(folder)) {
      return;
    }
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    Files.createDirectories(folder);
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (above.startsWith(root)) {
        syncFolder(above);
      } else {
        syncOutside(above);
        if (existing.startsWith(above)) {
          break;
        }
      }
    }
    durableFolders.add(folder);
  }

  /**
   * Syncs a folder above the registry. It may be one that we may not read (somebody else's home),
   * and then what it holds was there before us.
   */
  private static void syncOutside(Path folder) throws IOException {
    if (Files.isReadable(folder)) {
      syncFolder(folder);
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows does not open directories; there the file system journals names by itself.
      if (!System.getProperty("os.name").startsWith("Windows")) {
        throw e;
      }
    }
  }

  private static void writeAndSync(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      // In chunks, because the JDK keeps an off-heap buffer as large as the largest write.
      for (int at = 0; at < bytes.length; at += CHUNK) {
        ByteBuffer chunk = ByteBuffer.wrap(bytes, at, Math.min(CHUNK, bytes.length - at));
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
      }
      channel.force(true);
    }
  }

  /** False when the file is left behind: harmless and hidden, since readers never look at it. */
  private static boolean discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Optional<byte[]> get(String key, long maxBytes) {
    Path file = path(key);
    if (doubtful.contains(file)) {
      throw failed("read", file, new IOException("the disk did not confirm this file"));
    }
    try {
      long size = plainSize(file);
      if (size > maxBytes) {
        throw Failure.of(
                FailureKind.INVALID, "the file holds %d bytes, more than %d", size, maxBytes)
            .at(file.toString());
      }
      return Optional.of(read(file, (int) size));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  private static byte[] read(Path file, int size) throws IOException {
    byte[] bytes = new byte[size];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      int at = 0;
      while (at < size) {
        int count = channel.read(ByteBuffer.wrap(bytes, at, Math.min(CHUNK, size - at)));
        if (count < 0) {
          throw new IOException("the file became shorter while it was read");
        }
        at += count;
      }
    }
    return bytes;
  }

  @Override
  public OptionalLong size(String key) {
    Path file = path(key);
    try {
      return OptionalLong.of(plainSize(file));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /** Refuses links, pipes and folders: what a link points at can change, a pipe never ends. */
  private static long plainSize(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      String what =
          attributes.isSymbolicLink()
              ? "a symbolic link"
              : attributes.isDirectory() ? "a folder" : "a special file";
      throw Failure.of(FailureKind.INVALID, "this is " + what + ", not a file mlctl wrote")
          .at(file.toString());
    }
    return attributes.size();
  }

  @Override
  public List<String> list(String folder) {
    Path directory = folder.isEmpty() ? root : path(folder);
    // Not File.list, which takes an error for the end: a log cut short would be an older release.
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      List<String> names = new ArrayList<>();
      for (Path child : children) {
        String name = child.getFileName().toString();
        if (!name.startsWith(".")) {
          names.add(name);
        }
      }
      names.sort(null);
      return List.copyOf(names);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw Failure.of(FailureKind.INVALID, "this is a file where mlctl expects a folder")
          .at(nearest(directory).toString())
          .causedBy(e);
    } catch (IOException | DirectoryIteratorException e) {
      throw failed("list", directory, e);
    }
  }

  /** The path itself, or as much of it as is there. */
  private static Path nearest(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path : nearest(path.getParent());
  }

  @Override
  public void delete(String key) {
    Path file = path(key);
    try {
      plainSize(file);
      Files.delete(file);
    } catch (NoSuchFileException e) {
      // Gone already; whoever deleted it may not have come to the sync.
    } catch (IOException e) {
      throw failed("delete from", file, e);
    }
    try {
      if (Files.isDirectory(file.getParent())) {
        syncFolder(file.getParent());
      }
    } catch (IOException e) {
      throw failed("delete from", file, e);
    }
  }

  @Override
  public List<Leftover> leftovers() {
    try {
      return LocalLeftovers.below(root);
    } catch (IOException e) {
      throw failed("search", root, e);
    }
  }

  @Override
  public void deleteLeftover(Leftover leftover) {
    try {
      Files.deleteIfExists(Path.of(leftover.place()));
    } catch (IOException e) {
      throw failed("delete from", Path.of(leftover.place()), e);
    }
  }

  @Override
  public String place(String key) {
    return key.isEmpty() ? root.toString() : root.resolve(key).toString();
  }

  private Path path(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a key: " + key);
    }
    return root.resolve(key);
  }

  private static boolean isUnsupported(IOException e) {
    String reason = reason(e);
    return reason.contains("not permitted")
        || reason.contains("not supported")
        || reason.contains("not implemented");
  }

  private static Failure noHardLinks(Path target, Throwable cause) {
    return Failure.of(
            FailureKind.STORAGE,
            "cannot keep a registry here: the file system has no hard links; nothing was committed")
        .at(target.getParent().toString())
        .hint("put the registry on ext4, XFS, APFS, NTFS or NFS, or in a bucket")
        .causedBy(cause);
  }

  private static Failure failed(String act, Path path, Exception e) {
    String outcome = act.equals("write") ? "; nothing was committed" : "";
    return Failure.of(
            FailureKind.STORAGE, "cannot " + act + " the registry: " + reason(e) + outcome)
        .at(path.toString())
        .causedBy(e);
  }

  static String reason(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "a part of the path is a file";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is where a folder should be";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
