package dev.mlctl.config;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The faults of one file, gathered by the reader and the shapes alike. Not thread-safe. */
final class Faults {
  /** Past this many a reader has learnt that the whole file is wrong. */
  private static final int SHOWN = 100;

  private record Fault(Place place, Problem problem) {}

  private static final Comparator<Fault> IN_FILE_ORDER =
      Comparator.comparing((Fault fault) -> !fault.place().hasLine())
          .thenComparingInt(fault -> fault.place().line())
          .thenComparingInt(fault -> fault.place().column());

  private final List<Fault> faults = new ArrayList<>();

  void add(Place place, String message) {
    add(place, message, "");
  }

  void add(Place place, String message, String hint) {
    faults.add(new Fault(place, new Problem(message, place.toString(), hint)));
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /** In the order of the file, those of overrides last. */
  List<Problem> problems() {
    List<Problem> problems =
        new ArrayList<>(
            faults.stream().sorted(IN_FILE_ORDER).limit(SHOWN).map(Fault::problem).toList());
    if (faults.size() > SHOWN) {
      problems.add(Problem.of("and " + (faults.size() - SHOWN) + " more faults"));
    }
    return List.copyOf(problems);
  }

  void throwIfAny() {
    if (!isEmpty()) {
      throw new Failure(FailureKind.USAGE, problems(), null);
    }
  }

  /** A fault that hides all others, such as a syntax error: it is reported alone. */
  static Failure alone(Place place, String message, String hint) {
    return new Failure(
        FailureKind.USAGE, List.of(new Problem(message, place.toString(), hint)), null);
  }
}
