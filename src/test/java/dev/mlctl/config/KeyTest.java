package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTest {
  @Test
  void refuses_a_default_that_does_not_fit_the_shape() {
    assertThrows(
        IllegalArgumentException.class, () -> Key.optional("a", Shape.integer(1, 9), 10, ""));
    assertThrows(
        IllegalArgumentException.class, () -> Key.optional("a", Shape.oneOf("x"), "y", ""));
    assertThrows(
        IllegalArgumentException.class, () -> new Key("a", Shape.text(), true, "given", ""));
  }

  @Test
  void copies_a_default_that_could_change() {
    List<Object> gates = new ArrayList<>(List.of("r2 > 0"));
    Key key = Key.optional("gates", Shape.textOrList(), gates, "");
    gates.add("more");
    assertEquals(List.of("r2 > 0"), key.defaultValue());
  }
}
