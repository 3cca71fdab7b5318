package dev.mlctl.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a command's manual page (man-pages(7)) from its picocli description. */
final class ManPage {
  private final CommandLine line;
  private final CommandSpec spec;
  private final StringBuilder text = new StringBuilder();

  private ManPage(CommandLine line) {
    this.line = line;
    this.spec = line.getCommandSpec();
  }

  static String of(CommandLine line) {
    return new ManPage(line).write();
  }

  private String write() {
    String name = spec.qualifiedName("-");
    String[] description = spec.usageMessage().description();
    text.append("'\\\" generated from the commands by GeneratedFilesTest: do not edit\n");
    request("TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" mlctl \"mlctl manual\"");
    request("SH NAME");
    paragraph(name + " - " + plain(description[0]));
    request("SH SYNOPSIS");
    request("nf");
    text.append(escape(line.getHelp().synopsis(0).stripIndent()).stripTrailing()).append('\n');
    request("fi");
    request("SH DESCRIPTION");
    for (String part : description) {
      if (part.isEmpty()) {
        request("PP");
      } else {
        paragraph(plain(part));
      }
    }
    arguments();
    commands();
    codes();
    request("SH SEE ALSO");
    paragraph(spec.parent() == null ? seeAll() : "mlctl(1)");
    return text.toString();
  }

  private void arguments() {
    List<PositionalParamSpec> positions = spec.positionalParameters();
    if (!positions.isEmpty()) {
      request("SH ARGUMENTS");
      positions.forEach(p -> item(p.paramLabel(), String.join(" ", p.description())));
    }
    request("SH OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (option.hidden()) {
        continue;
      }
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      item(String.join(", ", option.names()) + label, description(option));
    }
  }

  private static String description(OptionSpec option) {
    String candidates =
        option.completionCandidates() == null
            ? ""
            : String.join(", ", option.completionCandidates());
    String value = option.defaultValue() == null ? "" : option.defaultValue();
    return String.join(" ", option.description())
        .replace("${COMPLETION-CANDIDATES}", candidates)
        .replace("${DEFAULT-VALUE}", value);
  }

  private void commands() {
    if (!spec.subcommands().isEmpty()) {
      request("SH COMMANDS");
      spec.subcommands()
          .forEach((name, sub) -> item(name, sub.getCommandSpec().usageMessage().description()[0]));
    }
  }

  private void codes() {
    Map<String, String> codes = spec.root().usageMessage().exitCodeList();
    request("SH EXIT STATUS");
    codes.forEach((code, meaning) -> item(code, meaning));
  }

  private String seeAll() {
    return String.join(
        ", ", spec.subcommands().keySet().stream().map(c -> "mlctl-" + c + "(1)").toList());
  }

  private void item(String term, String body) {
    request("TP");
    text.append("\\fB").append(escape(term)).append("\\fR\n");
    paragraph(plain(body));
  }

  private void request(String line) {
    text.append('.').append(line).append('\n');
  }

  private void paragraph(String words) {
    String escaped = escape(words);
    text.append(escaped.startsWith(".") ? "\\&" : "").append(escaped).append('\n');
  }

  private static String plain(String marked) {
    return Ansi.OFF.string(marked).replace("%n", "\n").replace("%%", "%");
  }

  private static String escape(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
  }
}
