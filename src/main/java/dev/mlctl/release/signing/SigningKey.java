package dev.mlctl.release.signing;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * A private key on the curve P-256 with its public half. It is read from an unencrypted PEM file:
 * {@code PRIVATE KEY} (PKCS #8, RFC 5958) or {@code EC PRIVATE KEY} (SEC 1, RFC 5915). Thread-safe.
 */
public final class SigningKey {
  static final String HOW_TO_MAKE_ONE =
      "make a key with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY";

  private static final String WRONG_KIND =
      "it is not an EC key on the curve P-256, or it is damaged";
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};
  private static final int PARAMETERS = 0xA0;

  private final ECPrivateKey key;
  private final VerifyingKey publicKey;
  private final List<String> warnings;

  private SigningKey(ECPrivateKey key, Path file) throws GeneralSecurityException {
    this.key = key;
    this.publicKey = publicHalf(file.toString());
    this.warnings = warnings(file);
  }

  /**
   * Reads a private key.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file, USAGE when it holds no key that
   *     can be used, with what to do about it
   */
  public static SigningKey read(Path file) {
    List<Pem> blocks = Pem.read(file);
    for (Pem block : blocks) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return decode(file, block);
      }
    }
    boolean open = blocks.stream().anyMatch(block -> block.label().equals("PUBLIC KEY"));
    throw unusable(file, open ? "it is a public key" : "there is no private key in the file");
  }

  private static SigningKey decode(Path file, Pem block) {
    if (block.label().startsWith("ENCRYPTED") || block.text().contains("ENCRYPTED")) {
      throw unusable(file, "the key is encrypted, and mlctl never asks for a password")
          .hint("(umask 077; openssl pkey -in %s -out PLAIN) writes it in plain".formatted(file));
    }
    try {
      byte[] pkcs8 = block.label().equals("EC PRIVATE KEY") ? wrap(block.bytes()) : block.bytes();
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (key instanceof ECPrivateKey ec && P256.isCurveOf(ec.getParams())) {
        return new SigningKey(ec, file);
      }
      throw unusable(file, WRONG_KIND);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(file, WRONG_KIND).causedBy(e);
    }
  }

  /** A SEC 1 key as PKCS #8; its curve moves from within to the outside. */
  private static byte[] wrap(byte[] sec1) {
    Der fields = new Der(new Der(sec1).read(Der.SEQUENCE));
    fields.read(Der.INTEGER);
    fields.read(Der.OCTETS);
    byte[] curve = fields.read(PARAMETERS);
    return Der.write(
        Der.SEQUENCE,
        VERSION_0,
        Der.write(Der.SEQUENCE, EC_PUBLIC_KEY, curve),
        Der.write(Der.OCTETS, sec1));
  }

  private static Failure unusable(Path file, String why) {
    return Failure.of(FailureKind.USAGE, "cannot sign with this key: %s", why)
        .at(file.toString())
        .hint(HOW_TO_MAKE_ONE);
  }

  /** Of the two points that it can be, the one that verifies what this key signs. */
  private VerifyingKey publicHalf(String name) throws GeneralSecurityException {
    byte[] probe = "mlctl".getBytes(StandardCharsets.US_ASCII);
    byte[] signature = sign(probe);
    for (ECPoint point : P256.publicPoints(key)) {
      VerifyingKey candidate = VerifyingKey.of(name, point);
      if (candidate.verifies(probe, signature)) {
        return candidate;
      }
    }
    throw new GeneralSecurityException("the key does not sign what its public half verifies");
  }

  private static List<String> warnings(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
          ? List.of("anyone on this machine can read the private key: chmod 600 " + file)
          : List.of();
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without such permissions, about which there is nothing to say.
      return List.of();
    }
  }

  byte[] sign(byte[] content) throws GeneralSecurityException {
    // Without a random generator of ours: ECDSA gives the key away when one repeats itself.
    Signature signer = Signature.getInstance(P256.ALGORITHM);
    signer.initSign(key);
    signer.update(content);
    return signer.sign();
  }

  /** The public half, by which the signatures are checked. */
  public VerifyingKey publicKey() {
    return publicKey;
  }

  /** What the user should know about the key file, one line each. */
  public List<String> warnings() {
    return warnings;
  }
}
