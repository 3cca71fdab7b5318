package dev.mlctl.release.signing;

import dev.mlctl.config.Json;
import dev.mlctl.model.Bundle;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a signature says of a bundle: an in-toto Statement v1 (github.com/in-toto/attestation,
 * spec/v1/statement.md) with the predicate of OpenSSF Model Signing v1.0 for a model of one file.
 *
 * <p>The predicate's one resource holds the file's SHA-256. The subject's digest is, as that
 * specification has it, the SHA-256 of the digests of all resources, each as 32 bytes: the digest
 * of the digest here.
 */
final class Statement {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE_TYPE = "https://model_signing/signature/v1.0";

  private Statement() {}

  /** The statement's bytes for a bundle of a file name and a hexadecimal SHA-256. */
  static byte[] write(String fileName, String digest) {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", ".");
    resource.put("algorithm", "sha256");
    resource.put("digest", digest);
    Map<String, Object> serialization = new LinkedHashMap<>();
    serialization.put("method", "files");
    serialization.put("hash_type", "sha256");
    serialization.put("allow_symlinks", false);
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("resources", List.of(resource));
    predicate.put("serialization", serialization);
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("name", fileName);
    subject.put("digest", Map.of("sha256", root(digest)));
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("_type", TYPE);
    statement.put("subject", List.of(subject));
    statement.put("predicateType", PREDICATE_TYPE);
    statement.put("predicate", predicate);
    return Json.pretty(statement).getBytes(StandardCharsets.UTF_8);
  }

  private static String root(String digest) {
    return Bundle.digest(HexFormat.of().parseHex(digest));
  }

  /**
   * The SHA-256 of the one file that a statement is about, in hexadecimal.
   *
   * @throws IllegalArgumentException with the reason when it is not such a statement
   */
  static String digest(byte[] statement) {
    Map<?, ?> map = Envelope.json(statement);
    require(TYPE.equals(map.get("_type")), "its statement is not an in-toto Statement v1");
    require(
        PREDICATE_TYPE.equals(map.get("predicateType")),
        "its predicateType is not " + PREDICATE_TYPE);
    Map<?, ?> predicate = Envelope.object(map, "predicate");
    Map<?, ?> serialization = Envelope.object(predicate, "serialization");
    Map<?, ?> resource = only(predicate, "resources");
    require(
        "files".equals(serialization.get("method")) && "sha256".equals(resource.get("algorithm")),
        "it does not name the SHA-256 of a whole file");
    String digest = Envelope.text(resource, "digest");
    require(digest.matches("[0-9a-f]{64}"), "it does not name a SHA-256");
    Map<?, ?> subject = Envelope.object(only(map, "subject"), "digest");
    require(root(digest).equals(subject.get("sha256")), "its subject and its resource differ");
    return digest;
  }

  private static Map<?, ?> only(Map<?, ?> parent, String name) {
    if (parent.get(name) instanceof List<?> list
        && list.size() == 1
        && list.get(0) instanceof Map<?, ?> only) {
      return only;
    }
    throw new IllegalArgumentException("it is about another number of files than one");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
