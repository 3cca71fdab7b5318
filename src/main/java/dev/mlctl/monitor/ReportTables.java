package dev.mlctl.monitor;

import dev.mlctl.monitor.Finding.About;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report's findings as cells. */
final class ReportTables {
  private static final String NOTHING = "-";

  private ReportTables() {}

  static ReportTable columns(List<Finding> worstFirst) {
    Map<String, Map<String, Finding>> byColumn = new LinkedHashMap<>();
    for (Finding finding : worstFirst) {
      if (finding.about() == About.FEATURE || finding.about() == About.OUTPUT) {
        // A feature may well be called "prediction".
        byColumn
            .computeIfAbsent(
                finding.about() + " " + finding.column(), name -> new LinkedHashMap<>())
            .put(finding.statistic(), finding);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    byColumn.values().forEach(found -> rows.add(row(found)));
    return new ReportTable(
        List.of(
            "STATUS", "COLUMN", ">PSI", ">JS", ">KS", ">P-VALUE", ">MISSING", ">OUTSIDE", "NOTE"),
        rows);
  }

  private static List<String> row(Map<String, Finding> found) {
    Finding worst = found.values().iterator().next();
    boolean outside = found.containsKey("out_of_range");
    return List.of(
        worst.severity().word(),
        worst.column(),
        value(found.get("psi")),
        value(found.get("jensen_shannon")),
        value(found.get("ks")),
        found.containsKey("chi_squared") ? number(found.get("chi_squared").pValue()) : NOTHING,
        percent(found.get("missing_increase")),
        percent(found.get(outside ? "out_of_range" : "new_categories")),
        worst.severity() == Severity.OK ? "" : note(worst));
  }

  /** A note is only of use with the statistic it belongs to. */
  private static String note(Finding worst) {
    boolean drift = DriftSpec.STATISTICS.contains(worst.statistic());
    if (drift && worst.severity() != Severity.NOT_ENOUGH_DATA) {
      return worst.statistic() + limits(worst);
    }
    return worst.note().isEmpty() ? worst.statistic() + limits(worst) : worst.note();
  }

  private static String limits(Finding finding) {
    double limit =
        finding.severity() == Severity.CRITICAL
            ? finding.threshold().critical()
            : finding.threshold().warning();
    return " " + number(finding.value()) + " reaches " + number(limit);
  }

  static ReportTable service(List<Finding> worstFirst) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : worstFirst) {
      if (finding.about() == About.PERFORMANCE || finding.about() == About.RUNS) {
        rows.add(
            List.of(
                finding.severity().word(),
                finding.statistic() + (finding.slice().isEmpty() ? "" : " in " + finding.slice()),
                value(finding),
                number(finding.threshold().warning()),
                number(finding.threshold().critical()),
                Long.toString(finding.currentRows()),
                finding.note()));
      }
    }
    return new ReportTable(
        List.of("STATUS", "CHECK", ">VALUE", ">WARNING", ">CRITICAL", ">ROWS", "NOTE"), rows);
  }

  private static String value(Finding finding) {
    return finding == null ? NOTHING : number(finding.value());
  }

  private static String percent(Finding finding) {
    if (finding == null || Double.isNaN(finding.value())) {
      return NOTHING;
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * finding.value());
  }

  /** Three decimals, or what a number of another size needs; a dash for what is not finite. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return NOTHING;
    }
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size > 0 && size < 0.0005 ? "%.0e" : "%.3f", value);
  }
}
