package dev.mlctl.score;

import dev.mlctl.score.BeamFiles.Found;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How the names of a store hang together: in directories, or only by what they begin with. */
interface RemoteTree {
  /** A file by its name, whatever characters are in it. */
  Optional<Found> file(RemotePath path) throws IOException;

  /** Whether there is a directory of this name, or anything below it. */
  boolean isDirectory(RemotePath path) throws IOException;

  /** The files whose keys match, in no order. */
  List<Found> matching(RemotePath pattern, RemoteGlob glob) throws IOException;

  /** The names directly in a directory, of files and of directories; none when it is not there. */
  List<String> names(RemotePath directory) throws IOException;

  /** The files in a directory and all below it; none when it is not there. */
  List<RemotePath> filesBelow(RemotePath directory) throws IOException;

  /** Removes a file, or a directory with all that is in it. */
  void delete(RemotePath path) throws IOException;

  /** Gives a directory another name, in place of a directory that has it. */
  void moveDirectory(RemotePath from, RemotePath to) throws IOException;
}
