package dev.mlctl.cli;

import dev.mlctl.release.Pruned;
import dev.mlctl.release.Pruned.Outcome;
import dev.mlctl.release.Verified;

/** How the keeping of a registry looks to a person. */
final class UpkeepView {
  private UpkeepView() {}

  static void print(Console console, Verified verified, boolean verbose) {
    verified.warnings().forEach(console::warn);
    if (verbose) {
      verified.notes().forEach(console::note);
    }
    console.result(verified.toMap(), () -> text(verified, console.style()));
  }

  private static String text(Verified verified, Style style) {
    StringBuilder text = new StringBuilder(verified.subject()).append(": ");
    if (verified.logs() > 0 || verified.bundles() == 0) {
      text.append(counted(verified.logs(), "log")).append(", ");
      text.append(counted(verified.releases(), "release")).append(", ");
    }
    text.append(counted(verified.bundles(), "bundle"));
    text.append(" (").append(Numbers.bytes(verified.bytes())).append("): ");
    text.append(style.good("sound")).append('\n');
    if (!verified.unused().isEmpty()) {
      text.append(counted(verified.unused().size(), "bundle"));
      text.append(" that no release refers to (see \"mlctl prune --help\")\n");
    }
    return text.toString();
  }

  static void print(Console console, Pruned pruned) {
    pruned.warnings().forEach(console::warn);
    console.result(pruned.toMap(), () -> text(pruned, console.style()));
  }

  private static String text(Pruned pruned, Style style) {
    StringBuilder text = new StringBuilder();
    if (!pruned.bundles().isEmpty()) {
      Table table = new Table("BUNDLE", ">SIZE", "OUTCOME", "DUE");
      for (Pruned.Unused bundle : pruned.bundles()) {
        table.row(
            ReleaseView.shortDigest(bundle.digest()),
            Numbers.bytes(bundle.size()),
            bundle.outcome().word(),
            ReleaseView.time(bundle.due()));
      }
      text.append(table.render(style)).append('\n');
    }
    text.append(pruned.dryRun() ? "would be " : "");
    text.append("deleted: ").append(counted(pruned.count(Outcome.DELETED), "bundle"));
    text.append(" (").append(Numbers.bytes(pruned.bytes(Outcome.DELETED))).append(")");
    if (!pruned.leftovers().isEmpty()) {
      text.append(" and ").append(counted(pruned.leftovers().size(), "unfinished file"));
    }
    long waiting = pruned.count(Outcome.CONDEMNED) + pruned.count(Outcome.WAITING);
    text.append("; condemned: ").append(waiting);
    return text.append("; in use: ").append(pruned.kept()).append('\n').toString();
  }

  private static String counted(long count, String what) {
    return Numbers.count(count) + " " + what + (count == 1 ? "" : "s");
  }
}
