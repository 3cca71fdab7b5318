package dev.mlctl.release.hdfs;

import dev.mlctl.release.RemoteAddress;
import dev.mlctl.release.RemoteClient;
import dev.mlctl.release.RemoteFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.CreateOpts;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/**
 * The Hadoop Distributed File System. An object is created as LocalStore creates one: a hidden
 * temporary file is written and synced to the disks of its data nodes, and then renamed, which on
 * HDFS is one act of the name node's that fails when the name is taken. Hadoop's client may repeat
 * that request, but with the same call id, to which the name node gives the same answer again
 * (HDFS-4942).
 */
final class HdfsClient implements RemoteClient {
  private final FileContext files;
  private final Path root;

  HdfsClient(FileContext files, URI system, RemoteAddress address) {
    this.files = files;
    this.root = new Path(system.getScheme(), system.getAuthority(), "/" + address.path());
  }

  private Path path(String key) {
    return key.isEmpty() ? root : new Path(root, key);
  }

  @Override
  public boolean create(String key, byte[] bytes) throws RemoteFault {
    Path target = path(key);
    Path temporary = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    try {
      if (size(key).isPresent()) {
        return false;
      }
      write(temporary, bytes);
    } catch (IOException e) {
      discard(temporary);
      throw fault(e).certain();
    } catch (RemoteFault e) {
      throw e.certain();
    }
    return rename(temporary, target);
  }

  /** With SYNC_BLOCK closing comes back when the data nodes have synced. */
  private void write(Path file, byte[] bytes) throws IOException {
    EnumSet<CreateFlag> synced = EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK);
    try (FSDataOutputStream out = files.create(file, synced, CreateOpts.createParent())) {
      out.write(bytes);
    }
  }

  private boolean rename(Path temporary, Path target) throws RemoteFault {
    try {
      files.rename(temporary, target, Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      discard(temporary);
      return false;
    } catch (IOException e) {
      RemoteFault fault = fault(e);
      if (fault.kind() != RemoteFault.Kind.DOUBT) {
        discard(temporary);
      }
      throw fault;
    }
  }

  private void discard(Path temporary) {
    try {
      files.delete(temporary, false);
    } catch (IOException e) {
      // Harmless and hidden: the outcome is settled, and readers never look at temporary files.
    }
  }

  @Override
  public Optional<byte[]> read(String key, long maxBytes) throws RemoteFault {
    try {
      FileStatus status = plain(key);
      try (FSDataInputStream in = files.open(status.getPath())) {
        return Optional.of(RemoteClient.readAll(in, status.getLen(), maxBytes));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  @Override
  public OptionalLong size(String key) throws RemoteFault {
    try {
      return OptionalLong.of(plain(key).getLen());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private FileStatus plain(String key) throws IOException, RemoteFault {
    FileStatus status = files.getFileLinkStatus(path(key));
    if (!status.isFile()) {
      throw RemoteFault.of(
          RemoteFault.Kind.UNUSABLE, "this is a folder or a link, not a file mlctl wrote", null);
    }
    return status;
  }

  @Override
  public SortedSet<String> list(String folder, String after) throws RemoteFault {
    SortedSet<String> names = new TreeSet<>();
    try {
      RemoteIterator<FileStatus> children = files.listStatus(path(folder));
      while (children.hasNext()) {
        names.add(children.next().getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return names;
    } catch (IOException e) {
      throw fault(e);
    }
    return names.tailSet(after + "\0");
  }

  @Override
  public void delete(String key) throws RemoteFault {
    try {
      files.delete(plain(key).getPath(), false);
    } catch (FileNotFoundException e) {
      return; // gone already
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private static RemoteFault fault(IOException e) {
    IOException told = e instanceof RemoteException remote ? remote.unwrapRemoteException() : e;
    if (told instanceof AccessControlException) {
      return RemoteFault.of(RemoteFault.Kind.REFUSED, "access denied: " + told.getMessage(), e)
          .hint("set HADOOP_USER_NAME, or log in with kinit");
    }
    if (e instanceof RemoteException) {
      // The name node looked at the request and said no: full, in safe mode, over a quota.
      return RemoteFault.of(RemoteFault.Kind.REFUSED, told.getMessage(), e);
    }
    return RemoteFault.ofException(e);
  }
}
