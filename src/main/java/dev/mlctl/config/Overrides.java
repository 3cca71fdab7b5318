package dev.mlctl.config;

import dev.mlctl.config.Node.Field;
import dev.mlctl.error.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts {@code --set KEY=VALUE} into a tree before any shape looks at it, so that overrides are
 * checked like the file itself. The last override of a key wins.
 */
final class Overrides {
  private final Faults faults;

  Overrides(Faults faults) {
    this.faults = faults;
  }

  Node apply(Node root, List<String> overrides) {
    Node changed = root;
    for (String override : overrides) {
      Place at = Place.whole("--set " + override);
      int equals = override.indexOf('=');
      String key = equals < 0 ? override : override.substring(0, equals).strip();
      List<String> path = List.of(key.split("\\.", -1));
      if (equals < 0 || path.contains("")) {
        faults.add(at, "expected KEY=VALUE", "for example --set params.trees=50");
      } else {
        changed = set(changed, path, 0, value(at, override.substring(equals + 1)), at);
      }
    }
    return changed;
  }

  /**
   * Reads a value by the file's own rules. One that starts with none of YAML's quotes and brackets
   * is a plain scalar to its end: a {@code *} or {@code #} from a shell is meant as it stands.
   */
  private Node value(Place at, String written) {
    String text = written.strip();
    if (text.isEmpty() || "\"'[{".indexOf(text.charAt(0)) < 0) {
      ScalarKind kind = ScalarKind.of(text);
      return kind == ScalarKind.AMBIGUOUS
          ? YamlReader.ambiguous(at, text, faults)
          : new Node.Scalar(at, kind, text);
    }
    try {
      Node node = YamlReader.flow(at.source(), ConfigText.printable(at.source(), text), faults);
      boolean quoted = text.charAt(0) == '"' || text.charAt(0) == '\'';
      if (quoted && node instanceof Node.Fields) {
        faults.add(at, "expected one quoted text, found a map");
        return new Node.Broken(at);
      }
      return node;
    } catch (Failure e) {
      e.problems().forEach(problem -> faults.add(at, problem.message(), problem.hint()));
      return new Node.Broken(at);
    }
  }

  private Node set(Node node, List<String> path, int depth, Node value, Place at) {
    if (depth == path.size()) {
      return value;
    }
    if (node instanceof Node.Broken) {
      return node;
    }
    String name = path.get(depth);
    boolean absent = node == null || node.isNothing();
    if (!absent && !(node instanceof Node.Fields)) {
      String parent = depth == 0 ? "the file" : String.join(".", path.subList(0, depth));
      faults.add(
          at,
          "cannot set " + Node.Scalar.quoted(name) + ": " + parent + " is " + node.described(),
          "set " + parent + " as a whole");
      return node;
    }
    Node.Fields fields = absent ? new Node.Fields(at, List.of()) : (Node.Fields) node;
    int index = fields.indexOf(name);
    Node old = index < 0 ? null : fields.fields().get(index).value();
    List<Field> changed = new ArrayList<>(fields.fields());
    Node inner = set(old, path, depth + 1, value, at);
    // A key that only leads to the one set keeps its place in the file.
    boolean leads = index >= 0 && depth + 1 < path.size();
    Field field = new Field(leads ? changed.get(index).at() : at, name, inner);
    if (index < 0) {
      changed.add(field);
    } else {
      changed.set(index, field);
    }
    return new Node.Fields(fields.at(), List.copyOf(changed));
  }
}
