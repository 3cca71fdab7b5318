package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Evaluation;
import dev.mlctl.model.Gate;
import dev.mlctl.model.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    public boolean answersLike(BundleReader.Candidate current) {
      return bundle.signature().answersLike(((Parsed) current).bundle.signature());
    }

    @Override
    public Map<String, Double> metrics() {
      return bundle.metrics();
    }

    @Override
    public Evaluation evaluation(
        Optional<BundleReader.Candidate> current, Collection<Gate.Metric> wanted) {
      List<Model> models = new ArrayList<>(List.of(bundle.model()));
      current.ifPresent(other -> models.add(((Parsed) other).bundle.model()));
      return new Evaluation(models, wanted);
    }
  }
}
