package dev.mlctl.cli;

import dev.mlctl.model.GateResult;
import dev.mlctl.release.Deployed;
import dev.mlctl.release.History;
import dev.mlctl.release.ModelEntry;
import dev.mlctl.release.ReleaseRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How releases look to a person. */
final class ReleaseView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_REASON = 200;

  private ReleaseView() {}

  /** A moment in UTC to the second. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static void print(Console console, Deployed deployed) {
    announce(console, deployed);
    console.result(deployed.toMap(), () -> text(deployed, console.style()));
  }

  /** What is to be said beside the result. */
  static void announce(Console console, Deployed deployed) {
    deployed.warnings().forEach(console::warn);
    if (deployed.changed() && !deployed.dryRun()) {
      console.committed(deployed.release().reference());
    }
  }

  static String text(Deployed deployed, Style style) {
    StringBuilder text = new StringBuilder();
    if (deployed.changed()) {
      deployed.release().gates().forEach(g -> text.append(gate(g, style)));
    }
    return text.append(outcome(deployed)).toString();
  }

  /** What became of the environment, without the gates. */
  static String outcome(Deployed deployed) {
    ReleaseRecord release = deployed.release();
    String target = release.model() + "@" + release.env();
    if (!deployed.changed()) {
      return target + " is at release " + release.number() + " already: nothing changed\n";
    }
    boolean dry = deployed.dryRun();
    String revoked =
        release.revokes().isPresent()
            ? "the bundle of release %d %s revoked for ever\n"
                .formatted(release.revokes().getAsLong(), dry ? "would be" : "is")
            : "";
    if (release.isRevoked()) {
      return revoked + target + (dry ? " would have" : " has") + " no bundle that may be used\n";
    }
    String what =
        release.to().isPresent()
            ? "the bundle of release " + release.to().getAsLong()
            : "bundle " + shortDigest(release.digest());
    String before =
        deployed.before().isPresent() ? ", after release " + deployed.before().getAsLong() : "";
    return "%s%s %s at release %d (%s%s)\n"
        .formatted(revoked, target, dry ? "would be" : "is now", release.number(), what, before);
  }

  /** One gate as a line. */
  static String gate(GateResult gate, Style style) {
    return switch (gate.outcome()) {
      case PASSED -> style.good("gate holds:") + " " + gate.text() + values(gate);
      case FAILED -> style.bad("gate fails:") + " " + gate.text() + values(gate);
      case SKIPPED ->
          style.warning("gate skipped:") + " " + gate.text() + " (" + gate.note() + ")\n";
    };
  }

  private static String values(GateResult gate) {
    String rows = gate.rows().map(judged -> ", " + Numbers.rows(judged.count())).orElse("");
    return " (%s against %s%s)\n"
        .formatted(Numbers.shown(gate.left()), Numbers.shown(gate.right()), rows);
  }

  static String table(History history, Style style) {
    Table table = new Table(">RELEASE", "UPDATED", "STATUS", "BUNDLE", "DESCRIPTION");
    ChallengerView tried = new ChallengerView(history.challengers());
    for (History.Entry entry : history.entries()) {
      ReleaseRecord release = entry.release();
      tried.addUntil(release.when(), table);
      table.row(
          release.number(),
          time(release.when()),
          status(entry),
          entry.shortDigest(),
          description(release));
    }
    tried.addUntil(Instant.MAX, table);
    StringBuilder text = new StringBuilder(table.renderWithNotes(style));
    history.entries().forEach(entry -> text.append(verdict(entry, style)));
    return text.toString();
  }

  /** What is in use may be condemned; of everything else the status says so. */
  private static String status(History.Entry entry) {
    boolean current = entry.status() == History.Status.CURRENT;
    return current && entry.verdict().isPresent() ? "current, condemned" : entry.status().words();
  }

  /** Below the table, which has no room for it on eighty columns. */
  private static String verdict(History.Entry entry, Style style) {
    String condemned = "#" + entry.release().number() + " is condemned:";
    return entry
        .verdict()
        .map(found -> Table.wrapped(style.bad(condemned) + " ", shortened(found.why()), "  "))
        .orElse("");
  }

  private static String description(ReleaseRecord release) {
    long to = release.to().orElse(0);
    String what =
        switch (release.kind()) {
          case DEPLOY -> "deploy";
          case ROLLBACK -> "rollback to " + to;
          case REVOKE ->
              "revoke %d, %s"
                  .formatted(
                      release.revokes().getAsLong(),
                      release.to().isPresent() ? "bundle of " + to : "none left");
        };
    return release.reason().isEmpty() ? what : what + ": " + shortened(release.reason());
  }

  static String shortened(String reason) {
    boolean fits = reason.length() <= LONGEST_REASON;
    return fits ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
  }

  static String table(List<ModelEntry> models, Style style) {
    if (models.isEmpty()) {
      return "no releases yet\n";
    }
    Table table = new Table("MODEL", ">RELEASE", "UPDATED", "BUNDLE", "BY");
    for (ModelEntry model : models) {
      ReleaseRecord current = model.current();
      table.row(
          model.reference(),
          current.number() + (model.verdict().isPresent() ? " (condemned)" : ""),
          time(current.when()),
          shortDigest(current.digest()) + (current.isRevoked() ? " (revoked)" : ""),
          current.who());
    }
    StringBuilder text = new StringBuilder(table.render(style));
    models.forEach(
        model ->
            model
                .challenger()
                .ifPresent(tried -> text.append(ChallengerView.beside(model.reference(), tried))));
    return text.toString();
  }

  /** The first twelve digits of a digest. */
  static String shortDigest(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.substring(0, Math.min(12, hex.length()));
  }
}
