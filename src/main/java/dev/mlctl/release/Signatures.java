package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.release.signing.ModelSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The signatures of a registry's bundles: immutable objects named by the bundle and, so that one
 * bundle can have many, by the SHA-256 of the signature file itself.
 */
final class Signatures {
  private static final Pattern NAME =
      Pattern.compile("[0-9a-f]{64}" + Pattern.quote(ModelSignature.SUFFIX));

  private final ObjectStore store;
  private final Pause pause;

  Signatures(ObjectStore store, Pause pause) {
    this.store = store;
    this.pause = pause;
  }

  private static String folder(String digest) {
    return "signatures/sha256/" + Digest.hex(digest);
  }

  static String key(String digest, byte[] signature) {
    return folder(digest) + "/" + Digest.hexOf(signature, signature.length) + ModelSignature.SUFFIX;
  }

  /** Makes sure that a signature of a bundle is in the store. */
  void put(String digest, byte[] signature) {
    String key = key(digest, signature);
    // What exists there is ours or was tampered with; a reader checks every signature.
    NamedByContent.put(
        store, pause, "signature", key, signature, () -> store.size(key).isPresent());
  }

  /** Every signature of a bundle, unchecked. */
  List<SignatureFile> of(String digest) {
    List<SignatureFile> found = new ArrayList<>();
    for (String name : store.list(folder(digest))) {
      String key = folder(digest) + "/" + name;
      if (NAME.matcher(name).matches()) {
        read(key).ifPresent(bytes -> found.add(new SignatureFile(store.place(key), bytes)));
      }
    }
    return found;
  }

  /** One that is no file or too large to be a signature must not stand in the way of a good one. */
  private Optional<byte[]> read(String key) {
    try {
      return store.get(key, ModelSignature.LARGEST);
    } catch (Failure e) {
      if (e.kind() == FailureKind.INVALID) {
        return Optional.of(new byte[0]);
      }
      throw e;
    }
  }
}
