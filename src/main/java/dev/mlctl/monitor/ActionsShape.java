package dev.mlctl.monitor;

import dev.mlctl.config.Key;
import dev.mlctl.config.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code actions} of monitor.yaml may say. */
final class ActionsShape {
  private ActionsShape() {}

  static Shape shape() {
    Map<String, List<Key>> changing = telling();
    changing.put("rollback", List.of());
    changing.put("retrain", retrain());
    return Shape.object(
        Key.optional("warning", listOf(changing), "When the worst alert is a warning."),
        Key.optional("critical", listOf(changing), "When an alert is critical."),
        Key.optional(
            "recovered", listOf(telling()), "When a release that was condemned is ok again."));
  }

  private static Shape listOf(Map<String, List<Key>> keysByType) {
    return Shape.listOf(Shape.typed(keysByType));
  }

  private static Map<String, List<Key>> telling() {
    Map<String, List<Key>> types = new LinkedHashMap<>();
    types.put("log", List.of());
    types.put(
        "file",
        List.of(Key.required("path", Shape.text(), "Gets one CloudEvent per line, appended.")));
    types.put("webhook", webhook());
    types.put("command", command());
    return types;
  }

  private static List<Key> webhook() {
    return List.of(
        Key.required("url", Shape.text(), "Where to POST the event: https, or http to loopback."),
        Key.optional("headers", Shape.mapOf(Shape.text()), "Further headers, such as a token."),
        Key.optional("timeout", Shape.text(), "PT10S", "For connecting and the answer together."),
        Key.optional("secret", Shape.text(), "Signs the event, in X-Hub-Signature-256."));
  }

  private static List<Key> command() {
    return List.of(
        Key.required("command", Shape.listOf(Shape.text()), "A program and its arguments."),
        Key.optional("timeout", Shape.text(), "PT1M", "It is ended after this time."));
  }

  private static List<Key> retrain() {
    Shape value = Shape.either(Shape.scalar(), Shape.listOf(Shape.scalar()));
    return List.of(
        Key.required("config", Shape.text(), "The train.yaml."),
        Key.optional("set", Shape.mapOf(value), "Keys of it to override, such as params.trees."),
        Key.optional("sign_key", Shape.text(), "The private key, where bundles must be signed."),
        Key.optional("timeout", Shape.text(), "PT24H", "Training is ended after this time."));
  }
}
