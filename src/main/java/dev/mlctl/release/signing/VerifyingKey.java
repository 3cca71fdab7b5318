package dev.mlctl.release.signing;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/** A public key on the curve P-256. Immutable and thread-safe. */
public final class VerifyingKey {
  private final String name;
  private final ECPublicKey key;
  private final String id;

  private VerifyingKey(String name, ECPublicKey key) {
    this.name = name;
    this.key = key;
    byte[] pem = pem().getBytes(StandardCharsets.US_ASCII);
    this.id = Bundle.digest(pem);
  }

  static VerifyingKey of(String name, ECPoint point) throws GeneralSecurityException {
    return new VerifyingKey(name, P256.publicKey(point));
  }

  /**
   * Reads a PEM file with a block {@code PUBLIC KEY}, as {@code openssl pkey -pubout} writes it.
   *
   * @throws Failure of kind NOT_FOUND when there is no such file, USAGE when it holds no such key
   */
  public static VerifyingKey read(Path file) {
    List<Pem> blocks = Pem.read(file);
    for (Pem block : blocks) {
      if (block.label().equals("PUBLIC KEY")) {
        return new VerifyingKey(file.toString(), decode(file, block));
      }
    }
    boolean secret = blocks.stream().anyMatch(block -> block.label().endsWith("PRIVATE KEY"));
    throw Failure.of(
            FailureKind.USAGE,
            secret ? "this is a private key, not a public one" : "no public key in this file")
        .at(file.toString())
        .hint("openssl pkey -in PRIVATE_KEY -pubout -out PUBLIC_KEY makes one");
  }

  private static ECPublicKey decode(Path file, Pem block) {
    try {
      PublicKey key =
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(block.bytes()));
      if (key instanceof ECPublicKey ec
          && P256.isCurveOf(ec.getParams())
          && P256.contains(ec.getW())) {
        return ec;
      }
      throw wrongKind(file);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrongKind(file).causedBy(e);
    }
  }

  private static Failure wrongKind(Path file) {
    return Failure.of(FailureKind.USAGE, "this is not a public EC key on the curve P-256")
        .at(file.toString())
        .hint(SigningKey.HOW_TO_MAKE_ONE);
  }

  /** Where the key was read from, as it was named. */
  public String name() {
    return name;
  }

  /** The SHA-256 of the key's PEM, in hexadecimal: what signatures name as a hint. */
  public String id() {
    return id;
  }

  /** The key as a PEM file. */
  public String pem() {
    return Pem.write("PUBLIC KEY", P256.encode(key.getW()));
  }

  /** True when the signature, a sound one, is this key's over the content. */
  boolean verifies(byte[] content, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(P256.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
