package dev.mlctl.monitor;

import dev.mlctl.page.Element;
import dev.mlctl.page.HeatMap;

/** How a page shows a severity: by word, sign and colour, any one of which is enough. */
final class SeverityTag {
  private SeverityTag() {}

  static Element of(Severity severity) {
    return Element.of("span", sign(severity) + " " + words(severity))
        .styled("tag " + style(severity));
  }

  static String words(Severity severity) {
    return severity.word().replace('_', ' ');
  }

  static String sign(Severity severity) {
    return switch (severity) {
      case OK -> "✓";
      case NOT_ENOUGH_DATA -> "?";
      case WARNING -> "▲";
      case CRITICAL -> "■";
    };
  }

  static String style(Severity severity) {
    return switch (severity) {
      case OK -> "ok";
      case NOT_ENOUGH_DATA -> "unknown";
      case WARNING -> "warning";
      case CRITICAL -> "critical";
    };
  }

  static HeatMap.Level level(Severity severity) {
    return switch (severity) {
      case OK -> HeatMap.Level.OK;
      case NOT_ENOUGH_DATA -> HeatMap.Level.UNKNOWN;
      case WARNING -> HeatMap.Level.WARNING;
      case CRITICAL -> HeatMap.Level.CRITICAL;
    };
  }
}
