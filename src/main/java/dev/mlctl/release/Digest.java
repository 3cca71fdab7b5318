package dev.mlctl.release;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 digests as the registry writes them: {@code sha256:} and 64 lower-case hex digits. */
final class Digest {
  private static final String PREFIX = "sha256:";
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private Digest() {}

  static String of(byte[] bytes) {
    return PREFIX + hexOf(bytes, bytes.length);
  }

  /** The bare hex digest of the first {@code length} bytes. */
  static String hexOf(byte[] bytes, int length) {
    MessageDigest sha256 = sha256();
    sha256.update(bytes, 0, length);
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** The digest of what was fed to a {@link #sha256}, which starts anew. */
  static String of(MessageDigest sha256) {
    return PREFIX + HexFormat.of().formatHex(sha256.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  static String hex(String digest) {
    return digest.substring(PREFIX.length());
  }
}
