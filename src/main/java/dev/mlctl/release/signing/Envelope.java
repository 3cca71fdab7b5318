package dev.mlctl.release.signing;

import dev.mlctl.config.Json;
import dev.mlctl.error.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A signed payload: a DSSE envelope (DSSE protocol and envelope 1.0.2,
 * github.com/secure-systems-lab/dsse) in a Sigstore bundle v0.3
 * (github.com/sigstore/protobuf-specs, sigstore_bundle.proto), which allows it one signature.
 *
 * @param payloadType what the payload is; part of what is signed
 * @param payload what is signed
 * @param signature an ECDSA signature in DER
 * @param keyHint the id of the key that is said to have made it, or empty; not part of what is
 *     signed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and used by its makers alone
record Envelope(String payloadType, byte[] payload, byte[] signature, String keyHint) {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  /**
   * Reads a Sigstore bundle. Fields that it does not need are let be, as the formats want it.
   *
   * @throws IllegalArgumentException with the reason when it is none
   */
  static Envelope read(byte[] file) {
    Map<?, ?> bundle = json(file);
    if (!MEDIA_TYPE.equals(bundle.get("mediaType"))) {
      throw new IllegalArgumentException("its mediaType is not " + MEDIA_TYPE);
    }
    Map<?, ?> dsse = object(bundle, "dsseEnvelope");
    if (!(dsse.get("signatures") instanceof List<?> signatures
        && signatures.size() == 1
        && signatures.get(0) instanceof Map<?, ?> signature)) {
      throw new IllegalArgumentException("its envelope does not hold one signature");
    }
    byte[] der = bytes(signature, "sig");
    P256.requireSignature(der);
    return new Envelope(text(dsse, "payloadType"), bytes(dsse, "payload"), der, hint(bundle));
  }

  static Map<?, ?> json(byte[] bytes) {
    try {
      return Json.readObject("", bytes);
    } catch (Failure e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String hint(Map<?, ?> bundle) {
    return bundle.get("verificationMaterial") instanceof Map<?, ?> material
            && material.get("publicKey") instanceof Map<?, ?> key
            && key.get("hint") instanceof String hint
        ? hint
        : "";
  }

  static Map<?, ?> object(Map<?, ?> parent, String name) {
    if (parent.get(name) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException("it has no object " + name);
  }

  static String text(Map<?, ?> parent, String name) {
    if (parent.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("it has no text " + name);
  }

  /** DSSE lets either alphabet of Base64 be used. */
  private static byte[] bytes(Map<?, ?> parent, String name) {
    String standard = text(parent, name).replace('-', '+').replace('_', '/');
    try {
      return Base64.getDecoder().decode(standard);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its " + name + " is not Base64", e);
    }
  }

  /** The pre-authentication encoding (PAE) of the DSSE protocol: what is signed. */
  static byte[] toBeSigned(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    String head = "DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + payload.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(payload, 0, all, start.length, payload.length);
    return all;
  }

  byte[] toBeSigned() {
    return toBeSigned(payloadType, payload);
  }

  /** The Sigstore bundle as a file. */
  byte[] write() {
    Base64.Encoder base64 = Base64.getEncoder();
    Map<String, Object> material = new LinkedHashMap<>();
    material.put("publicKey", Map.of("hint", keyHint));
    material.put("tlogEntries", List.of());
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("sig", base64.encodeToString(signature));
    one.put("keyid", "");
    Map<String, Object> dsse = new LinkedHashMap<>();
    dsse.put("payload", base64.encodeToString(payload));
    dsse.put("payloadType", payloadType);
    dsse.put("signatures", List.of(one));
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("mediaType", MEDIA_TYPE);
    bundle.put("verificationMaterial", material);
    bundle.put("dsseEnvelope", dsse);
    return Json.pretty(bundle).getBytes(StandardCharsets.UTF_8);
  }
}
