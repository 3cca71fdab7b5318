package dev.mlctl.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them: {@code 90s}, {@code 30m}, {@code 1h30m}; ISO 8601 does, too. */
final class DurationText implements ITypeConverter<Duration> {
  static final String EXAMPLES = "90s, 30m or 1h30m";

  @Override
  public Duration convert(String text) {
    try {
      String upper = text.strip().toUpperCase(Locale.ROOT);
      Duration duration = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below, with an example.
    }
    throw new TypeConversionException("\"" + text + "\" is not a time such as " + EXAMPLES);
  }
}
