package dev.mlctl.score;

import dev.mlctl.error.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files a source names, each once, with streams copied to files that can be read twice. */
final class Inputs {
  private final ScoreSource source;
  private final List<Storage.StoredFile> files;

  private Inputs(ScoreSource source, List<Storage.StoredFile> files) {
    this.source = source;
    this.files = files;
  }

  /**
   * Looks for the files.
   *
   * @throws Failure of kind NOT_FOUND or INPUT when there are none
   */
  static Inputs of(ScoreSource source) {
    Map<String, Storage.StoredFile> found = new LinkedHashMap<>();
    if (!source.isStdin()) {
      for (String pattern : source.paths()) {
        Storage.of(pattern).expand(pattern).forEach(file -> found.putIfAbsent(file.path(), file));
      }
    }
    return new Inputs(source, List.copyOf(found.values()));
  }

  List<String> paths() {
    return files.stream().map(Storage.StoredFile::path).toList();
  }

  /** What changes when one of the files does. */
  List<String> versions() {
    return files.stream().map(f -> f.path() + " " + f.size() + " " + f.version()).toList();
  }

  /** Whether some input can be read only once, so that a run on it cannot be taken up again. */
  boolean haveStreams() {
    return source.isStdin() || files.stream().anyMatch(Inputs::isStream);
  }

  private static boolean isStream(Storage.StoredFile file) {
    return Storage.of(file.path()) instanceof LocalStorage
        && !Files.isRegularFile(Path.of(file.path()));
  }

  /**
   * Looks into every file.
   *
   * @param stdin what the source {@code -} means
   * @param work where streams are copied to
   * @throws Failure of kind INPUT when a file cannot be used
   * @throws IOException when a copy cannot be written
   */
  List<InputFile> open(InputOpener opener, InputStream stdin, WorkDirectory work)
      throws IOException {
    List<InputFile> opened = new ArrayList<>();
    if (source.isStdin()) {
      opened.add(copied(opener, stdin, "stdin", work.file("input-0")));
    }
    for (Storage.StoredFile file : files) {
      if (isStream(file)) {
        try (InputStream in = Files.newInputStream(Path.of(file.path()))) {
          String copy = work.file("input-" + opened.size());
          opened.add(copied(opener, in, file.path(), copy));
        }
      } else {
        opened.add(opener.open(file.path(), file.path(), file.size()));
      }
    }
    return opened;
  }

  private static InputFile copied(InputOpener opener, InputStream in, String name, String copy)
      throws IOException {
    long size = 0;
    try (OutputStream out = Storage.of(copy).create(copy)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = read(in, buffer, name); read >= 0; read = read(in, buffer, name)) {
        out.write(buffer, 0, read);
        size += read;
      }
    }
    if (!Storage.of(copy).exists(copy)) {
      throw new NoSuchFileException(copy); // the stream is not to blame
    }
    return opener.open(copy, name, size);
  }

  private static int read(InputStream in, byte[] buffer, String name) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw IoFailure.reading(name, e);
    }
  }
}
