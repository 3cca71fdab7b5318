package dev.mlctl.release.signing;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** The curve P-256 (FIPS 186-5; secp256r1 and prime256v1 are the same). */
final class P256 {
  /** SHA-256 is part of the name: DSSE signatures by keys on this curve use it. */
  static final String ALGORITHM = "SHA256withECDSA";

  private static final int BYTES = 32;
  private static final ECParameterSpec CURVE = curve();

  /** A SubjectPublicKeyInfo (RFC 5480) up to the coordinates of an uncompressed point. */
  private static final byte[] BEFORE_POINT =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04");

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 7 on knows P-256", e);
    }
  }

  static boolean isCurveOf(ECParameterSpec other) {
    return CURVE.getCurve().equals(other.getCurve())
        && CURVE.getGenerator().equals(other.getGenerator())
        && CURVE.getOrder().equals(other.getOrder())
        && CURVE.getCofactor() == other.getCofactor();
  }

  /** True for a point that is on the curve, which none at infinity is. */
  static boolean contains(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger p = prime();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    return x.signum() >= 0
        && x.compareTo(p) < 0
        && y.signum() >= 0
        && y.compareTo(p) < 0
        && y.modPow(BigInteger.TWO, p).equals(rightSide(x));
  }

  /**
   * The two points one of which is the private key's public one; they differ in the sign of y.
   *
   * <p>The JDK cannot be asked for the product of a number and a point, but a Diffie-Hellman
   * agreement with the generator in the place of another's public key is that product's x.
   */
  static ECPoint[] publicPoints(ECPrivateKey key) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(publicKey(CURVE.getGenerator()), true);
    BigInteger x = new BigInteger(1, agreement.generateSecret());
    BigInteger p = prime();
    // p mod 4 is 3, so this power is a square root.
    BigInteger y = rightSide(x).modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    return new ECPoint[] {new ECPoint(x, y), new ECPoint(x, p.subtract(y))};
  }

  static ECPublicKey publicKey(ECPoint point) throws GeneralSecurityException {
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, CURVE));
  }

  /** A point as SubjectPublicKeyInfo, in the one form that OpenSSL writes. */
  static byte[] encode(ECPoint point) {
    byte[] encoded = new byte[BEFORE_POINT.length + 2 * BYTES];
    System.arraycopy(BEFORE_POINT, 0, encoded, 0, BEFORE_POINT.length);
    copyEndingAt(BEFORE_POINT.length + BYTES, point.getAffineX(), encoded);
    copyEndingAt(encoded.length, point.getAffineY(), encoded);
    return encoded;
  }

  private static void copyEndingAt(int end, BigInteger number, byte[] into) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(BYTES, bytes.length);
    System.arraycopy(bytes, bytes.length - length, into, end - length, length);
  }

  /**
   * Refuses what is not the DER of two numbers between 0 and the curve's order, both exclusive (SEC
   * 1, sections 4.1.4 and C.5).
   *
   * @throws IllegalArgumentException with the reason
   */
  static void requireSignature(byte[] signature) {
    Der outer = new Der(signature);
    Der numbers = new Der(outer.read(Der.SEQUENCE));
    requireInRange(numbers.read(Der.INTEGER));
    requireInRange(numbers.read(Der.INTEGER));
    if (!numbers.atEnd() || !outer.atEnd()) {
      throw new IllegalArgumentException("its DER goes on after its end");
    }
  }

  private static void requireInRange(byte[] encoded) {
    BigInteger number = encoded.length == 0 ? BigInteger.ZERO : new BigInteger(encoded);
    if (number.signum() <= 0 || number.compareTo(CURVE.getOrder()) >= 0) {
      throw new IllegalArgumentException("one of its numbers is out of the curve's range");
    }
    if (number.toByteArray().length != encoded.length) {
      throw new IllegalArgumentException("its DER has superfluous bytes");
    }
  }

  private static BigInteger rightSide(BigInteger x) {
    BigInteger a = CURVE.getCurve().getA();
    return x.pow(2).add(a).multiply(x).add(CURVE.getCurve().getB()).mod(prime());
  }

  private static BigInteger prime() {
    return ((ECFieldFp) CURVE.getCurve().getField()).getP();
  }
}
