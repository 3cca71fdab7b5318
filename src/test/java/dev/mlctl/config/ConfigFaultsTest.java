package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every case of {@code faults.txt}: a line {@code === what it is about}, {@code --set} lines,
 * YAML for {@link Example#SHAPE}, a line {@code ---->}, and each fault as {@code place | message |
 * hint}.
 */
class ConfigFaultsTest {
  record Case(String name, List<String> overrides, String yaml, String faults) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Arrays.stream(Resources.text("faults.txt").split("(?m)^=== "))
        .skip(1)
        .map(ConfigFaultsTest::parse);
  }

  private static Case parse(String text) {
    String[] parts = text.split("(?m)^---->\n", 2);
    List<String> overrides = new ArrayList<>();
    List<String> lines = new ArrayList<>(parts[0].lines().toList());
    String name = lines.remove(0);
    while (!lines.isEmpty() && lines.get(0).startsWith("--set ")) {
      overrides.add(lines.remove(0).substring("--set ".length()));
    }
    return new Case(name, overrides, String.join("\n", lines), parts[1].strip());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reports_every_fault_at_its_place_with_advice(Case one) {
    String[] overrides = one.overrides().toArray(String[]::new);
    Failure failure =
        assertThrows(Failure.class, () -> Example.parse(one.yaml(), overrides), one.name());
    assertEquals(FailureKind.USAGE, failure.kind());
    String faults = failure.problems().stream().map(this::line).collect(Collectors.joining("\n"));
    assertEquals(one.faults(), faults);
    assertFalse(faults.contains(Example.SECRET));
  }

  private String line(Problem problem) {
    String line = problem.at().replace("f.yaml:", "") + " | " + problem.message();
    return problem.hint().isEmpty() ? line : line + " | " + problem.hint();
  }
}
