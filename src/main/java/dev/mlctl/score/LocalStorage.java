package dev.mlctl.score;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files of this machine. */
final class LocalStorage implements Storage {
  static final LocalStorage INSTANCE = new LocalStorage();

  private LocalStorage() {}

  @Override
  public List<StoredFile> expand(String pattern) {
    List<StoredFile> files = new ArrayList<>();
    for (Path path : InputPaths.expand(pattern)) {
      try {
        String version = Files.getLastModifiedTime(path).toInstant().toString();
        files.add(new StoredFile(path.toString(), Files.size(path), version));
      } catch (IOException e) {
        throw IoFailure.reading(path.toString(), e);
      }
    }
    return files;
  }

  @Override
  public SeekableByteChannel read(String path) throws IOException {
    return FileChannel.open(Path.of(path));
  }

  @Override
  public OutputStream create(String path) throws IOException {
    return Files.newOutputStream(Path.of(path));
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    Path unfinished = Path.of(path + ".tmp");
    Files.write(unfinished, content);
    // Not synced: what a power cut leaves of a work directory is checked before it is used.
    Files.move(unfinished, Path.of(path), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void sync(String path) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(Path.of(path));
  }

  @Override
  public boolean isDirectory(String path) {
    return Files.isDirectory(Path.of(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of(directory))) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public void delete(String path) throws IOException {
    Path root = Path.of(path);
    if (!Files.isDirectory(root)) {
      Files.deleteIfExists(root);
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : all) {
      Files.deleteIfExists(entry);
    }
  }

  @Override
  public void makeDirectory(String path) throws IOException {
    Files.createDirectories(Path.of(path));
  }

  @Override
  public String identity(String path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
    return attributes.fileKey() == null
        ? ""
        : attributes.fileKey() + " " + attributes.lastModifiedTime();
  }

  @Override
  public String absolute(String path) {
    String absolute = Path.of(path).toAbsolutePath().toString();
    return path.endsWith("/") ? absolute + "/" : absolute;
  }

  @Override
  public String resolve(String directory, String name) {
    return Path.of(directory).resolve(name).toString();
  }

  @Override
  public String sibling(String path, String name) {
    return Path.of(path).resolveSibling(name).toString();
  }

  @Override
  public String parent(String path) {
    return Path.of(path).toAbsolutePath().getParent().toString();
  }

  @Override
  public String name(String path) {
    return Path.of(path).getFileName().toString();
  }

  /**
   * Without {@code overwrite} a file's name is taken by a hard link, which fails when it exists; a
   * rename would replace it in silence.
   */
  @Override
  public void publish(String finished, String target, boolean overwrite) throws IOException {
    Path from = Path.of(finished);
    Path to = Path.of(target);
    if (Files.isDirectory(from)) {
      if (overwrite && Files.exists(to)) {
        // Two steps: no system call that Java has exchanges two directories.
        Files.move(to, Path.of(finished + "-replaced"), StandardCopyOption.ATOMIC_MOVE);
      }
      moveDirectory(from, to);
    } else if (overwrite) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } else {
      link(from, to);
    }
    syncDirectory(to.toAbsolutePath().getParent());
  }

  /** A rename replaces a directory only when nothing is in it. */
  private static void moveDirectory(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (Files.exists(to)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      throw e;
    }
  }

  private static void link(Path finished, Path target) throws IOException {
    try {
      Files.createLink(target, finished);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // A file system without hard links: the check and the rename are then two steps.
      Files.move(finished, target);
    }
  }

  /** Makes a new name durable; not every system can open a directory to do so. */
  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    } catch (IOException e) {
      // The name is visible and the bytes are synced: nothing is left to undo or to repair.
      return;
    }
  }
}
