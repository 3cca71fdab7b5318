package dev.mlctl.release.signing;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468).
 *
 * @param label what stands between {@code BEGIN} and the dashes
 * @param text what stands between the two lines
 */
record Pem(String label, String text) {
  private static final int LARGEST = 1 << 16;
  private static final Pattern BLOCK =
      Pattern.compile("(?s)-----BEGIN ([A-Z0-9 ]+)-----\\s*\\n(.*?)-----END \\1-----");

  /**
   * Every block of a key file.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file, USAGE when it is too large to be
   *     a key, INPUT when it cannot be read
   */
  static List<Pem> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw Failure.of(FailureKind.USAGE, "the file is too large to be a key")
            .at(file.toString());
      }
      List<Pem> blocks = new ArrayList<>();
      Matcher matcher = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (matcher.find()) {
        blocks.add(new Pem(matcher.group(1), matcher.group(2)));
      }
      return blocks;
    } catch (NoSuchFileException e) {
      throw Failure.of(FailureKind.NOT_FOUND, "no such key file").at(file.toString()).causedBy(e);
    } catch (IOException e) {
      throw Failure.of(FailureKind.INPUT, "cannot read the key file: %s", e.getMessage())
          .at(file.toString())
          .causedBy(e);
    }
  }

  /**
   * The block's bytes.
   *
   * @throws IllegalArgumentException when they are not Base64
   */
  byte[] bytes() {
    return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
  }

  /** A block as OpenSSL writes it, 64 characters a line. */
  static String write(String label, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
