package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Gate;
import dev.mlctl.model.GateResult;
import java.util.List;
import java.util.Optional;

/** The bundles of the room {@code model}, as the registry sees them. */
final class ModelBundles {
  /** Parses with {@link Bundle#parse}. */
  static final BundleReader READER =
      (place, bytes) -> atPlace(place, () -> new Parsed(place, Bundle.parse(bytes)));

  private ModelBundles() {}

  private interface Act<T> {
    T run();
  }

  /** The model does not know where its bytes came from; the user wants to. */
  private static <T> T atPlace(String place, Act<T> act) {
    try {
      return act.run();
    } catch (Failure e) {
      throw e.problems().size() == 1 && e.problems().get(0).at().isEmpty() ? e.at(place) : e;
    }
  }

  private record Parsed(String place, Bundle bundle) implements BundleReader.Candidate {
    @Override
    public String name() {
      return bundle.name();
    }

    @Override
    public void prove() {
      atPlace(place, bundle::prove);
    }

    @Override
    public List<String> incompatibilities(BundleReader.Candidate current) {
      return bundle.signature().incompatibilities(((Parsed) current).bundle.signature());
    }

    @Override
    public GateResult evaluate(String gate, Optional<BundleReader.Candidate> current) {
      return Gate.parse(gate)
          .evaluate(
              bundle.metrics(),
              current.map(other -> ((Parsed) other).bundle.metrics()).orElse(null));
    }
  }
}
