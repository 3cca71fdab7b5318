/**
 * Signatures of bundles: keys, what is signed, and the file a signature is kept in. Pure functions
 * over bytes; where signatures are stored and which of them are required is for the room around
 * this package. Open {@link dev.mlctl.release.signing.ModelSignature} first.
 *
 * <p>The form is that of OpenSSF Model Signing v1.0 for a model that is a single file
 * (github.com/sigstore/model-transparency), so that its tools check ours and we check theirs. From
 * the inside out:
 *
 * <ol>
 *   <li>an in-toto Statement v1 that names the bundle's SHA-256 ({@code Statement});
 *   <li>a DSSE envelope: the statement's bytes, their type, and an ECDSA signature over the
 *       pre-authentication encoding of both ({@code Envelope});
 *   <li>a Sigstore bundle v0.3 as JSON around that, which also hints at the key.
 * </ol>
 *
 * <p>Keys are EC keys on the curve P-256 and nothing else: one curve and one digest leave nothing
 * to negotiate. All cryptography is the JDK's. Its older patch levels accepted zero for both halves
 * of an ECDSA signature (CVE-2022-21449), so those, the encoding and the curve are checked here
 * too.
 *
 * <p>Nothing in a signature file is believed before the signature over it verified; the key hint
 * serves only to word the message when it does not.
 */
package dev.mlctl.release.signing;
