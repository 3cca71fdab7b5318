package dev.mlctl.score;

import dev.mlctl.score.BeamFiles.Found;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The flat names of {@code gs://} and {@code s3://}: a directory is what names begin with, and is
 * there as long as a name begins so.
 */
final class ObjectTree implements RemoteTree {
  private final BeamFiles files;

  ObjectTree(BeamFiles files) {
    this.files = files;
  }

  @Override
  public Optional<Found> file(RemotePath path) throws IOException {
    if (RemoteGlob.isGlob(path.key())) {
      return opened(path);
    }
    return files.match(path.toString(), path, files.limits().answer()).stream().findFirst();
  }

  /** Beam would take the name for a pattern, but it opens what it is told to. */
  private Optional<Found> opened(RemotePath path) throws IOException {
    try (SeekableByteChannel channel = files.open(path)) {
      return Optional.of(new Found(path, channel.size(), ""));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isDirectory(RemotePath path) throws IOException {
    return path.key().isEmpty() || !below(path, "/*").isEmpty();
  }

  @Override
  public List<Found> matching(RemotePath pattern, RemoteGlob glob) throws IOException {
    return files
        .match(pattern.withKey(glob.forBeam()).toString(), pattern, files.limits().listing())
        .stream()
        .filter(found -> glob.matches(found.path().key()))
        .toList();
  }

  @Override
  public List<String> names(RemotePath directory) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    int start = directory.key().isEmpty() ? 0 : directory.key().length() + 1;
    for (Found found : below(directory, "/**")) {
      String rest = found.path().key().substring(start);
      int slash = rest.indexOf('/');
      names.add(slash < 0 ? rest : rest.substring(0, slash));
    }
    return List.copyOf(names);
  }

  @Override
  public List<RemotePath> filesBelow(RemotePath directory) throws IOException {
    return below(directory, "/**").stream().map(Found::path).toList();
  }

  /** What is below a directory whose own name is no pattern, even if it looks like one. */
  private List<Found> below(RemotePath directory, String pattern) throws IOException {
    String key = directory.key().replaceAll("[*?\\[\\\\]", "?");
    String start = key.isEmpty() ? directory.withKey("").toString() : directory.withKey(key) + "/";
    String prefix = directory.key().isEmpty() ? "" : directory.key() + "/";
    return files.match(start + pattern.substring(1), directory, files.limits().listing()).stream()
        .filter(found -> found.path().key().startsWith(prefix))
        .toList();
  }

  @Override
  public void delete(RemotePath path) throws IOException {
    List<RemotePath> all = new ArrayList<>(filesBelow(path));
    all.add(path);
    files.delete(all);
  }

  /** One file after another: there is no other way. Whoever sees the manifest can rely on it. */
  @Override
  public void moveDirectory(RemotePath from, RemotePath to) throws IOException {
    List<RemotePath> stale = new ArrayList<>(filesBelow(to));
    List<RemotePath> old = new ArrayList<>(filesBelow(from));
    RemotePath manifest = from.resolve(Manifest.NAME);
    boolean hasManifest = old.remove(manifest);
    List<RemotePath> renamed =
        old.stream()
            .map(path -> to.resolve(path.key().substring(from.key().length() + 1)))
            .toList();
    if (!old.isEmpty()) {
      files.rename(old, renamed);
    }
    if (hasManifest) {
      files.rename(List.of(manifest), List.of(to.resolve(Manifest.NAME)));
      stale.remove(to.resolve(Manifest.NAME));
    }
    stale.removeAll(Set.copyOf(renamed));
    files.delete(stale);
  }
}
