package dev.mlctl.release;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Evaluation;
import dev.mlctl.model.Gate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bundles in a text form, {@code KEY=VALUE;…}, so that the registry can be tested alone. */
final class TestBundles {
  static final BundleReader READER = TestBundles::parse;

  private TestBundles() {}

  /** A sound bundle of bikes with inputs a and b that differs from others by its salt. */
  static byte[] bikes(Object salt) {
    return of("name=bikes;r2=0.9;inputs=a,b;salt=" + salt);
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static BundleReader.Candidate parse(String place, byte[] bytes) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : new String(bytes, StandardCharsets.UTF_8).split(";", -1)) {
      int at = field.indexOf('=');
      if (at < 0) {
        throw Failure.of(FailureKind.INVALID, "not a bundle").at(place);
      }
      fields.put(field.substring(0, at), field.substring(at + 1));
    }
    return new Fake(place, fields);
  }

  private record Fake(String place, Map<String, String> fields) implements BundleReader.Candidate {
    @Override
    public String name() {
      return fields.get("name");
    }

    @Override
    public void prove() {
      if (fields.containsKey("broken")) {
        throw Failure.of(FailureKind.INVALID, "golden rows disagree").at(place);
      }
    }

    @Override
    public List<String> incompatibilities(BundleReader.Candidate current) {
      List<String> found = new ArrayList<>(inputs());
      found.removeAll(((Fake) current).inputs());
      return found.stream().map(name -> "feature \"" + name + "\" is new").toList();
    }

    private List<String> inputs() {
      return Arrays.asList(fields.get("inputs").split(",", -1));
    }

    @Override
    public boolean answersLike(BundleReader.Candidate current) {
      String task = ((Fake) current).fields.getOrDefault("task", "");
      return fields.getOrDefault("task", "").equals(task);
    }

    @Override
    public Map<String, Double> metrics() {
      return Map.of("r2", Double.valueOf(fields.get("r2")));
    }

    @Override
    public Evaluation evaluation(
        Optional<BundleReader.Candidate> current, Collection<Gate.Metric> wanted) {
      throw new UnsupportedOperationException("these bundles have no model");
    }
  }
}
