package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarKindTest {
  static Stream<String> lines() {
    return Resources.text("scalars.txt").lines().filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void tells_what_an_unquoted_scalar_is(String line) {
    String[] parts = line.split(" ", 2);
    assertEquals(ScalarKind.valueOf(parts[0]), ScalarKind.of(parts[1]));
  }

  @Test
  void an_empty_scalar_is_nothing() {
    assertSame(ScalarKind.NOTHING, ScalarKind.of(""));
  }

  @Test
  void long_texts_do_not_exhaust_the_stack() {
    assertSame(ScalarKind.INTEGER, ScalarKind.of("1".repeat(1 << 20)));
    assertSame(ScalarKind.TEXT, ScalarKind.of("1" + ":10".repeat(1 << 18)));
  }
}
