package dev.mlctl.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The temporary files of {@link LocalStore}, each beside the object it was to become. */
final class LocalLeftovers extends SimpleFileVisitor<Path> {
  private static final Pattern NAME =
      Pattern.compile(
          "\\.[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path root;
  private final List<Leftover> found = new ArrayList<>();

  private LocalLeftovers(Path root) {
    this.root = root;
  }

  /** A name for the bytes of an object until they are whole. */
  static Path temporaryFor(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
  }

  /** All of them below a folder, which need not exist; links are not followed. */
  static List<Leftover> below(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    LocalLeftovers leftovers = new LocalLeftovers(root.toRealPath());
    Files.walkFileTree(leftovers.root, leftovers);
    leftovers.found.sort(Comparator.comparing(Leftover::place));
    return List.copyOf(leftovers.found);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return isForeign(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  private boolean isForeign(Path folder) {
    return root.equals(folder.getParent())
        && !Registry.FOLDERS.contains(folder.getFileName().toString());
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && NAME.matcher(file.getFileName().toString()).matches()) {
      found.add(
          new Leftover(
              file.toString(), attributes.lastModifiedTime().toInstant(), attributes.size()));
    }
    return FileVisitResult.CONTINUE;
  }

  /** A file that went while we looked is nobody's leftover; of a folder we may not read, say so. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (Files.isDirectory(file) && !isForeign(file)) {
      throw e;
    }
    return FileVisitResult.CONTINUE;
  }
}
