package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.BundleFile;
import dev.mlctl.release.signing.ModelSignature;
import dev.mlctl.release.signing.SigningKey;
import dev.mlctl.release.signing.VerifyingKey;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle file with a signature beside it.
 *
 * @param file the signature
 * @param key the key that made it
 * @param changed false when that key had signed the bundle already
 */
public record SignedBundle(Path file, VerifyingKey key, boolean changed) {
  /**
   * Signs a bundle file: as {@code NAME.mlb.sigstore.json}, or when that is another key's as {@code
   * NAME.mlb.KEY.sigstore.json}. Signing once more with the same key changes nothing.
   *
   * @param digest the bundle's SHA-256 in hexadecimal
   * @throws Failure of kind CONFLICT when a signature of another bundle is in the way, STORAGE when
   *     the file cannot be written
   */
  public static SignedBundle sign(Path bundle, String digest, SigningKey key) {
    List<VerifyingKey> ours = List.of(key.publicKey());
    for (SignatureFile there : SignatureFile.beside(bundle)) {
      if (ModelSignature.check(there.bytes(), digest, ours).trusted()) {
        return new SignedBundle(Path.of(there.place()), key.publicKey(), false);
      }
      if (!ModelSignature.claims(there.bytes(), digest)) {
        throw Failure.of(
                FailureKind.CONFLICT, "%s exists and is no signature of this bundle", there.place())
            .hint("remove it; it was made for another bundle of this name");
      }
    }
    String name = bundle.getFileName().toString();
    Path file = bundle.resolveSibling(name + ModelSignature.SUFFIX);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      String id = ModelSignature.shortId(key.publicKey().id());
      file = bundle.resolveSibling(name + "." + id + ModelSignature.SUFFIX);
    }
    BundleFile.write(file, ModelSignature.sign(key, name, digest));
    return new SignedBundle(file, key.publicKey(), true);
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("signature", file.toString());
    map.put("key", key.id());
    map.put("signed", changed);
    return map;
  }
}
