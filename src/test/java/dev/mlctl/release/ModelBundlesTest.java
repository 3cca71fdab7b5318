package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Feature;
import dev.mlctl.data.Profile;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundle;
import dev.mlctl.model.Golden;
import dev.mlctl.model.Linear;
import dev.mlctl.model.Link;
import dev.mlctl.model.Model;
import dev.mlctl.model.Preprocessor;
import dev.mlctl.model.Provenance;
import dev.mlctl.model.Scaling;
import dev.mlctl.model.Signature;
import dev.mlctl.model.Step;
import dev.mlctl.model.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real bundles through a real directory. */
class ModelBundlesTest {
  @TempDir Path folder;
  private Releases releases;

  @BeforeEach
  void open_the_registry() {
    releases =
        new Releases(
            Registry.open(folder.resolve("registry")),
            new Who("ada", "laptop", ""),
            Clock.systemUTC(),
            new Random(1),
            TrustPolicy.NONE);
  }

  @Test
  void a_real_bundle_is_deployed_and_rolled_back_to() {
    byte[] first = bundle(2, 0.9, "temp");
    byte[] second = bundle(3, 0.8, "temp");
    deploy(first);
    Failure gate =
        assertThrows(
            Failure.class,
            () -> releases.deploy(request(second).gates(List.of("r2 >= current.r2"))));
    assertEquals(FailureKind.GATE, gate.kind());
    deploy(second);
    assertEquals(
        1, releases.rollback(RollbackRequest.of("bikes", "prod")).release().to().orElse(0));
    assertEquals(Digest.of(first), releases.resolve(Reference.parse("bikes@prod")).digest());
  }

  @Test
  void a_new_input_is_a_conflict() {
    deploy(bundle(2, 0.9, "temp"));
    Failure failure = assertThrows(Failure.class, () -> deploy(bundle(2, 0.9, "temp", "humidity")));
    assertEquals(FailureKind.CONFLICT, failure.kind());
    assertTrue(failure.getMessage().contains("\"humidity\" is new"), failure.getMessage());
  }

  @Test
  void a_truncated_bundle_is_invalid_and_named() {
    byte[] whole = bundle(2, 0.9, "temp");
    Failure failure =
        assertThrows(Failure.class, () -> deploy(Arrays.copyOf(whole, whole.length - 9)));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals("bikes.mlb", failure.problems().get(0).at());
  }

  @Test
  void a_bundle_that_answers_otherwise_than_it_says_is_invalid() {
    byte[] wrong = bundle(2, 0.9, new Golden(csv("temp"), new double[] {7}), "temp");
    Failure failure = assertThrows(Failure.class, () -> deploy(wrong));
    assertEquals(FailureKind.INVALID, failure.kind());
    assertEquals("bikes.mlb", failure.problems().get(0).at());
  }

  private void deploy(byte[] bundle) {
    releases.deploy(request(bundle));
  }

  private static DeployRequest request(byte[] bundle) {
    return DeployRequest.of("bikes.mlb", bundle, "prod");
  }

  private static byte[] bundle(double weight, double r2, String... features) {
    return bundle(weight, r2, Golden.record(model(weight, features), csv(features)), features);
  }

  private static byte[] bundle(double weight, double r2, Golden golden, String... features) {
    return new Bundle(
            "bikes",
            model(weight, features),
            golden,
            new Profile(List.of(), List.of()),
            Map.of("r2", r2),
            new Provenance("0.1.0", "ols", "", "bikes.csv", "", 1, 1, 42, "", List.of()),
            "",
            "")
        .toBytes();
  }

  private static Model model(double weight, String... features) {
    double[] weights = new double[features.length];
    Arrays.fill(weights, weight);
    return new Model(
        new Signature(
            Task.REGRESSION,
            "count",
            Arrays.stream(features).map(Feature::number).toList(),
            List.of()),
        new Preprocessor(Arrays.stream(features).<Step>map(name -> new Scaling(0, 0, 1)).toList()),
        new Linear(new double[][] {weights}, new double[] {1}, Link.IDENTITY));
  }

  private static byte[] csv(String... features) {
    String row = String.join(",", Arrays.stream(features).map(name -> "4").toList());
    return (String.join(",", features) + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
