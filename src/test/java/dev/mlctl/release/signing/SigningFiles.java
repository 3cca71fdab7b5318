package dev.mlctl.release.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The keys and signatures that make_fixtures.sh made. */
public final class SigningFiles {
  private SigningFiles() {}

  /** Where one of the files is. */
  public static Path path(String name) {
    try {
      return Path.of(SigningFiles.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What one of the files holds. */
  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
