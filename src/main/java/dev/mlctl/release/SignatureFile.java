package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.signing.ModelSignature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A file that should hold a signature of a bundle.
 *
 * @param place where it is, for messages
 * @param bytes its content; shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and used by its makers alone
public record SignatureFile(String place, byte[] bytes) {
  /** Checks that no part is null. */
  public SignatureFile {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(bytes, "bytes");
  }

  /**
   * The signatures beside a bundle file: {@code bikes.mlb.sigstore.json} and {@code
   * bikes.mlb.ANYTHING.sigstore.json}, sorted by name.
   *
   * @throws Failure of kind INPUT when they cannot be read
   */
  public static List<SignatureFile> beside(Path bundle) {
    Path folder = bundle.toAbsolutePath().getParent();
    String start = bundle.getFileName() + ".";
    List<SignatureFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        boolean named =
            name.startsWith(start)
                && name.substring(start.length() - 1).endsWith(ModelSignature.SUFFIX);
        if (named && Files.isRegularFile(file)) {
          found.add(read(bundle.resolveSibling(name)));
        }
      }
      return found;
    } catch (IOException e) {
      throw Failure.of(
              FailureKind.INPUT,
              "cannot read the signatures of the bundle: %s",
              LocalStore.reason(e))
          .at(bundle.toString())
          .causedBy(e);
    }
  }

  private static SignatureFile read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte too many is enough to know that it is none.
      return new SignatureFile(file.toString(), in.readNBytes(ModelSignature.LARGEST + 1));
    }
  }
}
