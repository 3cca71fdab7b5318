package dev.mlctl.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelTableTest {
  @Test
  void it_holds_what_a_map_holds() {
    Random random = new Random(4);
    LabelTable table = new LabelTable(1);
    Map<Long, Double> map = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      // Few low bits, so that the slots collide.
      long key = (random.nextInt(1 << 14) + 1L) << 40 | random.nextInt(3);
      double value = random.nextInt(2);
      assertEquals(map.putIfAbsent(key, value) == null, table.add(key, value, new int[] {i}));
    }
    assertEquals(map.size(), table.size());
    map.forEach((key, value) -> assertEquals(value, table.value(table.find(key))));
    assertTrue(table.find(7) < 0);
    table.clear();
    assertEquals(0, table.size());
    assertTrue(table.find(map.keySet().iterator().next()) < 0);
  }

  @Test
  void it_counts_keys_whose_labels_disagree_and_those_answered() {
    LabelTable table = new LabelTable(0);
    table.add(1, 10, new int[0]);
    table.add(1, 11, new int[0]);
    table.add(1, 12, new int[0]);
    table.add(2, 20, new int[0]);
    table.add(3, 30, new int[0]);
    assertEquals(1, table.contradictory());
    assertTrue(table.isContradictory(table.find(1)));
    assertTrue(table.answer(table.find(2)));
    assertFalse(table.answer(table.find(2)));
    assertEquals(1, table.unanswered());
  }

  @Test
  void keys_that_count_up_have_hashes_of_their_own() {
    FieldReading fields =
        new FieldReading(Town.subject(Town.baseline(List.of())).bundle().signature());
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      byte[] key = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
      assertTrue(hashes.add(fields.key(key, 0, key.length)), Integer.toString(i));
    }
  }

  @Test
  void the_parts_of_the_keys_are_all_of_them_and_overlap_nowhere() {
    Random random = new Random(5);
    for (int bits = 0; bits <= 3; bits++) {
      long key = random.nextLong();
      int parts = 0;
      for (KeyPart part = new KeyPart(bits, 0); part != null; part = part.next()) {
        parts += part.holds(key) ? 1 : 0;
      }
      assertEquals(1, parts);
    }
  }
}
