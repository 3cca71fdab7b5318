package dev.mlctl.score;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a runner reports, as a failure that can be read: the root cause instead of the trace. */
final class PipelineFailure {
  private static final Pattern CAUSE =
      Pattern.compile("(?:Caused by: )?(?:[a-z][\\w$]*\\.)+([A-Z][\\w$]*)(?:: (.*))?");
  private static final int LONGEST = 400;

  private PipelineFailure() {}

  /** The failure that a step threw if it can still be seen, else the root cause of a pipeline's. */
  static Failure of(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
      root = cause;
    }
    String message = root.getMessage() == null ? "" : root.getMessage();
    String cause =
        message.contains("\n\tat ")
            ? rootCause(message.lines().toList())
            : message.isEmpty() ? root.getClass().getSimpleName() : message;
    return Failure.of(FailureKind.PIPELINE, "the pipeline failed: %s", cut(cause))
        .hint("nothing was published")
        .causedBy(thrown);
  }

  /** The last cause that a printed trace names: its message, or its class when it has none. */
  static String rootCause(List<String> trace) {
    String cause = trace.isEmpty() ? "no reason given" : trace.get(0);
    for (String line : trace) {
      Matcher matcher = CAUSE.matcher(line.strip());
      if (matcher.matches() && (line.startsWith("Caused by: ") || cause.equals(trace.get(0)))) {
        cause = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
      }
    }
    return cut(cause);
  }

  static String cut(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
