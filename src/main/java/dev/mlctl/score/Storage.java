package dev.mlctl.score;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * The files of a run on one kind of file system. Paths are texts as the user writes them.
 * Thread-safe.
 */
interface Storage {
  /**
   * A file that a pattern named.
   *
   * @param version changes when the content does: a checksum or a time; may be empty
   */
  record StoredFile(String path, long size, String version) {}

  /** Where a path lies. */
  static Storage of(String path) {
    return RemoteScheme.schemeOf(path).isPresent() ? BeamStorage.INSTANCE : LocalStorage.INSTANCE;
  }

  /**
   * The files that a path or glob names, sorted by path. A glob passes over names that start with a
   * dot, as a shell does.
   *
   * @throws dev.mlctl.error.Failure of kind NOT_FOUND when there is none, INPUT when one cannot be
   *     listed or is a directory
   */
  List<StoredFile> expand(String pattern);

  /** The bytes of a file, from any position. */
  SeekableByteChannel read(String path) throws IOException;

  /**
   * A new file, or a new content; visible under its name only once closed, where the system can.
   */
  OutputStream create(String path) throws IOException;

  /** Writes a small file whole or not at all, replacing one of that name. */
  void put(String path, byte[] content) throws IOException;

  /** Sees to it that a file survives a power cut. */
  void sync(String path) throws IOException;

  boolean exists(String path) throws IOException;

  boolean isDirectory(String path) throws IOException;

  /** Names directly in a directory; none when it is not there. */
  List<String> list(String directory) throws IOException;

  /** Removes a file or a directory with all that is in it; nothing when it is not there. */
  void delete(String path) throws IOException;

  /** Makes a directory with those above it, where the system has directories. */
  void makeDirectory(String path) throws IOException;

  /**
   * What tells a file or directory from others and stays when it is renamed; empty when the system
   * has nothing like it.
   */
  String identity(String path) throws IOException;

  /** The path as every process understands it; a last slash stays. */
  String absolute(String path);

  /** The path of a name in a directory. */
  String resolve(String directory, String name);

  /** A path beside another, in the same directory. */
  String sibling(String path, String name);

  /** The directory a path is in. */
  String parent(String path);

  /** The last name of a path. */
  String name(String path);

  /**
   * Gives a finished file or directory its final name, in one step where the system can. Without
   * {@code overwrite} a file may keep its old name, too.
   *
   * @throws java.nio.file.FileAlreadyExistsException when the name is taken and not to be replaced
   */
  void publish(String finished, String target, boolean overwrite) throws IOException;
}
