package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.score.BeamFiles.Found;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of {@code gs://}, {@code s3://} and {@code hdfs://} through Beam's {@code FileSystems},
 * which must have been started: {@link RemoteFileSystems}.
 *
 * <p>What these stores cannot do through Beam: a rename that never replaces. {@link #publish}
 * without overwrite looks first and renames then, so of two runs that publish the same name at the
 * same instant the later one wins. An object store renames a file by copying it, and a directory
 * file by file. On HDFS Beam replaces a file by deleting it first, so for an instant neither is
 * there; the finished one is then still in the work directory.
 */
final class BeamStorage implements Storage {
  static final BeamStorage INSTANCE = new BeamStorage(BeamFiles.Limits.DEFAULT);

  private final BeamFiles files;
  private final RemoteTree objects;
  private final RemoteTree directories;

  BeamStorage(BeamFiles.Limits limits) {
    this.files = new BeamFiles(limits);
    this.objects = new ObjectTree(files);
    this.directories = new HadoopTree(files);
  }

  private RemoteTree tree(RemotePath path) {
    return path.scheme() == RemoteScheme.HDFS ? directories : objects;
  }

  /** {@inheritDoc} A pattern that is a file's name stands for that file, as with local files. */
  @Override
  public List<StoredFile> expand(String pattern) {
    RemotePath path = RemotePath.parse(pattern);
    RemoteTree tree = tree(path);
    try {
      Optional<Found> file = path.key().isEmpty() ? Optional.empty() : tree.file(path);
      if (file.isPresent()) {
        return List.of(stored(file.get()));
      }
      return RemoteGlob.isGlob(path.key()) ? matching(tree, path) : noFile(tree, path);
    } catch (IOException e) {
      throw IoFailure.reading(pattern, e);
    }
  }

  private static List<StoredFile> matching(RemoteTree tree, RemotePath pattern) throws IOException {
    List<StoredFile> found =
        tree.matching(pattern, RemoteGlob.of(pattern.key())).stream()
            .map(BeamStorage::stored)
            .sorted(Comparator.comparing(StoredFile::path))
            .toList();
    if (found.isEmpty()) {
      throw Failure.of(FailureKind.NOT_FOUND, "no file matches").at(pattern.toString());
    }
    return found;
  }

  private static List<StoredFile> noFile(RemoteTree tree, RemotePath path) throws IOException {
    if (tree.isDirectory(path)) {
      throw Failure.of(FailureKind.INPUT, "the input is a directory")
          .at(path.toString())
          .hint("name its files, for example " + path.resolve("*.csv"));
    }
    throw Failure.of(FailureKind.NOT_FOUND, "no such file").at(path.toString());
  }

  private static StoredFile stored(Found found) {
    return new StoredFile(found.path().toString(), found.size(), found.version());
  }

  @Override
  public SeekableByteChannel read(String path) throws IOException {
    return new StoreChannel(files, RemotePath.parse(path));
  }

  @Override
  public OutputStream create(String path) throws IOException {
    RemotePath target = RemotePath.parse(path);
    return new StoreOutput(files, target, writtenAt(target));
  }

  private static RemotePath writtenAt(RemotePath target) {
    return target.scheme() == RemoteScheme.HDFS
        ? target.parent().resolve("." + target.name() + ".mlctl-" + UUID.randomUUID())
        : target;
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    try (OutputStream out = create(path)) {
      out.write(content);
    }
  }

  /** What is closed is stored: these stores keep copies of their own. */
  @Override
  public void sync(String path) {}

  @Override
  public boolean exists(String path) throws IOException {
    RemotePath remote = RemotePath.parse(path);
    return tree(remote).file(remote).isPresent() || tree(remote).isDirectory(remote);
  }

  @Override
  public boolean isDirectory(String path) throws IOException {
    RemotePath remote = RemotePath.parse(path);
    return tree(remote).isDirectory(remote);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    RemotePath remote = RemotePath.parse(directory);
    return tree(remote).names(remote);
  }

  @Override
  public void delete(String path) throws IOException {
    RemotePath remote = RemotePath.parse(path);
    tree(remote).delete(remote);
  }

  /** Directories come with the files in them. */
  @Override
  public void makeDirectory(String path) {}

  /** What a rename keeps: the time on HDFS, a checksum on Cloud Storage; on S3 nothing. */
  @Override
  public String identity(String path) throws IOException {
    RemotePath remote = RemotePath.parse(path);
    if (remote.scheme() == RemoteScheme.S3) {
      return "";
    }
    return tree(remote).file(remote).map(found -> found.size() + " " + found.version()).orElse("");
  }

  @Override
  public String absolute(String path) {
    return path;
  }

  @Override
  public String resolve(String directory, String name) {
    return RemotePath.parse(directory).resolve(name).toString();
  }

  @Override
  public String sibling(String path, String name) {
    return RemotePath.parse(path).parent().resolve(name).toString();
  }

  @Override
  public String parent(String path) {
    return RemotePath.parse(path).parent().toString();
  }

  @Override
  public String name(String path) {
    return RemotePath.parse(path).name();
  }

  /**
   * {@inheritDoc} Of the files of a directory the manifest comes last. Without overwrite an object
   * keeps its old name, too.
   */
  @Override
  public void publish(String finished, String target, boolean overwrite) throws IOException {
    RemotePath from = RemotePath.parse(finished);
    RemotePath to = RemotePath.parse(target);
    RemoteTree tree = tree(from);
    boolean isFile = tree.file(from).isPresent();
    if (tree.file(to).isPresent()
        ? !isFile || !overwrite
        : isInTheWay(tree, to, isFile, overwrite)) {
      throw new FileAlreadyExistsException(target);
    }
    if (!isFile) {
      tree.moveDirectory(from, to);
    } else if (overwrite || tree == directories) {
      files.rename(List.of(from), List.of(to));
    } else {
      files.copy(List.of(from), List.of(to));
    }
  }

  private static boolean isInTheWay(
      RemoteTree tree, RemotePath to, boolean isFile, boolean overwrite) throws IOException {
    return (isFile || !overwrite) && tree.isDirectory(to);
  }
}
