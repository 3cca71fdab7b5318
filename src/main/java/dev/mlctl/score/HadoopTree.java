package dev.mlctl.score;

import dev.mlctl.score.BeamFiles.Found;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directories of {@code hdfs://}. Beam shows a directory as an empty file, and its own {@code
 * **} passes over files, so this looks into one directory at a time.
 */
final class HadoopTree implements RemoteTree {
  private final BeamFiles files;

  HadoopTree(BeamFiles files) {
    this.files = files;
  }

  @Override
  public Optional<Found> file(RemotePath path) throws IOException {
    Optional<Found> found = entry(path);
    return found.isPresent() && isFile(found.get()) ? found : Optional.empty();
  }

  @Override
  public boolean isDirectory(RemotePath path) throws IOException {
    Optional<Found> found = entry(path);
    return found.isPresent() && !isFile(found.get());
  }

  private Optional<Found> entry(RemotePath path) throws IOException {
    return files.match(literal(path), path, files.limits().answer()).stream().findFirst();
  }

  /** A directory has no bytes, and cannot be opened. */
  private boolean isFile(Found found) throws IOException {
    if (found.size() > 0) {
      return true;
    }
    try {
      files.open(found.path()).close();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public List<Found> matching(RemotePath pattern, RemoteGlob glob) throws IOException {
    List<Found> found = new ArrayList<>();
    collect(pattern.withKey(glob.directory()), glob, found);
    return found;
  }

  private void collect(RemotePath directory, RemoteGlob glob, List<Found> into) throws IOException {
    for (Found child : children(directory)) {
      String key = child.path().key();
      if (glob.matches(key) && isFile(child)) {
        into.add(child);
      } else if (child.size() == 0 && glob.mayMatchBelow(key)) {
        collect(child.path(), glob, into);
      }
    }
  }

  @Override
  public List<String> names(RemotePath directory) throws IOException {
    return children(directory).stream().map(child -> child.path().name()).sorted().toList();
  }

  @Override
  public List<RemotePath> filesBelow(RemotePath directory) throws IOException {
    List<RemotePath> below = new ArrayList<>();
    for (Found child : children(directory)) {
      if (isFile(child)) {
        below.add(child.path());
      } else {
        below.addAll(filesBelow(child.path()));
      }
    }
    return below;
  }

  private List<Found> children(RemotePath directory) throws IOException {
    return files.match(
        literal(directory) + (directory.key().isEmpty() ? "*" : "/*"),
        directory,
        files.limits().listing());
  }

  @Override
  public void delete(RemotePath path) throws IOException {
    List<RemotePath> filesOfIt = new ArrayList<>();
    for (Found child : children(path)) {
      if (child.size() > 0) {
        filesOfIt.add(child.path());
      } else {
        delete(child.path());
      }
    }
    files.delete(filesOfIt);
    files.delete(List.of(path));
  }

  @Override
  public void moveDirectory(RemotePath from, RemotePath to) throws IOException {
    RemotePath replaced = from.withKey(from.key() + "-replaced");
    boolean replaces = entry(to).isPresent();
    if (replaces) {
      files.rename(List.of(to), List.of(replaced));
    }
    files.rename(List.of(from), List.of(to));
    if (replaces) {
      delete(replaced);
    }
  }

  /** The path as a pattern that matches nothing else. */
  private static String literal(RemotePath path) {
    return path.withKey(path.key().replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0")).toString();
  }
}
