package dev.mlctl.cli;

import dev.mlctl.release.CheckedSignature;
import dev.mlctl.release.signing.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a bundle can be trusted, as a person and a program see it.
 *
 * @param revoked whether it must never be used again
 * @param signatures what its signatures are worth
 */
record TrustView(boolean revoked, List<CheckedSignature> signatures) {
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("revoked", revoked);
    map.put("signatures", signatures.stream().map(CheckedSignature::toMap).toList());
    return map;
  }

  /** A line for each signature, and one before them when the bundle was revoked. */
  String text(Style style) {
    StringBuilder text = new StringBuilder();
    if (revoked) {
      text.append(style.bad("revoked:") + "     never to be used again\n");
    }
    signatures.forEach(signature -> text.append(line(signature.verdict(), style)));
    return text.toString();
  }

  private static String line(Verdict verdict, Style style) {
    if (verdict.trusted()) {
      return style.good("signed by:") + "   " + verdict.signer().orElseThrow().name() + "\n";
    }
    return style.warning("unproven:") + "    " + verdict.problem() + "\n";
  }
}
