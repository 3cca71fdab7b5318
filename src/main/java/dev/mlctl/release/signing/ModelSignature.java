package dev.mlctl.release.signing;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/** Signatures of bundles: making one, and checking one. */
public final class ModelSignature {
  /** How the file that holds a signature ends, after the bundle's name. */
  public static final String SUFFIX = ".sigstore.json";

  /** The largest file that is taken for a signature, 64 KiB; ours have about 1.5. */
  public static final int LARGEST = 1 << 16;

  private static final int SHORT_ID = 12;

  private ModelSignature() {}

  /**
   * Signs a bundle. Two signatures of one bundle differ, since ECDSA draws a random number.
   *
   * @param fileName the bundle's file name, a note for people
   * @param digest the bundle's SHA-256 in hexadecimal
   * @return the file to be kept beside the bundle
   */
  public static byte[] sign(SigningKey key, String fileName, String digest) {
    byte[] statement = Statement.write(fileName, digest);
    try {
      byte[] signature = key.sign(Envelope.toBeSigned(Statement.PAYLOAD_TYPE, statement));
      String hint = key.publicKey().id();
      return new Envelope(Statement.PAYLOAD_TYPE, statement, signature, hint).write();
    } catch (GeneralSecurityException e) {
      throw Failure.of(FailureKind.USAGE, "cannot sign with this key: %s", e.getMessage())
          .at(key.publicKey().name())
          .causedBy(e);
    }
  }

  /**
   * Checks a signature file against a bundle.
   *
   * @param file the file's bytes
   * @param digest the bundle's SHA-256 in hexadecimal
   * @param keys whose signatures count
   */
  public static Verdict check(byte[] file, String digest, List<VerifyingKey> keys) {
    Envelope envelope;
    try {
      envelope = read(file);
    } catch (IllegalArgumentException e) {
      return Verdict.bad("", "the signature is malformed: " + e.getMessage());
    }
    String hint = envelope.keyHint();
    if (!envelope.payloadType().equals(Statement.PAYLOAD_TYPE)) {
      return Verdict.bad(hint, "the signature's payload type is not " + Statement.PAYLOAD_TYPE);
    }
    Optional<VerifyingKey> signer = signer(envelope, keys);
    return signer.isEmpty()
        ? Verdict.bad(hint, noSigner(hint, keys))
        : new Verdict(hint, signer, contentProblem(envelope, digest));
  }

  /** True for a file that says of itself, whoever made it, that it is a signature of the bundle. */
  public static boolean claims(byte[] file, String digest) {
    try {
      Envelope envelope = read(file);
      return envelope.payloadType().equals(Statement.PAYLOAD_TYPE)
          && contentProblem(envelope, digest).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Envelope read(byte[] file) {
    if (file.length > LARGEST) {
      throw new IllegalArgumentException("it is larger than 64 KiB");
    }
    return Envelope.read(file);
  }

  private static Optional<VerifyingKey> signer(Envelope envelope, List<VerifyingKey> keys) {
    byte[] signed = envelope.toBeSigned();
    return keys.stream().filter(key -> key.verifies(signed, envelope.signature())).findFirst();
  }

  private static String noSigner(String hint, List<VerifyingKey> keys) {
    for (VerifyingKey key : keys) {
      if (key.id().equals(hint)) {
        return "the signature names the key %s and does not verify with it: what was signed is not"
                .formatted(key.name())
            + " what stands there";
      }
    }
    String claimed = hint.isEmpty() ? "" : " (" + shortId(hint) + ")";
    return keys.isEmpty()
        ? "no policy names a key to check the signature with" + claimed
        : "the signature is by another key" + claimed;
  }

  private static String contentProblem(Envelope envelope, String digest) {
    try {
      // The very bytes that were verified are the ones that are read.
      String signed = Statement.digest(envelope.payload());
      return signed.equals(digest)
          ? ""
          : "the signature is of another bundle (sha256:%s)".formatted(shortId(signed));
    } catch (IllegalArgumentException e) {
      return "the signature is not one of a bundle: " + e.getMessage();
    }
  }

  /** The first twelve digits of a key's id, with nothing in them that could fool a terminal. */
  public static String shortId(String id) {
    String plain = id.replaceAll("[^0-9A-Za-z._-]", "?");
    return plain.substring(0, Math.min(SHORT_ID, plain.length()));
  }
}
